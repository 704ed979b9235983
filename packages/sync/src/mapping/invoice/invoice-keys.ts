import { carrierRef } from '../../model/allocation.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { CrossReference, FormerChildren, Lookup, MappingContext, ParentRef, SideView } from '../contract.ts'
import { normaliseDecimal } from '../decimal.ts'
import type { Subform } from '../document/subform.ts'
import { plainDate } from '../plain-date.ts'
import { lookupIdAt, objectAt, rowsAt, textAt } from '../record-fields.ts'
import { customerLookups, ownContactOf, zohoCustomer } from './customer.ts'
import { givenNumber } from './number-keys.ts'
import { keptNumber, numberKey, recordUrl } from './numbering.ts'

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
  const numbers = main.side === 'xero' ? [xeroNumber(main)] : [keptNumber(main, context.settings)]
  const texts = main.side === 'xero' ? numbers : [textAt(main.fields, 'Subject'), givenNumber(main, context.settings)]
  const keys = [...numbers.map(numberKey), ...texts.map((text) => typedKey(text, main, context))]
  return [...new Set(keys.filter((key) => key !== ''))]
}

/** Same customer, date and total: probably one document typed twice. A person says. */
export function invoiceSuggestKeys({ main }: SideView, context: MappingContext): readonly string[] {
  if (main === null) return []
  const { customer, date, total, currency } = factsOf(main, context)
  const document =
    customer === '' || date === '' || total === '' ? '' : `document:${customer}|${date}|${currency}|${total}`
  return document === '' ? [] : [document]
}

/** Url cannot be asked for cheaply; numbers can. */
export function invoiceLookups(target: Side, { main }: SideView, context: MappingContext): readonly Lookup[] {
  if (main === null) return []
  const ask = (field: string, value: string): Lookup[] =>
    field === '' || value === '' ? [] : [{ collection: 'Invoices', key: { field, value } }]
  if (target === 'xero') {
    const { settings } = context
    const numbers = [keptNumber(main, settings), givenNumber(main, settings), tidy(textAt(main.fields, 'Subject'))]
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

function typedKey(text: string, main: RemoteRecord, context: MappingContext): string {
  // Every sale of a shop may have the same Subject on the same day.
  if (context.settings.invoice.customer === 'onlineSale') return ''
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
  const { reference } = context
  if (side === 'xero') {
    return {
      customer: textAt(objectAt(fields, 'Contact'), 'ContactID'),
      date: plainDate(textAt(fields, 'Date')),
      currency: textAt(fields, 'CurrencyCode') || reference.xero.baseCurrency,
      total: normaliseDecimal(textAt(fields, 'Total')),
    }
  }
  return {
    customer: knownContact(fields, context),
    date: plainDate(textAt(fields, 'Invoice_Date')),
    currency: textAt(fields, 'Currency') || reference.zoho.baseCurrency,
    total: normaliseDecimal(textAt(fields, 'Grand_Total')),
  }
}

/** By the customer's own contact, also where the new document will name another: an older one may name it. */
function knownContact(fields: RemoteRecord['fields'], context: MappingContext): string {
  const contact = ownContactOf(zohoCustomer(fields, context.settings), context)
  return contact.type === 'mapped' ? contact.value : ''
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
  const customers = customerLookups(settings)
    .map(({ field, collection }) => ({ collection, remoteId: lookupIdAt(fields, field) }))
    .filter(({ remoteId }) => remoteId !== '')
  const products = rowsAt(fields, subform)
    .map((row) => lookupIdAt(row, 'Product_Name'))
    .filter((id) => id !== '' && id !== settings.provisioned.serviceProductId)
  return [
    ...customers.map((customer) => ({ kind: 'contact', side: 'zoho', ...customer }) as const),
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

/** Payments as an invoice lists them: the short form, but with their ids; and the credits that went to it (xero.md 4.3). */
export function invoiceChildren({ main }: SideView): readonly ParentRef[] {
  if (main?.side !== 'xero') return []
  const payments = rowsAt(main.fields, 'Payments').flatMap((row) => {
    const remoteId = textAt(row, 'PaymentID')
    return remoteId === '' ? [] : [{ kind: 'payment', side: 'xero', collection: 'Payments', remoteId } as const]
  })
  const credits = CREDITS.flatMap(([list, key, type]) =>
    rowsAt(main.fields, list).flatMap((row) => {
      const id = textAt(row, key)
      return id === '' ? [] : [{ kind: 'payment', ...carrierRef({ type, id }) } as const]
    }),
  )
  return [...payments, ...credits]
}

const CREDITS = [
  ['CreditNotes', 'CreditNoteID', 'creditNote'],
  ['Prepayments', 'PrepaymentID', 'prepayment'],
  ['Overpayments', 'OverpaymentID', 'overpayment'],
] as const

/** Credit that was taken back is in no list of the invoice any more. */
export function formerAllocations({ main }: SideView): readonly FormerChildren[] {
  if (main?.side !== 'xero') return []
  return [{ kind: 'payment', collection: 'Allocations', field: 'invoice', value: main.id }]
}
