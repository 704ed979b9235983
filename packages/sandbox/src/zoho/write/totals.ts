import { Big } from 'big.js'
import { decimal, percentOf, type Rounding, rounded } from '../model/money.ts'
import type { AppliedTax, Row, Value, Values } from '../model/record.ts'
import type { WriteRules } from './rules.ts'

/** Every amount is kept at the org's two decimals (zoho-crm.md 4.1: per-field decimals, half-up). */
const DECIMALS = 2

/** Total, discount, tax and net of one row (zoho-crm.md 4.1). */
export function pricedRow(row: Row, rounding: Rounding): Row {
  const cents = (amount: Big) => rounded(amount, DECIMALS, rounding)
  const total = cents(amountOf(row.values.Quantity).times(amountOf(row.values.List_Price)))
  const discount = discountAmount(row.values.Discount, total, rounding)
  const afterDiscount = cents(new Big(total).minus(discount))
  const taxes = taxesOn(row.taxes, afterDiscount, rounding)
  const tax = cents(sum(taxes.map((one) => one.value)))
  return {
    ...row,
    taxes,
    values: {
      ...row.values,
      Total: total,
      Total_After_Discount: afterDiscount,
      Tax: tax,
      Net_Total: cents(new Big(afterDiscount).plus(tax)),
    },
  }
}

export interface Document {
  readonly values: Values
  readonly rows: readonly Row[]
  readonly documentTaxes: readonly AppliedTax[]
}

/** Sub_Total (line tax included), document tax and Grand_Total; whatever the client sent for them is gone. */
export function pricedDocument(document: Document, rules: WriteRules): Document {
  const cents = (amount: Big) => rounded(amount, DECIMALS, rules.rounding)
  const subTotal = cents(sum(document.rows.map((row) => row.values.Net_Total)))
  const discount = discountAmount(document.values.Discount, subTotal, rules.rounding)
  const base = rules.documentTaxBase === 'afterDiscount' ? cents(new Big(subTotal).minus(discount)) : subTotal
  const documentTaxes = taxesOn(document.documentTaxes, base, rules.rounding)
  const tax = cents(sum(documentTaxes.map((one) => one.value)))
  const adjustment = amountOf(document.values.Adjustment)
  return {
    rows: document.rows,
    documentTaxes,
    values: {
      ...document.values,
      Discount: document.values.Discount ?? 0,
      Adjustment: cents(adjustment),
      Sub_Total: subTotal,
      Tax: tax,
      Grand_Total: cents(new Big(subTotal).minus(discount).plus(tax).plus(adjustment)),
    },
  }
}

/** A number is an amount; a text like "5%" is that share of the base. */
export function discountAmount(discount: Value | undefined, base: number, rounding: Rounding): Big {
  if (typeof discount !== 'string') return amountOf(discount)
  const percent = percentOf(discount)
  if (percent === undefined) return amountOf(discount)
  return new Big(rounded(new Big(base).times(percent).div(100), DECIMALS, rounding))
}

function taxesOn(taxes: readonly AppliedTax[], base: number, rounding: Rounding): AppliedTax[] {
  return taxes.map((tax) => ({
    ...tax,
    value: rounded(new Big(base).times(tax.percentage).div(100), DECIMALS, rounding),
  }))
}

function amountOf(value: Value | undefined): Big {
  return decimal(value) ?? new Big(0)
}

function sum(values: readonly (Value | undefined)[]): Big {
  return values.reduce<Big>((total, value) => total.plus(amountOf(value)), new Big(0))
}
