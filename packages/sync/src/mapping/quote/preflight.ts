import { parseLinkReference } from '../../model/link.ts'
import type { Fault, MappingContext, Question, SideView } from '../contract.ts'
import { ownContactOf, zohoCustomer } from '../invoice/customer.ts'
import { archivedFaults, documentFaults, type Preflight } from '../invoice/preflight.ts'
import { recordQuestion } from '../invoice/questions.ts'
import { xeroLineFaults } from '../invoice/xero-faults.ts'
import { objectAt, textAt } from '../record-fields.ts'

/**
 * What Xero would refuse of a quote, or compute otherwise, found before the first write (R34). Quotes stand in no ledger:
 * no lock date binds them, and no line needs an account.
 */
export function quoteFaults(of: Preflight): readonly Fault[] {
  const { intent, context, present } = of
  const { linesAfter } = intent
  return [
    ...archivedFaults(of),
    ...(linesAfter === null
      ? []
      : xeroLineFaults({ targetView: intent.targetView, linesAfter, present, status: '' }, context)),
    ...documentFaults(of),
  ]
}

/** Is the contact that the quote will name still active? */
export function quoteQuestions(
  { main }: SideView,
  partner: SideView | null,
  context: MappingContext,
): readonly Question[] {
  if (main === null || main.side === 'xero') return []
  const contact = ownContactOf(zohoCustomer(main.fields, context.settings), context)
  const present = textAt(objectAt(partner?.main?.fields, 'Contact'), 'ContactID')
  if (contact.type === 'hold' || contact.value === present || parseLinkReference(contact.value) !== undefined) return []
  return [recordQuestion('Contacts', contact.value)].filter((question) => context.answer(question) === null)
}
