import { carrierRef } from '../../model/allocation.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { CrossReference, FormerChildren, Lookup, MappingContext, ParentRef, SideView } from '../contract.ts'
import { objectAt, rowsAt, textAt } from '../record-fields.ts'
import { creditCustomer, creditNoteContact } from './credit-note-customer.ts'
import { CREDIT_NOTE_MODULE } from './credit-note-module.ts'

/** Xero's notes have no place for a reference of ours: only the CRM's record names its partner. */
export function creditNoteReference(record: RemoteRecord, { settings }: MappingContext): CrossReference | null {
  const field = record.side === 'zoho' ? (settings.provisioned.xeroId[CREDIT_NOTE_MODULE] ?? '') : ''
  const remoteId = field === '' ? '' : textAt(record.fields, field).trim()
  return remoteId === '' ? null : { type: 'partner', remoteId }
}

/** The number as it was typed in the CRM or given in Xero, which holds those of sales unique (xero.md 4.5). */
export function creditNoteNumber({ side, fields }: RemoteRecord): string {
  return tidy(decodeEntities(textAt(fields, side === 'zoho' ? 'Name' : 'CreditNoteNumber')))
}

/** A number for one customer: so a create without an answer is found again. */
export function creditNoteMatchKeys({ main }: SideView, context: MappingContext): readonly string[] {
  const number = main === null ? '' : creditNoteNumber(main).toLowerCase()
  const contact = main === null ? '' : contactOf(main, context)
  return number === '' || contact === '' ? [] : [`number:${contact}|${number}`]
}

/** A number that another customer's note has: a person says. */
export function creditNoteSuggestKeys({ main }: SideView): readonly string[] {
  const number = main === null ? '' : creditNoteNumber(main).toLowerCase()
  return number === '' ? [] : [`taken:${number}`]
}

export function creditNoteLookups(target: Side, { main }: SideView, { settings }: MappingContext): readonly Lookup[] {
  const number = main === null ? '' : creditNoteNumber(main)
  if (main === null) return []
  if (target === 'xero')
    return number === '' ? [] : [{ collection: 'CreditNotes', key: { field: 'CreditNoteNumber', value: number } }]
  const field = settings.provisioned.xeroId[CREDIT_NOTE_MODULE] ?? ''
  const ask = (key: string, value: string): Lookup[] =>
    key === '' || value === '' ? [] : [{ collection: CREDIT_NOTE_MODULE, key: { field: key, value } }]
  return [...ask(field, main.id), ...ask('Name', number)]
}

export function creditNoteParents({ main }: SideView, { settings }: MappingContext): readonly ParentRef[] {
  if (main === null) return []
  if (main.side === 'xero') {
    const remoteId = textAt(objectAt(main.fields, 'Contact'), 'ContactID')
    return remoteId === '' ? [] : [{ kind: 'contact', side: 'xero', collection: 'Contacts', remoteId }]
  }
  const { collection, id } = creditCustomer(main.fields, settings)
  return id === '' ? [] : [{ kind: 'contact', side: 'zoho', collection, remoteId: id }]
}

/** All that it is allocated to, and its refunds: records of the payments (xero.md 4.5, 4.6). */
export function creditNoteChildren({ main }: SideView): readonly ParentRef[] {
  if (main?.side !== 'xero') return []
  const carrier = { kind: 'payment', ...carrierRef({ type: 'creditNote', id: main.id }) } as const
  const refunds = rowsAt(main.fields, 'Payments').flatMap((row) => {
    const remoteId = textAt(row, 'PaymentID')
    return remoteId === '' ? [] : [{ kind: 'payment', side: 'xero', collection: 'Payments', remoteId } as const]
  })
  return [carrier, ...refunds]
}

/** Refunds that were taken back: the list of payments shows those of invoices alone. */
export function formerRefunds({ main }: SideView, hasChanged: (field: string) => boolean): readonly FormerChildren[] {
  // There may be very many payments to look through.
  if (main?.side !== 'xero' || !hasChanged('refunded')) return []
  return [{ kind: 'payment', collection: 'Payments', field: 'creditNote', value: main.id }]
}

function contactOf(main: RemoteRecord, context: MappingContext): string {
  if (main.side === 'xero') return textAt(objectAt(main.fields, 'Contact'), 'ContactID')
  const contact = creditNoteContact(main.fields, context)
  return contact.type === 'mapped' ? contact.value : ''
}
