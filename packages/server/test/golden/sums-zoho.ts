import { Big } from 'big.js'
import { cents, sum, ZERO } from './decimals.ts'
import type { Discount, GoldenDocument, GoldenLine } from './document.ts'
import { TAXES } from './taxes.ts'

/*
 * Zoho's arithmetic, worked out anew from the fact sheet (zoho-crm.md 4.1): every amount to the cent, half away from
 * zero. The golden test shares no arithmetic with the engine or the sandboxes.
 */

export interface RowSums {
  readonly gross: Big
  readonly discount: Big
  readonly net: Big
  readonly tax: Big
}

export interface ZohoSums {
  readonly rows: readonly RowSums[]
  readonly subTotal: Big
  readonly headerDiscount: Big
  readonly grandTotal: Big
}

/** Total, less its discount, and each tax on what is left. */
export function zohoRow(line: Pick<GoldenLine, 'quantity' | 'price' | 'discount'>, rates: readonly string[]): RowSums {
  const gross = cents(new Big(line.quantity).times(line.price))
  const discount = taken(line.discount, gross)
  const net = cents(gross.minus(discount))
  return { gross, discount, net, tax: taxOn(net, rates) }
}

/** Sub_Total includes the rows' taxes; the document's discount comes off it, then its own tax goes on (zoho-crm.md 4.1). */
export function zohoSums(document: GoldenDocument): ZohoSums {
  const rows = document.lines.map((line) => zohoRow(line, ratesOf(line)))
  const subTotal = sum(rows.map((row) => row.net.plus(row.tax)))
  const headerDiscount = taken(document.headerDiscount, subTotal)
  const documentTax = taxOn(
    subTotal.minus(headerDiscount),
    document.documentTaxes.map((key) => TAXES[key].rate),
  )
  const grandTotal = subTotal.minus(headerDiscount).plus(documentTax).plus(document.adjustment)
  return { rows, subTotal, headerDiscount, grandTotal }
}

export function ratesOf({ taxes }: Pick<GoldenLine, 'taxes'>): readonly string[] {
  return taxes.map((key) => TAXES[key].rate)
}

/** Each tax is rounded by itself. */
function taxOn(net: Big, rates: readonly string[]): Big {
  return sum(rates.map((rate) => cents(net.times(rate).div(100))))
}

function taken(discount: Discount, from: Big): Big {
  switch (discount.type) {
    case 'none':
      return ZERO
    case 'amount':
      return new Big(discount.value)
    case 'percent':
      return cents(from.times(discount.value).div(100))
  }
}
