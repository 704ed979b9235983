import { Big } from 'big.js'
import type { LineAmountTypes, LineRow, Totals } from '../model/rows.ts'
import type { LineDraft } from './line-draft.ts'
import { sum, ZERO } from './rounding.ts'

export interface AmountRules {
  readonly lineAmountTypes: LineAmountTypes
  /** Percentage of the line's tax type. */
  readonly taxRate: Big
  readonly round: (amount: Big) => Big
}

export interface LineAmounts {
  readonly quantity: Big | undefined
  readonly unitAmount: Big | undefined
  readonly lineAmount: Big
  readonly taxAmount: Big
}

const ONE = new Big(1)
const HUNDRED = new Big(100)

/** Per line: amount, then tax, each rounded to 2 decimals (xero.md 4.3). A text is what is wrong. */
export function lineAmounts(draft: LineDraft, rules: AmountRules): LineAmounts | string {
  const { quantity, unitAmount } = completed(draft)
  if (quantity === undefined || unitAmount === undefined) {
    const lineAmount = draft.lineAmount ?? ZERO
    return { quantity, unitAmount, lineAmount, taxAmount: taxOf(lineAmount, draft, rules) }
  }
  const gross = quantity.times(unitAmount)
  const expected = rules.round(gross.minus(discountOf(gross, draft)))
  const lineAmount = draft.lineAmount ?? expected
  if (!lineAmount.eq(expected)) {
    return `The line total ${lineAmount.toFixed(2)} does not match the expected line total ${expected.toFixed(2)}`
  }
  return { quantity, unitAmount, lineAmount, taxAmount: taxOf(lineAmount, draft, rules) }
}

/** LineAmount can replace one of the two; a quantity of 1 is assumed when only one figure is given. */
function completed(draft: LineDraft): { quantity: Big | undefined; unitAmount: Big | undefined } {
  const { quantity, unitAmount, lineAmount } = draft
  if (unitAmount === undefined) {
    if (lineAmount === undefined) return { quantity, unitAmount }
    const count = quantity ?? ONE
    return { quantity: count, unitAmount: count.eq(0) ? ZERO : lineAmount.div(count).round(4, 1) }
  }
  if (quantity !== undefined) return { quantity, unitAmount }
  const isDivisible = lineAmount !== undefined && !unitAmount.eq(0)
  return { quantity: isDivisible ? lineAmount.div(unitAmount).round(4, 1) : ONE, unitAmount }
}

function discountOf(gross: Big, draft: LineDraft): Big {
  if (draft.discountRate !== undefined) return gross.times(draft.discountRate).div(HUNDRED)
  return draft.discountAmount ?? ZERO
}

function taxOf(lineAmount: Big, draft: LineDraft, rules: AmountRules): Big {
  if (rules.lineAmountTypes === 'NoTax') return ZERO
  if (draft.taxAmount !== undefined) return rules.round(draft.taxAmount)
  const fraction = rules.taxRate.div(HUNDRED)
  if (rules.lineAmountTypes === 'Exclusive') return rules.round(lineAmount.times(fraction))
  return lineAmount.minus(rules.round(lineAmount.div(ONE.plus(fraction))))
}

/** The document's totals: sums of rounded lines, never rounded again (xero.md 4.3). */
export function totalsOf(lines: readonly LineRow[], lineAmountTypes: LineAmountTypes): Totals {
  const lineTotal = sum(lines.map((line) => line.lineAmount))
  const totalTax = sum(lines.map((line) => line.taxAmount))
  const subTotal = lineAmountTypes === 'Inclusive' ? lineTotal.minus(totalTax) : lineTotal
  const totalDiscount = sum(lines.map(discounted))
  return { subTotal, totalTax, total: subTotal.plus(totalTax), totalDiscount }
}

function discounted(line: LineRow): Big {
  if (line.quantity === undefined || line.unitAmount === undefined) return ZERO
  if (line.discountRate === undefined && line.discountAmount === undefined) return ZERO
  return line.quantity.times(line.unitAmount).minus(line.lineAmount)
}
