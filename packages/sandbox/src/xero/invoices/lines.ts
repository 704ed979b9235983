import type { Big } from 'big.js'
import { ElementRefused } from '../api/problem.ts'
import { tooLong } from '../contacts/validate.ts'
import type { Books } from '../model/books.ts'
import type { LineRow } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'
import { lineAmounts } from './line-amounts.ts'
import { draftLine, type LineDraft, type LineRules, redraft } from './line-draft.ts'
import { roundMoney, ZERO } from './rounding.ts'

export interface BuiltLines {
  readonly lines: readonly LineRow[]
  readonly warnings: readonly string[]
}

/**
 * The new complete list (xero.md 4.3): a line whose LineItemID is known is updated, one without is created under a new
 * id, stored lines that are not mentioned are gone.
 */
export function replaceLines(
  books: Books,
  sent: readonly Fields[],
  context: { readonly before: readonly LineRow[]; readonly rules: LineRules },
): BuiltLines {
  const known = new Map(context.before.map((line) => [line.id, line]))
  const drafts = sent.map((fields) => {
    const before = known.get(fields.text('LineItemID')?.toLowerCase() ?? '')
    return draftLine(books, fields, { before, rules: context.rules })
  })
  return finish(books, drafts, context.rules)
}

/** The stored lines under other LineAmountTypes. */
export function recomputeLines(books: Books, lines: readonly LineRow[], rules: LineRules): BuiltLines {
  return finish(books, lines.map(redraft), rules)
}

function finish(books: Books, drafts: readonly LineDraft[], rules: LineRules): BuiltLines {
  const warnings: string[] = []
  const faults: string[] = []
  const lines = drafts.map((draft) => {
    const isUnknown = isUnknownAccount(books, draft) && rules.stage === 'draft'
    if (isUnknown) warnings.push(accountRemoved(draft.accountCode))
    const cleaned = isUnknown ? { ...draft, accountCode: '' } : draft
    const taxType = cleaned.taxType || defaultTax(books, cleaned, rules)
    const taxRate = books.taxRates.get(taxType)?.rate ?? ZERO
    const round = (amount: Big) => roundMoney(amount, books.switches)
    const amounts = lineAmounts(cleaned, { lineAmountTypes: rules.lineAmountTypes, taxRate, round })
    if (typeof amounts === 'string') {
      faults.push(amounts)
      return undefined
    }
    return { ...cleaned, ...amounts, taxType }
  })
  const complete = lines.filter((line) => line !== undefined)
  faults.push(...complete.flatMap((line) => lineFaults(books, line, rules)))
  if (faults.length > 0) throw new ElementRefused(...faults)
  return { lines: complete, warnings }
}

/** On a draft an unknown account code is removed with a warning instead of refused (xero.md 5.4). */
const isUnknownAccount = (books: Books, draft: LineDraft) =>
  draft.accountCode !== '' && books.accounts.find('code', draft.accountCode)[0] === undefined
const accountRemoved = (code: string) =>
  `Account code '${code}' has been removed as it does not match a recognised account`

function defaultTax(books: Books, draft: LineDraft, rules: LineRules): string {
  if (rules.taxDefault !== 'fromAccount') return ''
  return books.accounts.find('code', draft.accountCode)[0]?.taxType ?? ''
}

/** What is wrong with a finished line; also used when stored lines are to be approved. */
export function lineFaults(books: Books, line: LineRow, rules: LineRules): readonly string[] {
  const faults: string[] = []
  if (line.description.trim() === '') faults.push('The Description field is required for every line item.')
  if (line.description.length > 4000) faults.push(tooLong('Description', 4000))
  const hasDiscount = line.discountRate !== undefined || line.discountAmount !== undefined
  if (hasDiscount && rules.discounts === 'refused') faults.push('Discounts are not allowed on this type of document.')
  if (line.discountRate !== undefined && line.discountAmount !== undefined) {
    faults.push('A line item can have a DiscountRate or a DiscountAmount, not both.')
  }
  if (line.lineAmount.abs().gt('9999999999.99')) faults.push('The LineAmount is too large.')
  if (line.tracking.length > 2) faults.push('A line item can have at most 2 tracking categories.')
  return [...faults, ...accountFaults(books, line, rules), ...taxFaults(books, line)]
}

function accountFaults(books: Books, line: LineRow, rules: LineRules): readonly string[] {
  if (rules.stage === 'draft') return []
  // A line with a description only carries no figures, so it needs no account.
  if (line.accountCode === '' && line.unitAmount === undefined) return []
  const account = books.accounts.find('code', line.accountCode)[0]
  const isUsable =
    account !== undefined &&
    account.status === 'ACTIVE' &&
    account.type !== 'BANK' &&
    !['DEBTORS', 'CREDITORS'].includes(account.systemAccount)
  return isUsable ? [] : [`Account code '${line.accountCode}' is not a valid code for this document.`]
}

function taxFaults(books: Books, line: LineRow): readonly string[] {
  if (line.taxType === '') return []
  const rate = books.taxRates.get(line.taxType)
  if (rate === undefined) {
    return [`The TaxType code '${line.taxType}' does not exist or cannot be used for this type of transaction.`]
  }
  if (rate.status !== 'ACTIVE') return ['Tax rate must be Active']
  const account = books.accounts.find('code', line.accountCode)[0]
  if (account === undefined || rate.appliesTo.includes(account.class)) return []
  return [`The TaxType code '${line.taxType}' cannot be used with account code '${line.accountCode}'.`]
}
