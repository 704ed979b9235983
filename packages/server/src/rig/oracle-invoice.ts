import { Big } from 'big.js'
import { type Differ, type Difference, differences } from './oracle-difference.ts'
import { samePrice } from './oracle-item.ts'
import type { XeroInvoice, XeroLine, ZohoInvoice, ZohoRow } from './oracle-state.ts'
import { sameTax } from './oracle-tax.ts'
import { sameKey, sameText } from './oracle-text.ts'

export interface InvoicePair {
  readonly crm: ZohoInvoice
  readonly books: XeroInvoice
  /** The Xero contact that the CRM's customer is linked to; '' when it is not. */
  readonly customer: string
  /** Stands on rows whose Xero line has no item. */
  readonly serviceProductId: string
  readonly baseCurrency: string
  /** The CRM shows no customer, since its company was deleted there: blank never erases. */
  readonly isCustomerGone: boolean
}

/** What Zoho may show for a status of Xero (it has no word for paid). */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  DRAFT: ['Created', 'Approved', 'Delivered'],
  SUBMITTED: ['Created', 'Approved', 'Delivered'],
  AUTHORISED: ['Approved', 'Delivered'],
  PAID: ['Approved', 'Delivered'],
  VOIDED: ['Cancelled'],
  DELETED: ['Cancelled'],
}

/** On Xero's own screens. */
const STATUS_WORDS: Readonly<Record<string, string>> = {
  DRAFT: 'Draft',
  SUBMITTED: 'Awaiting approval',
  AUTHORISED: 'Awaiting payment',
  PAID: 'Paid',
  VOIDED: 'Voided',
  DELETED: 'Deleted',
}

export function invoiceDifferences(pair: InvoicePair): readonly Difference[] {
  const { crm, books } = pair
  return differences({ kind: 'invoice', zohoId: crm.id, xeroId: books.id }, (differ) => {
    if (pair.customer !== books.contactId && !pair.isCustomerGone) differ('customer', pair.customer, books.contactId)
    // Records of a single-currency org have no such field.
    const currency = crm.Currency === '' ? pair.baseCurrency : crm.Currency
    if (!sameKey(currency, books.currency)) differ('currency', currency, books.currency)
    if (crm.Invoice_Date !== books.date) differ('date', crm.Invoice_Date, books.date)
    if (crm.Due_Date !== books.dueDate) differ('dueDate', crm.Due_Date, books.dueDate)
    if (crm.Xero_Invoice_No !== books.number) differ('number', crm.Xero_Invoice_No, books.number)
    if (!(SHOWN[books.status] ?? []).includes(crm.Status)) differ('status', crm.Status, books.status)
    if (crm.Xero_Status !== STATUS_WORDS[books.status]) differ('Xero status', crm.Xero_Status, books.status)
    // Voided and deleted documents keep whatever they said.
    if (['VOIDED', 'DELETED'].includes(books.status)) return
    if (!new Big(crm.Grand_Total).eq(books.total)) differ('total', crm.Grand_Total, books.total)
    const due = new Big(books.total).minus(books.amountPaid).minus(books.amountCredited)
    if (!due.eq(crm.Xero_Amount_Due)) differ('amount due', crm.Xero_Amount_Due, due.toFixed(2))
    if (!new Big(books.amountPaid).eq(crm.Xero_Amount_Paid))
      differ('amount paid', crm.Xero_Amount_Paid, books.amountPaid)
    compareLines(differ, pair)
  })
}

function compareLines(differ: Differ, { crm, books, serviceProductId }: InvoicePair) {
  const lines = books.lines.filter((line) => !isRounding(line))
  if (crm.Invoiced_Items.length !== lines.length) {
    differ('lines', String(crm.Invoiced_Items.length), String(lines.length))
    return
  }
  const left = [...lines]
  for (const row of crm.Invoiced_Items) {
    const at = left.findIndex((line) => lineFaults({ row, line, books, serviceProductId }).length === 0)
    if (at >= 0) left.splice(at, 1)
    else {
      const nearest = left[0]
      const faults = nearest === undefined ? [] : lineFaults({ row, line: nearest, books, serviceProductId })
      differ(`line ${faults.join(', ')}`, sayRow(row), nearest === undefined ? '' : sayLine(nearest))
    }
  }
}

/** Our own visible rounding line mirrors the CRM's Adjustment, not a row. */
function isRounding(line: XeroLine): boolean {
  return line.description === 'Rounding' && line.itemCode === '' && line.accountCode === '860'
}

interface LinePair {
  readonly row: ZohoRow
  readonly line: XeroLine
  readonly books: XeroInvoice
  readonly serviceProductId: string
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
