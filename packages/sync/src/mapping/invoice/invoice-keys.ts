import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { CrossReference, Lookup, MappingContext, ParentRef, SideView } from '../contract.ts'
import { normaliseDecimal } from '../decimal.ts'
import { prefixedNumber } from '../document/number.ts'
import type { Subform } from '../document/subform.ts'
import { plainDate } from '../plain-date.ts'
import { lookupIdAt, objectAt, rowsAt, textAt } from '../record-fields.ts'
import { customerLookup } from './customer.ts'

/** Our link id in Xero's Url: `<public url>/r/<link id>`. '' where none may be sent: Xero refuses its own name (xero.md 4.3). */
export function recordUrl(linkId: string, { publicUrl }: ConnectionSettings): string {
  if (publicUrl === '' || /xero/i.test(publicUrl)) return ''
  return `${publicUrl.replace(/\/+$/, '')}/r/${linkId}`
}

/** Prefix and the CRM's number, the prefix once however often it is applied (R23a). */
export function invoiceNumber(zohoNumber: string, { invoicePrefix }: ConnectionSettings): string {
  return prefixedNumber(zohoNumber, invoicePrefix)
}

export function invoiceReference(record: RemoteRecord, { settings }: MappingContext): CrossReference | null {
  if (record.side === 'zoho') {
    const field = settings.provisioned.xeroId.Invoices ?? ''
    const remoteId = field === '' ? '' : textAt(record.fields, field).trim()
    return remoteId === '' ? null : { type: 'partner', remoteId }
  }
  const base = recordUrl('', settings)
  const url = textAt(record.fields, 'Url')
  return base !== '' && url.startsWith(base) && url.length > base.length
    ? { type: 'link', linkId: url.slice(base.length) }
    : null
}

/**
 * Xero's number where the CRM keeps it; then what was typed as Subject, or the number that we would give, for the same
 * linked customer and date. A CRM number alone proves nothing: two systems count from 1001.
 */
export function invoiceMatchKeys({ main }: SideView, context: MappingContext): readonly string[] {
  if (main === null) return []
  const numbers = main.side === 'xero' ? [xeroNumber(main)] : [keptNumber(main, context)]
  const texts = main.side === 'xero' ? numbers : [textAt(main.fields, 'Subject'), ownNumber(main, context)]
  const keys = [...numbers.map(numberKey), ...texts.map((text) => typedKey(text, main, context))]
  return [...new Set(keys.filter((key) => key !== ''))]
}

/** Same customer, date and total, or a number already taken: probably one document typed twice. A person says. */
export function invoiceSuggestKeys({ main }: SideView, context: MappingContext): readonly string[] {
  if (main === null) return []
  const { customer, date, total, currency } = factsOf(main, context)
  const document =
    customer === '' || date === '' || total === '' ? '' : `document:${customer}|${date}|${currency}|${total}`
  const number = main.side === 'zoho' ? numberKey(ownNumber(main, context)) : ''
  return [document, number].filter((key) => key !== '')
}

/** Url cannot be asked for cheaply; numbers can. */
export function invoiceLookups(target: Side, { main }: SideView, context: MappingContext): readonly Lookup[] {
  if (main === null) return []
  const ask = (field: string, value: string): Lookup[] =>
    field === '' || value === '' ? [] : [{ collection: 'Invoices', key: { field, value } }]
  if (target === 'xero') {
    const numbers = [keptNumber(main, context), ownNumber(main, context), tidy(textAt(main.fields, 'Subject'))]
    return [...new Set(numbers)].flatMap((number) => ask('InvoiceNumber', number))
  }
  const { provisioned } = context.settings
  const number = xeroNumber(main)
  return [
    ...ask(provisioned.xeroId.Invoices ?? '', main.id),
    ...ask(provisioned.xeroInvoiceNumber, number),
    ...ask('Subject', number),
  ]
}

function xeroNumber({ fields }: RemoteRecord): string {
  return tidy(decodeEntities(textAt(fields, 'InvoiceNumber')))
}

function keptNumber({ fields }: RemoteRecord, { settings }: MappingContext): string {
  const field = settings.provisioned.xeroInvoiceNumber
  return field === '' ? '' : tidy(textAt(fields, field))
}

function ownNumber({ fields }: RemoteRecord, { settings }: MappingContext): string {
  return invoiceNumber(textAt(fields, 'Invoice_Number'), settings)
}

function numberKey(number: string): string {
  return number === '' ? '' : `number:${number.toLowerCase()}`
}

function typedKey(text: string, main: RemoteRecord, context: MappingContext): string {
  const { customer, date, currency } = factsOf(main, context)
  const typed = tidy(text).toLowerCase()
  return customer === '' || date === '' || typed === '' ? '' : `typed:${customer}|${date}|${currency}|${typed}`
}

interface Facts {
  /** Xero's ContactID, through the customer's link on the Zoho side. */
  readonly customer: string
  readonly date: string
  readonly currency: string
  readonly total: string
}

function factsOf({ side, fields }: RemoteRecord, context: MappingContext): Facts {
  const { settings, reference } = context
  if (side === 'xero') {
    return {
      customer: textAt(objectAt(fields, 'Contact'), 'ContactID'),
      date: plainDate(textAt(fields, 'Date')),
      currency: textAt(fields, 'CurrencyCode') || reference.xero.baseCurrency,
      total: normaliseDecimal(textAt(fields, 'Total')),
    }
  }
  const { field, collection } = customerLookup(settings)
  const id = lookupIdAt(fields, field)
  return {
    customer: id === '' ? '' : (context.partnerOf('zoho', collection, id) ?? ''),
    date: plainDate(textAt(fields, 'Invoice_Date')),
    currency: textAt(fields, 'Currency') || reference.zoho.baseCurrency,
    total: normaliseDecimal(textAt(fields, 'Grand_Total')),
  }
}

export function invoiceParents(view: SideView, context: MappingContext): readonly ParentRef[] {
  return documentParents('Invoiced_Items', view, context)
}

/** The customer and the products of a document: linked before it, or pulled in (R49d). */
export function documentParents(subform: Subform, { main }: SideView, context: MappingContext): readonly ParentRef[] {
  if (main === null) return []
  return main.side === 'zoho' ? zohoParents(main, subform, context.settings) : xeroParents(main, context)
}

function zohoParents({ fields }: RemoteRecord, subform: Subform, settings: ConnectionSettings): readonly ParentRef[] {
  const { field, collection } = customerLookup(settings)
  const customer = lookupIdAt(fields, field)
  const products = rowsAt(fields, subform)
    .map((row) => lookupIdAt(row, 'Product_Name'))
    .filter((id) => id !== '' && id !== settings.provisioned.serviceProductId)
  return [
    ...(customer === '' ? [] : [{ kind: 'contact', side: 'zoho', collection, remoteId: customer } as const]),
    ...[...new Set(products)].map(
      (remoteId) => ({ kind: 'item', side: 'zoho', collection: 'Products', remoteId }) as const,
    ),
  ]
}

function xeroParents({ fields }: RemoteRecord, context: MappingContext): readonly ParentRef[] {
  const customer = textAt(objectAt(fields, 'Contact'), 'ContactID')
  const items = rowsAt(fields, 'LineItems').flatMap((row) => {
    const code = textAt(row, 'ItemCode')
    return code === '' ? [] : (context.xeroItemIdByCode(code) ?? [])
  })
  return [
    ...(customer === ''
      ? []
      : [{ kind: 'contact', side: 'xero', collection: 'Contacts', remoteId: customer } as const]),
    ...[...new Set(items)].map((remoteId) => ({ kind: 'item', side: 'xero', collection: 'Items', remoteId }) as const),
  ]
}
