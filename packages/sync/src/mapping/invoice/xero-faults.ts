import type { XeroAccount, XeroReference } from '../../model/reference.ts'
import { type CheckVerdict, holdFor, type LineValue, type LinkContext, type SideView } from '../contract.ts'
import { rowsAt, textAt } from '../record-fields.ts'
import { xeroStatus } from './status.ts'

export interface XeroLines {
  readonly targetView: SideView
  readonly linesAfter: readonly LineValue[]
  /** The lines that the target has now. */
  readonly present: readonly LineValue[]
}

type Hold = Extract<CheckVerdict, { readonly type: 'hold' }>

/** What Xero would refuse of the lines: found before anything is sent (R34, xero.md 4.3). */
export function xeroLinesFault(lines: XeroLines, context: LinkContext): Hold | null {
  if (lines.linesAfter.length === 0) return holdFor('requiredValueMissing', 'A Xero invoice needs at least one line')
  for (const line of lines.linesAfter) {
    const fault = lineTaxFault(line, lines, context)
    if (fault !== null) return holdFor('taxNotValid', fault)
  }
  return hasNewServiceLine(lines) ? serviceAccountFault(lines, context) : null
}

function serviceAccountFault({ targetView }: XeroLines, { settings, reference }: LinkContext): Hold | null {
  if (settings.salesAccountCode !== '') {
    const fault = accountFault(settings.salesAccountCode, reference.xero, 'income')
    return fault === null ? null : holdFor('accountNotValid', fault)
  }
  const status = targetView.main === null ? settings.newInvoiceStatus : xeroStatus(targetView.main)
  // Drafts may be incomplete; approved documents need an account on each line.
  return status === 'AUTHORISED' || status === 'PAID'
    ? holdFor('accountNotChosen', 'Lines without an item need a sales account: none is chosen in the settings')
    : null
}

function hasNewServiceLine({ linesAfter, present }: XeroLines): boolean {
  const services = (lines: readonly LineValue[]) => lines.filter((line) => line.item === null).length
  return services(linesAfter) > services(present)
}

/** What stands in Xero already was accepted there, on whatever account: only an archived rate is refused again. */
function lineTaxFault(line: LineValue, { targetView, present }: XeroLines, { settings, reference }: LinkContext) {
  const { xero } = reference
  const rows = rowsAt(targetView.main?.fields, 'LineItems')
  const isSame = (other: LineValue) => other.item === line.item && other.description === line.description
  const row = rows[present.findIndex(isSame)]
  if (row !== undefined && textAt(row, 'TaxType') === line.tax) return inactiveTaxFault(line.tax, xero)
  const code = row === undefined ? '' : textAt(row, 'AccountCode')
  const account = xero.accounts.find(
    (one) => one.code === (code || (line.item === null ? settings.salesAccountCode : '')),
  )
  return taxFault(line.tax, xero) ?? pairFault(line.tax, account, xero)
}

/** A rate that sales lines can bear; '' leaves it to the account (xero.md 4.9). */
export function taxFault(taxType: string, xero: XeroReference): string | null {
  const inactive = inactiveTaxFault(taxType, xero)
  const rate = rateOf(taxType, xero)
  if (inactive !== null || rate === undefined) return inactive
  return rate.canApplyToRevenue ? null : `Xero's tax rate ${rate.name} is not for sales`
}

function inactiveTaxFault(taxType: string, xero: XeroReference): string | null {
  if (taxType === '' || taxType === 'NONE') return null
  const rate = rateOf(taxType, xero)
  if (rate === undefined) return `Xero has no tax rate ${taxType}`
  return rate.status === 'ACTIVE' ? null : `Xero's tax rate ${rate.name} is ${rate.status.toLowerCase()}`
}

/** `The TaxType code 'OUTPUT' cannot be used with account code '453'` (xero.md 4.3): a rate goes with classes of accounts. */
function pairFault(taxType: string, account: XeroAccount | undefined, xero: XeroReference): string | null {
  const rate = rateOf(taxType, xero)
  if (account === undefined || account.class === '' || rate?.appliesTo === undefined) return null
  if (rate.appliesTo.includes(account.class)) return null
  return `Xero's tax rate ${rate.name} cannot be used with its ledger account ${account.code} ${account.name}`
}

function rateOf(taxType: string, { taxRates }: XeroReference) {
  return taxRates.find((one) => one.taxType === taxType)
}

/** What an account is wanted for: a sale, or a purchase of what is sold again. */
export type AccountUse = 'income' | 'expense'

const WORDS: Readonly<Record<AccountUse, { readonly class: string; readonly name: string }>> = {
  income: { class: 'REVENUE', name: 'sales' },
  expense: { class: 'EXPENSE', name: 'expense' },
}

/** Active accounts of the right class that are no system accounts (xero.md 4.8, 8 checkpoint 5). */
export function accountFault(code: string, { accounts }: XeroReference, use: AccountUse = 'income'): string | null {
  const account = accounts.find((one) => one.code === code)
  if (account === undefined) return `Xero has no ledger account ${code}`
  if (account.status !== 'ACTIVE') return `Xero's ledger account ${code} is ${account.status.toLowerCase()}`
  return isFit(account, use) ? null : `Xero's ledger account ${code} is no ${WORDS[use].name} account`
}

/** The accounts to choose from: a wrong type is never offered (R40). */
export function accountChoices({ accounts }: XeroReference, use: AccountUse): readonly XeroAccount[] {
  return accounts.filter((account) => account.status === 'ACTIVE' && account.code !== '' && isFit(account, use))
}

/** Depreciation is posted by the books themselves, never bought. */
function isFit(account: XeroAccount, use: AccountUse): boolean {
  return account.class === WORDS[use].class && account.systemAccount === '' && account.type !== 'DEPRECIATN'
}
