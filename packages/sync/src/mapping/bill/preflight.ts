import type { Fault, LinkContext, WriteIntent } from '../contract.ts'
import { archivedContactFaults, documentFaults, lockDateFaults, type Preflight } from '../invoice/preflight.ts'
import { xeroStatus } from '../invoice/status.ts'
import { xeroLineFaults } from '../invoice/xero-faults.ts'
import { asText } from '../record-fields.ts'
import { billDueDate } from './bill-create.ts'

/** What Xero would refuse of a bill, or compute otherwise, found before the first write (R34). */
export function billFaults(of: Preflight): readonly Fault[] {
  const { intent, context, present } = of
  const { linesAfter, targetView, after } = intent
  const status = targetView.main === null ? context.settings.bill.arrivalStatus : xeroStatus(targetView.main)
  return [
    ...lockDateFaults(of),
    ...archivedContactFaults(asText(after.vendor), 'supplierArchived', context),
    ...dueDateFaults(intent, context),
    ...(linesAfter === null
      ? []
      : xeroLineFaults({ targetView, linesAfter, present, status, use: 'expense' }, context)),
    ...documentFaults(of),
  ]
}

/** Without one Xero approves nothing (xero.md 4.3). */
function dueDateFaults({ targetView, source }: WriteIntent, context: LinkContext): readonly Fault[] {
  const isApproved = targetView.main === null && context.settings.bill.arrivalStatus === 'AUTHORISED'
  if (!isApproved || source.main === null || billDueDate(source.main, context) !== '') return []
  const detail =
    'The bill shall arrive approved, and neither the order nor its supplier nor the settings say when it is due'
  return [{ code: 'dueDateMissing', detail }]
}
