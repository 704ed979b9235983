import { parseLinkReference } from '../../model/link.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { CrossReference, Lookup, MappingContext, ParentRef, SideView } from '../contract.ts'
import { normaliseDecimal } from '../decimal.ts'
import { dateInZone } from '../document/date-in-zone.ts'
import { prefixedNumber } from '../document/number.ts'
import { ownContactOf, zohoCustomer } from '../invoice/customer.ts'
import { documentParents } from '../invoice/invoice-keys.ts'
import { plainDate } from '../plain-date.ts'
import { objectAt, textAt } from '../record-fields.ts'

/** The number that we give in Xero. */
export function quoteNumber({ fields }: RemoteRecord, { settings }: MappingContext): string {
  return prefixedNumber(textAt(fields, 'Quote_Number'), settings.quotePrefix)
}

/** The CRM knows no date of a quote: the day on which it was written, where the books are kept. '' where Zoho does not say. */
export function quoteDate({ createdAt }: RemoteRecord, { reference }: MappingContext): string {
  return createdAt === null ? '' : dateInZone(createdAt, reference.xero.timeZone)
}

/** Xero's quotes have no place for a reference of ours that people do not read: only the CRM's record names its partner. */
export function quoteReference(record: RemoteRecord, { settings }: MappingContext): CrossReference | null {
  const field = record.side === 'zoho' ? (settings.provisioned.xeroId.Quotes ?? '') : ''
  const remoteId = field === '' ? '' : textAt(record.fields, field).trim()
  return remoteId === '' ? null : { type: 'partner', remoteId }
}

/**
 * Xero's number where the CRM keeps it; then the number that we would give, for the same linked customer, day and
 * currency: so a create without an answer is found again. A number alone proves nothing, both systems count.
 */
export function quoteMatchKeys({ main }: SideView, context: MappingContext): readonly string[] {
  if (main === null) return []
  const known = main.side === 'xero' ? xeroNumber(main) : keptNumber(main, context)
  const { place } = factsOf(main, context)
  const given = givenNumber(main, context).toLowerCase()
  return [
    known === '' ? '' : `number:${known.toLowerCase()}`,
    place === '' || given === '' ? '' : `given:${place}|${given}`,
  ].filter((key) => key !== '')
}

/**
 * Same customer, day and total, or subject, or a number that is taken already: a person says. The number of one that we
 * have made, and were not told of, may be another by now.
 */
export function quoteSuggestKeys({ main }: SideView, context: MappingContext): readonly string[] {
  if (main === null) return []
  const { place, total, subject } = factsOf(main, context)
  const document = place === '' || total === '' ? '' : `document:${place}|${total}`
  const named = place === '' || subject === '' ? '' : `subject:${place}|${subject}`
  const given = givenNumber(main, context).toLowerCase()
  // Under a name of its own: what is only suspected on one side must not be a match from the other.
  return [document, named, given === '' ? '' : `taken:${given}`].filter((key) => key !== '')
}

export function quoteLookups(target: Side, { main }: SideView, context: MappingContext): readonly Lookup[] {
  if (main === null) return []
  const ask = (field: string, value: string): Lookup[] =>
    field === '' || value === '' ? [] : [{ collection: 'Quotes', key: { field, value } }]
  if (target === 'xero') {
    const numbers = new Set([keptNumber(main, context), quoteNumber(main, context)])
    return [...numbers].flatMap((number) => ask('QuoteNumber', number))
  }
  const { provisioned } = context.settings
  return [...ask(provisioned.xeroId.Quotes ?? '', main.id), ...ask(provisioned.xeroQuoteNumber, xeroNumber(main))]
}

/** All quotes of its customer: whoever has numbered one anew in Xero has left us no other way to find it. */
export function lostQuoteLookups({ main }: SideView, context: MappingContext): readonly Lookup[] {
  const contact = main === null || main.side === 'xero' ? '' : contactOf(main, context)
  if (contact === '' || parseLinkReference(contact) !== undefined) return []
  return [{ collection: 'Quotes', key: { field: 'ContactID', value: contact } }]
}

export function quoteParents(view: SideView, context: MappingContext): readonly ParentRef[] {
  return documentParents('Quoted_Items', view, context)
}

function xeroNumber({ fields }: RemoteRecord): string {
  return tidy(decodeEntities(textAt(fields, 'QuoteNumber')))
}

function keptNumber({ fields }: RemoteRecord, { settings }: MappingContext): string {
  const field = settings.provisioned.xeroQuoteNumber
  return field === '' ? '' : tidy(textAt(fields, field))
}

/** What Xero calls it, or shall. */
function givenNumber(main: RemoteRecord, context: MappingContext): string {
  return main.side === 'xero' ? xeroNumber(main) : quoteNumber(main, context)
}

interface Facts {
  /** Xero's ContactID (through the customer's link on the Zoho side), day and currency; '' where one is not known. */
  readonly place: string
  readonly total: string
  readonly subject: string
}

function factsOf(main: RemoteRecord, context: MappingContext): Facts {
  const { fields } = main
  const { reference } = context
  if (main.side === 'xero') {
    const contact = textAt(objectAt(fields, 'Contact'), 'ContactID')
    const currency = textAt(fields, 'CurrencyCode') || reference.xero.baseCurrency
    return {
      place: placeOf(contact, plainDate(textAt(fields, 'Date')), currency),
      total: normaliseDecimal(textAt(fields, 'Total')),
      subject: folded(textAt(fields, 'Reference')),
    }
  }
  const currency = textAt(fields, 'Currency') || reference.zoho.baseCurrency
  return {
    place: placeOf(contactOf(main, context), quoteDate(main, context), currency),
    total: normaliseDecimal(textAt(fields, 'Grand_Total')),
    subject: folded(textAt(fields, 'Subject')),
  }
}

/** Xero's ContactID, through the customer's link; '' where there is none. */
function contactOf({ fields }: RemoteRecord, context: MappingContext): string {
  const customer = ownContactOf(zohoCustomer(fields, context.settings), context)
  return customer.type === 'mapped' ? customer.value : ''
}

function folded(text: string): string {
  return tidy(decodeEntities(text)).toLowerCase()
}

function placeOf(contact: string, date: string, currency: string): string {
  return contact === '' || date === '' ? '' : `${contact}|${date}|${currency}`
}
