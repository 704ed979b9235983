import type { RemoteRecord } from '../../model/record.ts'
import type { XeroAccount, XeroReference, XeroTaxRate } from '../../model/reference.ts'
import type { Fault, LineValue, LinkContext, SideView } from '../contract.ts'
import { isTicked, objectAt, rowsAt, textAt } from '../record-fields.ts'
import { recordQuestion } from './questions.ts'

export interface XeroLines {
  readonly targetView: SideView
  readonly linesAfter: readonly LineValue[]
  /** The lines that the target has now. */
  readonly present: readonly LineValue[]
  /** The document's status after the write. */
  readonly status: string
  /** What the lines are accounted as; sales where it is not said. */
  readonly use?: AccountUse
}

/** What Xero would refuse of the lines: found before anything is sent (R34, xero.md 4.3). */
export function xeroLineFaults(lines: XeroLines, context: LinkContext): readonly Fault[] {
  if (lines.linesAfter.length === 0)
    return [{ code: 'requiredValueMissing', detail: 'A Xero document needs at least one line' }]
  const taxes = new Set(lines.linesAfter.flatMap((line) => lineTaxFault(line, lines, context) ?? []))
  return [
    ...[...taxes].map((detail): Fault => ({ code: 'taxNotValid', detail })),
    ...serviceFaults(lines, context),
    ...namedFaults(lines, context),
    ...itemFaults(lines, context),
  ]
}

/** Drafts may be incomplete; approved documents need an account on each line. */
function needsAccounts(status: string): boolean {
  return status === 'AUTHORISED' || status === 'PAID'
}

/** Lines without an item get the account that was chosen for them. */
function serviceFaults(lines: XeroLines, { settings, reference }: LinkContext): readonly Fault[] {
  const { use = 'income' } = lines
  const services = (list: readonly LineValue[]) =>
    list.filter((line) => line.item === null && line.account === undefined).length
  if (services(lines.linesAfter) <= services(lines.present)) return []
  if (settings.salesAccountCode !== '') {
    const fault = accountFault(settings.salesAccountCode, reference.xero, use)
    return fault === null ? [] : [{ code: 'accountNotValid', detail: fault }]
  }
  const detail = `Lines without an item need ${WORDS[use].needed}: none is chosen in the settings`
  return needsAccounts(lines.status) ? [{ code: 'accountNotChosen', detail }] : []
}

/** Lines that name their account: it was that of an item, and only has to be in use. */
function namedFaults({ linesAfter, status }: XeroLines, { reference }: LinkContext): readonly Fault[] {
  const codes = [...new Set(linesAfter.flatMap(({ account }) => account ?? []))]
  return codes.flatMap((code): readonly Fault[] => {
    const detail = 'Lines without an item need a sales account: none is chosen in the settings'
    if (code === '') return needsAccounts(status) ? [{ code: 'accountNotChosen', detail }] : []
    const state = inactiveAccount(code, reference.xero)
    return state === null ? [] : [{ code: 'accountNotValid', detail: `Ledger account ${code} is ${state}` }]
  })
}

/** What is wrong with an account that must be in use; null when it is. */
function inactiveAccount(code: string, { accounts }: XeroReference): string | null {
  const account = accounts.find((one) => one.code === code)
  if (account?.status === 'ACTIVE') return null
  return account === undefined ? 'unknown' : account.status.toLowerCase()
}

/** The others get the account of their Xero item, as far as that has been read. */
function itemFaults({ linesAfter, status, use = 'income' }: XeroLines, context: LinkContext): readonly Fault[] {
  if (!needsAccounts(status)) return []
  const codes = new Set(linesAfter.flatMap(({ item }) => item ?? []))
  return [...codes].flatMap((code) => itemFault(code, use, context))
}

function itemFault(code: string, use: AccountUse, context: LinkContext): readonly Fault[] {
  const item = itemRecord(code, context)
  if (item === undefined || isCounted(item, use)) return []
  const accountCode = itemAccount(item, use, context)
  const { name, documents } = WORDS[use]
  if (accountCode === '')
    return [
      {
        code: 'accountNotValid',
        detail: `The Xero item ${code} has no ${name} account: approved ${documents} need one`,
      },
    ]
  const state = inactiveAccount(accountCode, context.reference.xero)
  if (state === null) return []
  return [{ code: 'accountNotValid', detail: `Ledger account ${accountCode} of the Xero item ${code} is ${state}` }]
}

/** Xero books what is bought of a tracked item as stock, on the item's own account (xero.md 4.2). */
export function isCounted({ fields }: RemoteRecord, use: AccountUse): boolean {
  return use === 'expense' && isTicked(fields, 'IsTrackedAsInventory')
}

/** The item's own account for this use; of purchases, else the one that was chosen for them. '' for none. */
export function itemAccount({ fields }: RemoteRecord, use: AccountUse, { settings }: LinkContext): string {
  const own = textAt(objectAt(fields, WORDS[use].details), 'AccountCode')
  return own === '' && use === 'expense' ? settings.salesAccountCode : own
}

export function itemRecord(code: string, context: LinkContext): RemoteRecord | undefined {
  const itemId = context.xeroItemIdByCode(code)
  return itemId === null ? undefined : context.answer(recordQuestion('Items', itemId))?.[0]
}

/** What stands in Xero already was accepted there, on whatever account: only an archived rate is refused again. */
function lineTaxFault(line: LineValue, lines: XeroLines, context: LinkContext): string | null {
  const { targetView, present, use = 'income' } = lines
  const { xero } = context.reference
  const rows = rowsAt(targetView.main?.fields, 'LineItems')
  const isSame = (other: LineValue) => other.item === line.item && other.description === line.description
  const row = rows[present.findIndex(isSame)]
  if (row !== undefined && textAt(row, 'TaxType') === line.tax) return inactiveTaxFault(line.tax, xero)
  const code = (row === undefined ? '' : textAt(row, 'AccountCode')) || accountOfNew(line, use, context)
  // Bank accounts may have no code: they are nobody's account here.
  const account = code === '' ? undefined : xero.accounts.find((one) => one.code === code)
  return taxFault(line.tax, xero, use) ?? pairFault(line.tax, account, xero)
}

/** That of its item, as far as it has been read, or the one of lines without an item. */
function accountOfNew({ item, account }: LineValue, use: AccountUse, context: LinkContext): string {
  if (item === null) return account ?? context.settings.salesAccountCode
  const record = itemRecord(item, context)
  if (record === undefined || isCounted(record, use)) return ''
  return itemAccount(record, use, context)
}

/** A rate that lines of this use can bear; '' leaves it to the account (xero.md 4.9). */
export function taxFault(taxType: string, xero: XeroReference, use: AccountUse = 'income'): string | null {
  const inactive = inactiveTaxFault(taxType, xero)
  const rate = rateOf(taxType, xero)
  if (inactive !== null || rate === undefined) return inactive
  return isRateFor(rate, use) ? null : `Xero's tax rate ${rate.name} is not for ${WORDS[use].direction}`
}

/** Assets bear the taxes of both directions: only expenses tell a rate of purchases (xero.md 4.9). */
export function isRateFor(rate: XeroTaxRate, use: AccountUse): boolean {
  if (use === 'income') return rate.canApplyToRevenue
  return rate.appliesTo?.includes('EXPENSE') ?? !rate.canApplyToRevenue
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

const WORDS = {
  income: {
    class: 'REVENUE',
    name: 'sales',
    details: 'SalesDetails',
    needed: 'a sales account',
    direction: 'sales',
    documents: 'invoices',
  },
  expense: {
    class: 'EXPENSE',
    name: 'expense',
    details: 'PurchaseDetails',
    needed: 'an expense account',
    direction: 'purchases',
    documents: 'bills',
  },
} as const satisfies Record<AccountUse, unknown>

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
