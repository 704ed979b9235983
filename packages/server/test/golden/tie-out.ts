import type { Big } from 'big.js'
import type { Compared } from './compare.ts'
import { ZERO } from './decimals.ts'
import type { ShownDocument } from './shown-line.ts'
import { NO_TAX, xeroTaxOf } from './taxes.ts'

/** Tax of one rate in one currency over the period, in both systems (R43). */
export interface TieOutRow {
  readonly rate: string
  documents: number
  zohoNet: Big
  xeroNet: Big
  zohoTax: Big
  xeroTax: Big
  /** What the documents' visible rounding or header discount says of the tax: known before anything was sent. */
  known: Big
}

/**
 * The sum of tax by rate, as an accountant ties it out at the end of a month. Zoho's document discount comes off after
 * tax and its halves of a tax round apart: what the oracle knows of these stands in a column of its own.
 */
export function tieOut(all: readonly Compared[]): readonly TieOutRow[] {
  const rows = new Map<string, TieOutRow>()
  const rowOf = (rate: string) => {
    const row = rows.get(rate) ?? blankRow(rate)
    rows.set(rate, row)
    return row
  }
  for (const one of all) {
    const { currency, born } = one.document
    const [zoho, xero] = born === 'zoho' ? [one.source, one.target] : [one.target, one.source]
    const seen = new Set<string>()
    for (const [index, line] of xero.lines.entries()) {
      const rate = `${currency} ${line.taxNames[0] ?? NO_TAX}`
      const row = rowOf(rate)
      row.xeroNet = row.xeroNet.plus(line.net)
      row.xeroTax = row.xeroTax.plus(line.tax)
      row.known = row.known.plus(knownDifference(one, index))
      seen.add(rate)
    }
    addZoho(zoho, (taxNames) => rowOf(`${currency} ${xeroTaxOf(taxNames) ?? taxNames.join(' + ')}`))
    for (const rate of seen) rowOf(rate).documents += 1
  }
  return [...rows.values()].sort((left, right) => left.rate.localeCompare(right.rate))
}

/** Zoho's tax less Xero's on one line, where the document itself says so: by rounding, or by its own discount. */
function knownDifference({ document, expected, source }: Compared, index: number): Big {
  const isEven = expected.rounding.eq(ZERO) && document.headerDiscount.type === 'none'
  const [from, to] = [source.lines[index], expected.lines[index]]
  if (isEven || from === undefined || to === undefined) return ZERO
  return document.born === 'zoho' ? from.tax.minus(to.tax) : to.tax.minus(from.tax)
}

function addZoho({ lines }: ShownDocument, rowOf: (taxNames: readonly string[]) => TieOutRow): void {
  for (const line of lines) {
    const row = rowOf(line.taxNames)
    row.zohoNet = row.zohoNet.plus(line.net)
    row.zohoTax = row.zohoTax.plus(line.tax)
  }
}

function blankRow(rate: string): TieOutRow {
  return { rate, documents: 0, zohoNet: ZERO, xeroNet: ZERO, zohoTax: ZERO, xeroTax: ZERO, known: ZERO }
}

export function unexplained({ zohoTax, xeroTax, known }: TieOutRow): Big {
  return zohoTax.minus(xeroTax).minus(known)
}
