import { Big } from 'big.js'
import type { Differ } from './oracle-difference.ts'
import { samePrice } from './oracle-item.ts'
import type { XeroLine, ZohoRow } from './oracle-state.ts'
import { sameTax } from './oracle-tax.ts'
import { sameKey, sameText } from './oracle-text.ts'

export interface LinesPair {
  readonly rows: readonly ZohoRow[]
  readonly books: { readonly lines: readonly XeroLine[]; readonly lineAmountTypes: string }
  /** Stands on rows whose Xero line has no item. */
  readonly serviceProductId: string
}

/** The rows of a CRM document and the lines of its Xero one, in whatever order. */
export function compareLines(differ: Differ, { rows, books, serviceProductId }: LinesPair): void {
  const lines = books.lines.filter((line) => !isRounding(line))
  matchLines(differ, { rows, lines, faultsOf: (row, line) => lineFaults({ row, line, books, serviceProductId }) })
}

interface Matching {
  readonly rows: readonly ZohoRow[]
  readonly lines: readonly XeroLine[]
  /** What of a row is not as on this line; an empty list: it is this one. */
  faultsOf(row: ZohoRow, line: XeroLine): readonly string[]
}

/** Each row has a line of its own, in whatever order they stand. */
export function matchLines(differ: Differ, { rows, lines, faultsOf }: Matching): void {
  if (rows.length !== lines.length) {
    differ('lines', String(rows.length), String(lines.length))
    return
  }
  const left = [...lines]
  for (const row of rows) {
    const at = left.findIndex((line) => faultsOf(row, line).length === 0)
    if (at >= 0) left.splice(at, 1)
    else {
      const nearest = left[0]
      const faults = nearest === undefined ? [] : faultsOf(row, nearest)
      differ(`line ${faults.join(', ')}`, sayRow(row), nearest === undefined ? '' : sayLine(nearest))
    }
  }
}

/** Our own visible rounding line mirrors the CRM's Adjustment, not a row. */
function isRounding(line: XeroLine): boolean {
  return line.description === 'Rounding' && line.itemCode === '' && line.accountCode === '860'
}

interface LinePair extends Pick<LinesPair, 'books' | 'serviceProductId'> {
  readonly row: ZohoRow
  readonly line: XeroLine
}

function lineFaults({ row, line, books, serviceProductId }: LinePair): readonly string[] {
  const net =
    books.lineAmountTypes === 'Inclusive' ? new Big(line.lineAmount).minus(line.taxAmount) : new Big(line.lineAmount)
  const code = row.Product_Name.id === serviceProductId ? '' : row.Product_Name.Product_Code
  const names = row.Line_Tax.map((tax) => tax.name)
  const discount = new Big(row.Total).minus(row.Total_After_Discount)
  const taken = new Big(line.quantity).times(line.unitAmount).minus(line.lineAmount)
  const isExclusive = books.lineAmountTypes !== 'Inclusive'
  const isSamePrice = new Big(row.List_Price).eq(line.unitAmount)
  return [
    ...(sameKey(code, line.itemCode) ? [] : ['item']),
    ...(new Big(row.Quantity).eq(line.quantity) ? [] : ['quantity']),
    ...(!isExclusive || isShownPrice(row.List_Price, line.unitAmount) ? [] : ['price']),
    // Where Zoho shows a rounded price, its discount makes up for that: only the net must agree.
    ...(!isExclusive || !isSamePrice || discount.minus(taken).abs().lt('0.01') ? [] : ['discount']),
    ...(new Big(row.Total_After_Discount).eq(net) ? [] : ['net']),
    ...(new Big(row.Tax).eq(line.taxAmount) ? [] : ['tax']),
    ...(books.lineAmountTypes === 'NoTax' || sameTax(names, line.taxType) ? [] : ['tax rate']),
    ...(row.Description === '' || sameText(row.Description, line.description) ? [] : ['description']),
  ]
}

/** A row's discount cannot be negative: a finer price may also be shown rounded up, and discounted down again. */
function isShownPrice(zoho: string, xero: string): boolean {
  return samePrice(zoho, xero) || new Big(zoho).eq(new Big(xero).round(2, Big.roundUp))
}

function sayRow(row: ZohoRow): string {
  const tax = row.Line_Tax.map(({ name }) => name).join()
  return `${row.Product_Name.Product_Code} ${row.Quantity} x ${row.List_Price} = ${row.Total_After_Discount} + ${row.Tax} ${tax}`
}

function sayLine(line: XeroLine): string {
  return `${line.itemCode} ${line.quantity} x ${line.unitAmount} = ${line.lineAmount} + ${line.taxAmount} ${line.taxType}`
}
