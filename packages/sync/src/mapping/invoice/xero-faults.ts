import type { XeroReference } from '../../model/reference.ts'
import type { Fault, LineValue, LinkContext } from '../contract.ts'
import { objectAt, textAt } from '../record-fields.ts'
import { recordQuestion } from './questions.ts'

export interface XeroLines {
  readonly linesAfter: readonly LineValue[]
  /** The lines that the target has now. */
  readonly present: readonly LineValue[]
  /** The document's status after the write. */
  readonly status: string
}

/** What Xero would refuse of the lines: found before anything is sent (R34, xero.md 4.3). */
export function xeroLineFaults(lines: XeroLines, context: LinkContext): readonly Fault[] {
  if (lines.linesAfter.length === 0)
    return [{ code: 'requiredValueMissing', detail: 'A Xero document needs at least one line' }]
  const { xero } = context.reference
  const taxes = [...new Set(lines.linesAfter.map(({ tax }) => tax))].flatMap((tax) => taxFault(tax, xero) ?? [])
  return [
    ...taxes.map((detail): Fault => ({ code: 'taxNotValid', detail })),
    ...serviceFaults(lines, context),
    ...itemFaults(lines, context),
  ]
}

/** Drafts may be incomplete; approved documents need an account on each line. */
function needsAccounts(status: string): boolean {
  return status === 'AUTHORISED' || status === 'PAID'
}

/** Lines without an item get the account that was chosen for them. */
function serviceFaults(lines: XeroLines, { settings, reference }: LinkContext): readonly Fault[] {
  const services = (list: readonly LineValue[]) => list.filter((line) => line.item === null).length
  if (services(lines.linesAfter) <= services(lines.present)) return []
  if (settings.salesAccountCode !== '') {
    const fault = accountFault(settings.salesAccountCode, reference.xero)
    return fault === null ? [] : [{ code: 'accountNotValid', detail: fault }]
  }
  const detail = 'Lines without an item need a sales account: none is chosen in the settings'
  return needsAccounts(lines.status) ? [{ code: 'accountNotChosen', detail }] : []
}

/** The others get the account of their Xero item, as far as that has been read. */
function itemFaults({ linesAfter, status }: XeroLines, context: LinkContext): readonly Fault[] {
  if (!needsAccounts(status)) return []
  const codes = new Set(linesAfter.flatMap(({ item }) => item ?? []))
  return [...codes].flatMap((code) => itemFault(code, context))
}

function itemFault(code: string, context: LinkContext): readonly Fault[] {
  const itemId = context.xeroItemIdByCode(code)
  const [item] = itemId === null ? [] : (context.answer(recordQuestion('Items', itemId)) ?? [])
  if (item === undefined) return []
  const accountCode = textAt(objectAt(item.fields, 'SalesDetails'), 'AccountCode')
  if (accountCode === '')
    return [
      { code: 'accountNotValid', detail: `The Xero item ${code} has no sales account: approved invoices need one` },
    ]
  const account = context.reference.xero.accounts.find((one) => one.code === accountCode)
  if (account?.status === 'ACTIVE') return []
  const state = account === undefined ? 'unknown' : account.status.toLowerCase()
  return [{ code: 'accountNotValid', detail: `Ledger account ${accountCode} of the Xero item ${code} is ${state}` }]
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
