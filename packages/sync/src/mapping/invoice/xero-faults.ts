import type { XeroReference } from '../../model/reference.ts'
import { type CheckVerdict, holdFor, type LineValue, type LinkContext, type SideView } from '../contract.ts'
import { xeroStatus } from './status.ts'

export interface XeroLines {
  readonly targetView: SideView
  readonly linesAfter: readonly LineValue[]
  /** The lines that the target has now. */
  readonly present: readonly LineValue[]
}

/** What Xero would refuse of the lines: found before anything is sent (R34, xero.md 4.3). */
export function xeroLinesFault(
  lines: XeroLines,
  { settings, reference }: LinkContext,
): Extract<CheckVerdict, { type: 'hold' }> | null {
  if (lines.linesAfter.length === 0) return holdFor('requiredValueMissing', 'A Xero document needs at least one line')
  for (const { tax } of lines.linesAfter) {
    const fault = taxFault(tax, reference.xero)
    if (fault !== null) return holdFor('taxNotValid', fault)
  }
  if (!hasNewServiceLine(lines)) return null
  if (settings.salesAccountCode !== '') {
    const fault = accountFault(settings.salesAccountCode, reference.xero)
    return fault === null ? null : holdFor('accountNotValid', fault)
  }
  const status = lines.targetView.main === null ? settings.newInvoiceStatus : xeroStatus(lines.targetView.main)
  // Drafts may be incomplete; approved documents need an account on each line.
  return status === 'AUTHORISED' || status === 'PAID'
    ? holdFor('accountNotChosen', 'Lines without an item need a sales account: none is chosen in the settings')
    : null
}

function hasNewServiceLine({ linesAfter, present }: XeroLines): boolean {
  const services = (lines: readonly LineValue[]) => lines.filter((line) => line.item === null).length
  return services(linesAfter) > services(present)
}

/** A rate that sales lines can bear; '' leaves it to the account (xero.md 4.9). */
export function taxFault(taxType: string, { taxRates }: XeroReference): string | null {
  if (taxType === '' || taxType === 'NONE') return null
  const rate = taxRates.find((one) => one.taxType === taxType)
  if (rate === undefined) return `Xero has no tax rate ${taxType}`
  if (rate.status !== 'ACTIVE') return `Xero's tax rate ${rate.name} is ${rate.status.toLowerCase()}`
  return rate.canApplyToRevenue ? null : `Xero's tax rate ${rate.name} is not for sales`
}

/** Active revenue accounts that are no system accounts (xero.md 4.8, 8 checkpoint 5). */
export function accountFault(code: string, { accounts }: XeroReference): string | null {
  const account = accounts.find((one) => one.code === code)
  if (account === undefined) return `Xero has no ledger account ${code}`
  if (account.status !== 'ACTIVE') return `Xero's ledger account ${code} is ${account.status.toLowerCase()}`
  return account.class === 'REVENUE' && account.systemAccount === ''
    ? null
    : `Xero's ledger account ${code} is no sales account`
}
