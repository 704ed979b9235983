import type { Collection } from '../../model/kind.ts'
import { parseLinkReference } from '../../model/link.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { decimalValue } from '../../model/value.ts'
import type {
  CreateExtras,
  Fault,
  LinkContext,
  Lookup,
  MappingContext,
  ParentRef,
  Question,
  SideView,
} from '../contract.ts'
import { bigOf, decimalPlaces, isZero, normaliseDecimal } from '../decimal.ts'
import { lookupIdAt, objectAt, textAt } from '../record-fields.ts'
import { PAYMENT_MODULE } from './payment-module.ts'
import { paidInvoice, paymentType, usedCreditNote } from './payment-source.ts'

/** A record of the payments that a person typed in the CRM, and that says that it is of credit: it has no Xero ID yet. */
export function isTypedCredit(record: RemoteRecord, context: MappingContext): boolean {
  const { payment, xeroId } = context.settings.provisioned
  const known = xeroId[PAYMENT_MODULE] ?? ''
  const type = typedType(record, context)
  return (
    record.side === 'zoho' &&
    payment.type !== '' &&
    !['', 'Payment'].includes(type) &&
    known !== '' &&
    textAt(record.fields, known).trim() === ''
  )
}

/** One that puts a credit note against an invoice: of the others Xero makes none from here. */
export function isTypedAllocation(record: RemoteRecord, context: MappingContext): boolean {
  return isTypedCredit(record, context) && typedType(record, context) === 'Credit note'
}

function typedType({ fields }: RemoteRecord, { settings }: MappingContext): string {
  const key = settings.provisioned.payment.type
  return key === '' ? '' : textAt(fields, key)
}

/** What it names, as ids of Xero (or of links that are yet to get one); '' where there is no partner. */
function namedBy({ fields }: RemoteRecord, { settings, partnerOf }: MappingContext) {
  const { payment } = settings.provisioned
  const invoice = lookupIdAt(fields, payment.invoice)
  const note = payment.creditNote === '' ? '' : lookupIdAt(fields, payment.creditNote)
  return {
    invoiceId: invoice === '' ? '' : (partnerOf('zoho', 'Invoices', invoice) ?? ''),
    noteId: note === '' ? '' : (partnerOf('zoho', 'XeroCreditNotes', note) ?? ''),
    amount: normaliseDecimal(textAt(fields, payment.amount)),
  }
}

export function allocationCollection({ main }: SideView, context: MappingContext): Collection | null {
  return main !== null && isTypedAllocation(main, context) ? 'Allocations' : null
}

export function allocationParents({ main }: SideView, context: MappingContext): readonly ParentRef[] {
  if (main === null || !isTypedAllocation(main, context)) return []
  const { payment } = context.settings.provisioned
  const invoice = lookupIdAt(main.fields, payment.invoice)
  const note = lookupIdAt(main.fields, payment.creditNote)
  return [
    ...(invoice === '' ? [] : [{ kind: 'invoice', side: 'zoho', collection: 'Invoices', remoteId: invoice } as const]),
    ...(note === ''
      ? []
      : [{ kind: 'creditNote', side: 'zoho', collection: 'XeroCreditNotes', remoteId: note } as const]),
  ]
}

/**
 * Nothing of Xero's tells whose an allocation is, so one without an answer is known again by what it says: that note,
 * that invoice, that amount. One that says so and belongs to nobody is it, whoever has made it; two are for a person.
 */
export function allocationMatchKeys({ main }: SideView, context: MappingContext): readonly string[] {
  if (main === null || !isTypedAllocation(main, context)) return []
  const { noteId, invoiceId, amount } = namedBy(main, context)
  return noteId === '' || invoiceId === '' || isZero(amount) ? [] : [keyOf(noteId, invoiceId, amount)]
}

/** From Xero's side it is no match: a bookkeeper may well allocate the same amount twice. */
export function allocationSuggestKeys({ main }: SideView): readonly string[] {
  if (main === null || main.collection !== 'Allocations' || paymentType(main) !== 'Credit note') return []
  if (textAt(main.fields, 'Status') === 'DELETED') return []
  return [keyOf(usedCreditNote(main), paidInvoice(main), normaliseDecimal(textAt(main.fields, 'Amount')))]
}

function keyOf(noteId: string, invoiceId: string, amount: string): string {
  return `allocation:${noteId}|${invoiceId}|${amount}`.toLowerCase()
}

export function allocationLookups({ main }: SideView, context: MappingContext): readonly Lookup[] {
  if (main === null || !isTypedAllocation(main, context)) return []
  const { noteId } = namedBy(main, context)
  if (noteId === '' || parseLinkReference(noteId) !== undefined) return []
  return [{ collection: 'Allocations', key: { field: 'CreditID', value: noteId } }]
}

/** Both are read again before anything is sent: an allocation cannot be changed (xero.md 4.5). */
export function allocationQuestions(
  { main }: SideView,
  partner: SideView | null,
  context: MappingContext,
): readonly Question[] {
  if (main === null || partner !== null || !isTypedAllocation(main, context)) return []
  const { noteId, invoiceId } = namedBy(main, context)
  return [question('CreditNotes', noteId), question('Invoices', invoiceId)]
    .flatMap((one) => one ?? [])
    .filter((one) => context.answer(one) === null)
}

function question(collection: 'CreditNotes' | 'Invoices', remoteId: string): Question | null {
  if (remoteId === '' || parseLinkReference(remoteId) !== undefined) return null
  return { type: 'record', ref: { side: 'xero', collection, remoteId } }
}

function answered(collection: 'CreditNotes' | 'Invoices', id: string, context: MappingContext): RemoteRecord | null {
  const asked = question(collection, id)
  return asked === null ? null : (context.answer(asked)?.[0] ?? null)
}

/** One call for one record. What stands in its way is told by `allocationFault`: this is no payment even so. */
export function allocationExtras(source: RemoteRecord, context: LinkContext): CreateExtras {
  const { noteId, invoiceId, amount } = namedBy(source, context)
  return {
    payload: { CreditID: noteId, Amount: decimalValue(amount || '0'), Invoice: { InvoiceID: invoiceId } },
    // No key: what such a create has made is found by its note, and told by invoice and amount.
    naturalKey: { field: 'CreditID', value: noteId },
  }
}

/** Why it cannot be sent (yet), by name; null when it can. It is looked at again when the note or the invoice changes. */
export function allocationFault(source: RemoteRecord, context: LinkContext): Fault | null {
  if (!isTypedAllocation(source, context))
    return { code: 'valueNotAllowed', detail: 'Of credit, only credit notes can be put against invoices in the CRM' }
  const { noteId, invoiceId, amount } = namedBy(source, context)
  if (noteId === '') return { code: 'missingParent', detail: 'The credit note that is allocated is not in Xero yet' }
  if (invoiceId === '')
    return { code: 'missingParent', detail: 'The invoice that credit is allocated to is not in Xero yet' }
  if (amount === '' || bigOf(amount).lte(0))
    return { code: 'requiredValueMissing', detail: 'The allocation has no amount above zero' }
  if (decimalPlaces(amount) > 2)
    return { code: 'valueNotAllowed', detail: `Xero keeps 2 decimals of an amount: ${amount}` }
  const note = answered('CreditNotes', noteId, context)
  return notReady({ note, invoice: answered('Invoices', invoiceId, context), amount })
}

interface Parties {
  readonly note: RemoteRecord | null
  readonly invoice: RemoteRecord | null
  readonly amount: string
}

function notReady({ note, invoice, amount }: Parties): Fault | null {
  const wait = (detail: string): Fault => ({ code: 'creditNotReady', detail })
  if (note === null) return wait('The credit note is not approved in Xero yet')
  if (invoice === null) return wait('The invoice is not approved in Xero yet')
  const [noteStatus, invoiceStatus] = [textAt(note.fields, 'Status'), textAt(invoice.fields, 'Status')]
  if (noteStatus !== 'AUTHORISED')
    return wait(`The credit note is ${noteStatus} in Xero: credit can be allocated while it is approved and open`)
  if (invoiceStatus !== 'AUTHORISED')
    return wait(`The invoice is ${invoiceStatus} in Xero: credit goes to approved invoices that are not paid`)
  if (contactOf(note) !== contactOf(invoice))
    return { code: 'valueNotAllowed', detail: 'The credit note and the invoice are of different customers' }
  if (textAt(note.fields, 'CurrencyCode') !== textAt(invoice.fields, 'CurrencyCode'))
    return { code: 'valueNotAllowed', detail: 'The credit note and the invoice are in different currencies' }
  const [left, due] = [textAt(note.fields, 'RemainingCredit'), textAt(invoice.fields, 'AmountDue')]
  if (bigOf(amount).gt(bigOf(left))) return wait(`The credit note has ${left} left, less than ${amount}`)
  return bigOf(amount).gt(bigOf(due)) ? wait(`The invoice owes ${due}, less than ${amount}`) : null
}

function contactOf({ fields }: RemoteRecord): string {
  return textAt(objectAt(fields, 'Contact'), 'ContactID').toLowerCase()
}
