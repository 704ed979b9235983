import { Big } from 'big.js'
import { cents } from './decimals.ts'
import type { XeroInvoice, XeroLine, ZohoInvoice, ZohoRow } from './look.ts'

/** A line as one side shows it, without tax, whatever the document's basis. */
export interface ShownLine {
  readonly product: string
  readonly description: string
  readonly quantity: Big
  readonly price: Big
  /** What is taken off quantity times price, to the cent. */
  readonly discount: Big
  readonly net: Big
  readonly tax: Big
  readonly taxNames: readonly string[]
}

export interface ShownDocument {
  readonly lines: readonly ShownLine[]
  /** Our visible rounding line, or the Adjustment. */
  readonly rounding: Big
  readonly total: Big
}

/** `serviceId` is the product that stands for lines without an item. */
export function shownInZoho(invoice: ZohoInvoice, serviceId: string): ShownDocument {
  return {
    lines: invoice.Invoiced_Items.map((row) => zohoLine(row, serviceId)),
    rounding: new Big(invoice.Adjustment),
    total: new Big(invoice.Grand_Total),
  }
}

function zohoLine(row: ZohoRow, serviceId: string): ShownLine {
  return {
    product: row.Product_Name.id === serviceId ? '' : row.Product_Name.Product_Code,
    description: row.Description,
    quantity: new Big(row.Quantity),
    price: new Big(row.List_Price),
    discount: new Big(row.Total).minus(row.Total_After_Discount),
    net: new Big(row.Total_After_Discount),
    tax: new Big(row.Tax),
    taxNames: row.Line_Tax.map(({ name }) => name),
  }
}

/** As typed: amounts of an inclusive document have their tax in them but for `net`. */
export function shownInXero(invoice: XeroInvoice): ShownDocument {
  const roundings = invoice.lines.filter(isRounding)
  return {
    lines: invoice.lines.filter((line) => !isRounding(line)).map((line) => xeroLine(line, invoice)),
    rounding: roundings.reduce((total, line) => total.plus(line.lineAmount), new Big(0)),
    total: new Big(invoice.total),
  }
}

/** On the organisation's rounding account, under the name that people read. */
function isRounding(line: XeroLine): boolean {
  return line.description === 'Rounding' && line.accountCode === '860' && line.itemCode === ''
}

function xeroLine(line: XeroLine, { lineAmountTypes }: XeroInvoice): ShownLine {
  const gross = cents(new Big(line.quantity).times(line.unitAmount))
  const lineAmount = new Big(line.lineAmount)
  return {
    product: line.itemCode,
    description: line.description,
    quantity: new Big(line.quantity),
    price: new Big(line.unitAmount),
    discount: gross.minus(lineAmount),
    net: lineAmountTypes === 'Inclusive' ? lineAmount.minus(line.taxAmount) : lineAmount,
    tax: new Big(line.taxAmount),
    // A document without tax keeps the types of its lines and ignores them.
    taxNames: lineAmountTypes === 'NoTax' || line.taxType === '' ? [] : [line.taxType],
  }
}
