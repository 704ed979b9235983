import { parseLinkReference } from '../../model/link.ts'
import type {
  CheckVerdict,
  LinkContext,
  MappingContext,
  Question,
  SideView,
  WriteIntent,
  WriteVerdict,
} from '../contract.ts'
import { lockedByDate } from '../invoice/locks.ts'
import { recordQuestion } from '../invoice/questions.ts'
import { plainDate } from '../plain-date.ts'
import { asText, objectAt, textAt } from '../record-fields.ts'
import { GO, locked, lockedByLife, WRITE } from '../verdicts.ts'
import { creditNoteContact } from './credit-note-customer.ts'

/** May this field of an existing note be written? CRM edits flow to DRAFT and SUBMITTED alone (R36a, xero.md 4.5). */
export function creditNoteLock(field: string, target: SideView, { reference }: MappingContext): WriteVerdict {
  const { main } = target
  const byLife = lockedByLife(target)
  if (main === null || byLife.type === 'locked' || main.side === 'zoho') return byLife
  if (field === 'currency') return locked('valueNotAllowed', 'The currency of a document is fixed when it is created')
  const byDate = lockedByDate(plainDate(textAt(main.fields, 'Date')), reference)
  if (byDate !== null) return locked('lockDate', byDate)
  const status = textAt(main.fields, 'Status')
  return status === 'DRAFT' || status === 'SUBMITTED'
    ? WRITE
    : locked('recordLocked', `Xero has locked this: the credit note is ${status}. Edit it in Xero, or void it there`)
}

/** What Xero would refuse, found before anything is sent (R34). */
export function checkCreditNote({ target, after }: WriteIntent, context: LinkContext): CheckVerdict {
  if (target === 'zoho') return GO
  const byDate = lockedByDate(asText(after.date) || context.today, context.reference)
  if (byDate !== null) return { type: 'hold', code: 'lockDate', detail: byDate }
  const [contact] = context.answer(recordQuestion('Contacts', asText(after.customer))) ?? []
  if (contact === undefined || contact.life === 'live') return GO
  const detail = `The Xero contact ${textAt(contact.fields, 'Name')} is archived`
  return { type: 'hold', code: 'customerArchived', detail }
}

/** Is the contact that the note will name still active? */
export function creditNoteQuestions(
  { main }: SideView,
  partner: SideView | null,
  context: MappingContext,
): readonly Question[] {
  if (main === null || main.side === 'xero') return []
  const contact = creditNoteContact(main.fields, context)
  const present = textAt(objectAt(partner?.main?.fields, 'Contact'), 'ContactID')
  if (contact.type === 'hold' || contact.value === present || parseLinkReference(contact.value) !== undefined) return []
  return [recordQuestion('Contacts', contact.value)].filter((question) => context.answer(question) === null)
}
