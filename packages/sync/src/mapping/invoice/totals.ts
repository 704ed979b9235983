import type { Big } from 'big.js'
import type { ReferenceData } from '../../model/reference.ts'
import type { LineValue } from '../contract.ts'
import { bigOf, percentOf, round2, ZERO } from '../decimal.ts'
import { taxIds } from '../tax-map.ts'

/** A document's total as its own side computes it, from lines in that side's canonical form (I11). */
export interface PredictedTotals {
  readonly net: Big
  readonly tax: Big
  readonly total: Big
}

/**
 * Xero, tax-exclusive: each line and its tax to the cent, half away from zero, then summed (xero.md 4.3). A line's net is
 * the one that it was accepted with, or that Xero states: its discount, as we read it, is of a rounded amount.
 */
export function predictXeroTotals(lines: readonly LineValue[], { xero }: ReferenceData): PredictedTotals {
  return summed(
    lines.map((line) => {
      const net = bigOf(line.net)
      const rate = xero.taxRates.find((one) => one.taxType === line.tax)?.effectiveRate ?? '0'
      return { net, tax: round2(percentOf(net, bigOf(rate))) }
    }),
  )
}

/** Zoho: row Total less Discount, each tax of the row on it, all to the cent (zoho-crm.md 4.1). Header amounts apart. */
export function predictZohoTotals(lines: readonly LineValue[], { zoho }: ReferenceData): PredictedTotals {
  return summed(
    lines.map((line) => {
      const net = zohoNet(line)
      const tax = taxIds(line.tax).reduce((sum, id) => {
        const percentage = zoho.taxes.find((one) => one.id === id)?.percentage ?? '0'
        return sum.plus(round2(percentOf(net, bigOf(percentage))))
      }, ZERO)
      return { net, tax }
    }),
  )
}

export type LineAmounts = Pick<LineValue, 'quantity' | 'unitPrice' | 'discountPercent' | 'discountAmount'>

/** `round2(Qty * Unit * (1 - rate / 100))` or `Qty * Unit - DiscountAmount` (xero.md 4.3). */
export function xeroNet({ quantity, unitPrice, discountPercent, discountAmount }: LineAmounts): Big {
  const gross = bigOf(quantity).times(bigOf(unitPrice))
  return round2(
    gross.minus(discountPercent === null ? bigOf(discountAmount) : percentOf(gross, bigOf(discountPercent))),
  )
}

/** Total less discount, each to the cent; a percentage is of the rounded Total (zoho-crm.md 4.1). */
export function zohoNet(line: LineAmounts): Big {
  const total = lineGross(line)
  return round2(
    total.minus(
      line.discountPercent === null
        ? bigOf(line.discountAmount)
        : round2(percentOf(total, bigOf(line.discountPercent))),
    ),
  )
}

/** Quantity times price, to the cent: what discounts are taken from. */
export function lineGross({ quantity, unitPrice }: Pick<LineValue, 'quantity' | 'unitPrice'>): Big {
  return round2(bigOf(quantity).times(bigOf(unitPrice)))
}

function summed(rows: readonly { readonly net: Big; readonly tax: Big }[]): PredictedTotals {
  const net = rows.reduce((sum, row) => sum.plus(row.net), ZERO)
  const tax = rows.reduce((sum, row) => sum.plus(row.tax), ZERO)
  return { net, tax, total: net.plus(tax) }
}
