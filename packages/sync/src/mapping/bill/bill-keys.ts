import type { RemoteRecord } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { CrossReference, Lookup, MappingContext, ParentRef, SideView } from '../contract.ts'
import { normaliseDecimal } from '../decimal.ts'
import { documentParents } from '../invoice/invoice-keys.ts'
import { recordUrl } from '../invoice/numbering.ts'
import { plainDate } from '../plain-date.ts'
import { lookupIdAt, objectAt, textAt } from '../record-fields.ts'
import { SUBFORM } from './bill-lines.ts'

/** Our id for the order in the CRM, our Url in Xero: nothing else says for certain which bill an order has become. */
export function billReference(record: RemoteRecord, { settings }: MappingContext): CrossReference | null {
  if (record.side === 'zoho') {
    const field = settings.provisioned.xeroId.Purchase_Orders ?? ''
    const remoteId = field === '' ? '' : textAt(record.fields, field).trim()
    return remoteId === '' ? null : { type: 'partner', remoteId }
  }
  const base = recordUrl('', settings)
  const url = textAt(record.fields, 'Url')
  const isOurs = base !== '' && url.startsWith(base) && url.length > base.length
  return isOurs ? { type: 'link', linkId: url.slice(base.length) } : null
}

/** The supplier's own number where somebody has typed it, else the order's; in Xero its InvoiceNumber (xero.md 4.3). */
export function billNumber({ side, fields }: RemoteRecord, { settings }: MappingContext): string {
  if (side === 'xero') return tidy(decodeEntities(textAt(fields, 'InvoiceNumber')))
  const field = settings.provisioned.bill.number
  return (field === '' ? '' : tidy(textAt(fields, field))) || tidy(textAt(fields, 'PO_Number'))
}

/** The same supplier's number, or his on the same day to the same total: probably typed in Xero already. A person says. */
export function billSuggestKeys({ main }: SideView, context: MappingContext): readonly string[] {
  if (main === null) return []
  const { contact, date, total, currency } = factsOf(main, context)
  const number = billNumber(main, context).toLowerCase()
  if (contact === '') return []
  return [
    number === '' ? '' : `number:${contact}|${number}`,
    date === '' || total === '' ? '' : `document:${contact}|${date}|${currency}|${total}`,
  ].filter((key) => key !== '')
}

/** By number: of all that suggests a bill, only that can be asked for in few calls. */
export function billLookups(target: Side, { main }: SideView, context: MappingContext): readonly Lookup[] {
  if (main === null) return []
  if (target === 'zoho') {
    const field = context.settings.provisioned.xeroId.Purchase_Orders ?? ''
    return field === '' ? [] : [{ collection: 'Purchase_Orders', key: { field, value: main.id } }]
  }
  const value = billNumber(main, context)
  return value === '' ? [] : [{ collection: 'Bills', key: { field: 'InvoiceNumber', value } }]
}

/** A number proves nothing: a create that had no answer is found by our Url alone. */
export function billIdentity(target: Side, linkId: string, { settings }: MappingContext): Lookup | null {
  const value = target === 'xero' ? recordUrl(linkId, settings) : ''
  return value === '' ? null : { collection: 'Bills', key: { field: 'Url', value } }
}

/** The supplier in the place of a sale's customer, and the products. */
export function billParents(view: SideView, context: MappingContext): readonly ParentRef[] {
  const { main } = view
  if (main === null) return []
  const products = documentParents(SUBFORM, view, context).filter(({ kind }) => kind === 'item')
  const isZoho = main.side === 'zoho'
  const remoteId = isZoho ? lookupIdAt(main.fields, 'Vendor_Name') : contactOf(main)
  if (remoteId === '') return products
  const collection = isZoho ? 'Vendors' : 'Suppliers'
  return [{ kind: 'vendor', side: main.side, collection, remoteId }, ...products]
}

interface Facts {
  /** Xero's ContactID, through the vendor's link on the Zoho side. */
  readonly contact: string
  readonly date: string
  readonly currency: string
  readonly total: string
}

function factsOf(main: RemoteRecord, context: MappingContext): Facts {
  const { side, fields } = main
  const { reference, partnerOf } = context
  if (side === 'xero') {
    return {
      contact: contactOf(main),
      date: plainDate(textAt(fields, 'Date')),
      currency: textAt(fields, 'CurrencyCode') || reference.xero.baseCurrency,
      total: normaliseDecimal(textAt(fields, 'Total')),
    }
  }
  const vendor = lookupIdAt(fields, 'Vendor_Name')
  return {
    contact: vendor === '' ? '' : (partnerOf('zoho', 'Vendors', vendor) ?? ''),
    date: plainDate(textAt(fields, 'PO_Date')),
    currency: textAt(fields, 'Currency') || reference.zoho.baseCurrency,
    total: normaliseDecimal(textAt(fields, 'Grand_Total')),
  }
}

function contactOf({ fields }: RemoteRecord): string {
  return textAt(objectAt(fields, 'Contact'), 'ContactID')
}
