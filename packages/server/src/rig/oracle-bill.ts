import { Big } from 'big.js'
import { type Difference, differences } from './oracle-difference.ts'
import { matchLines } from './oracle-lines.ts'
import type { BothStates, XeroInvoice, XeroLine, ZohoOrder, ZohoRow } from './oracle-state.ts'
import { samePaidTax } from './oracle-tax.ts'
import { sameKey, sameText } from './oracle-text.ts'

/** A purchase order of the CRM and the bill that it names (R10c). */
export interface BillPair {
  readonly order: ZohoOrder
  readonly bill: XeroInvoice
  /** The Xero contact that the CRM's vendor names; '' when it names none. */
  readonly supplier: string
  readonly serviceProductId: string
  readonly baseCurrency: string
}

export function billPairs(
  { zoho, xero }: BothStates,
  { serviceProductId }: Pick<BillPair, 'serviceProductId'>,
): readonly BillPair[] {
  const bills = new Map(xero.invoices.map((one) => [one.id, one]))
  const suppliers = new Map(zoho.records.Vendors.map((one) => [one.id, one.Xero_ID]))
  const { baseCurrency } = xero.organisation
  return zoho.records.Purchase_Orders.flatMap((order) => {
    const bill = bills.get(order.Xero_ID)
    if (bill === undefined) return []
    return [{ order, bill, supplier: suppliers.get(order.Vendor_Name) ?? '', serviceProductId, baseCurrency }]
  })
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
const OUT_OF_FORCE = ['VOIDED', 'DELETED']

export function billDifferences(pair: BillPair): readonly Difference[] {
  const { order, bill, supplier, baseCurrency } = pair
  return differences({ kind: 'bill', zohoId: order.id, xeroId: bill.id }, (differ) => {
    if (bill.type !== 'ACCPAY') differ('type', 'purchase order', bill.type)
    if (order.Xero_Status !== STATUS_WORDS[bill.status]) differ('Xero status', order.Xero_Status, bill.status)
    if (!order.Xero_Bill_URL.includes(bill.id)) differ('address', order.Xero_Bill_URL, bill.id)
    // Voided and deleted documents keep whatever they said.
    if (OUT_OF_FORCE.includes(bill.status)) return
    if (order.Status === 'Cancelled') differ('status', order.Status, bill.status)
    // A vendor who was deleted in the CRM takes the lookup along.
    if (order.Vendor_Name !== '' && supplier !== bill.contactId) differ('vendor', supplier, bill.contactId)
    if (!sameKey(order.Currency || baseCurrency, bill.currency)) differ('currency', order.Currency, bill.currency)
    const number = order.Supplier_Invoice_No || order.PO_Number
    if (!sameText(number, bill.number)) differ('number', number, bill.number)
    if (order.PO_Date !== '' && order.PO_Date !== bill.date) differ('date', order.PO_Date, bill.date)
    if (order.Due_Date !== '' && order.Due_Date !== bill.dueDate) differ('dueDate', order.Due_Date, bill.dueDate)
    compareMoney(pair, differ)
  })
}

function compareMoney(
  { order, bill, serviceProductId }: BillPair,
  differ: (field: string, zoho: string, xero: string) => void,
): void {
  if (!new Big(order.Grand_Total).eq(bill.total)) differ('total', order.Grand_Total, bill.total)
  const due = new Big(bill.total).minus(bill.amountPaid).minus(bill.amountCredited)
  if (!due.eq(order.Xero_Amount_Due)) differ('amount due', order.Xero_Amount_Due, due.toFixed(2))
  if (!new Big(bill.amountPaid).eq(order.Xero_Amount_Paid))
    differ('amount paid', order.Xero_Amount_Paid, bill.amountPaid)
  matchLines(differ, {
    rows: order.Purchase_Items,
    lines: bill.lines,
    faultsOf: (row, line) => lineFaults(row, line, serviceProductId),
  })
}

/** A bill has no discounts: its price is what is left to pay. */
function lineFaults(row: ZohoRow, line: XeroLine, serviceProductId: string): readonly string[] {
  const code = row.Product_Name.id === serviceProductId ? '' : row.Product_Name.Product_Code
  const names = row.Line_Tax.map((tax) => tax.name)
  const isDiscounted = !new Big(row.Total).eq(row.Total_After_Discount)
  return [
    ...(sameKey(code, line.itemCode) ? [] : ['item']),
    ...(new Big(row.Quantity).eq(line.quantity) ? [] : ['quantity']),
    ...(isDiscounted || new Big(row.List_Price).eq(line.unitAmount) ? [] : ['price']),
    ...(new Big(row.Total_After_Discount).eq(line.lineAmount) ? [] : ['net']),
    ...(new Big(row.Tax).eq(line.taxAmount) ? [] : ['tax']),
    ...(samePaidTax(names, line.taxType) ? [] : ['tax rate']),
    ...(row.Description === '' || sameText(row.Description, line.description) ? [] : ['description']),
  ]
}

const ourBills = ({ xero }: BothStates) => xero.invoices.filter((one) => one.type === 'ACCPAY' && one.createdByApp)

/** One bill of ours for each purchase order, ever: whether it was voided or deleted since, and whatever the status did. */
export function billedOrdersTwice(states: BothStates): readonly string[] {
  const { Purchase_Orders } = states.zoho.records
  const groups = [
    ...Map.groupBy(ourBills(states), ({ url }) => `Xero bills of one link ${url}`),
    ...Map.groupBy(
      Purchase_Orders.filter((one) => one.Xero_ID !== ''),
      (one) => `Zoho Purchase Orders of one bill ${one.Xero_ID}`,
    ),
  ]
  return groups.flatMap(([what, group]) =>
    group.length < 2 ? [] : [`${what}: ${group.map(({ id }) => id).join(', ')}`],
  )
}

/** Orders that shall be billed and are not, and bills of ours that no order names: one of them would be a second one. */
export function lostBills(
  states: BothStates,
  at: { readonly statuses: readonly string[]; readonly inbox: ReadonlyMap<string, unknown> },
): readonly string[] {
  const { records, deleted } = states.zoho
  const binned = deleted.filter(({ module }) => module === 'Purchase_Orders').map(({ record }) => record.values)
  const named = new Set([...records.Purchase_Orders, ...binned].map((one) => String(one.Xero_ID)))
  // Whoever deletes an order before it has been told of its bill leaves one that nobody names.
  const untold = binned.filter((one) => String(one.Xero_ID ?? '') === '').map((one) => String(one.PO_Number ?? ''))
  return [
    ...records.Purchase_Orders.filter((one) => at.statuses.includes(one.Status) && one.Xero_ID === '')
      .filter((one) => !at.inbox.has(one.id))
      .map((one) => `Zoho Purchase Order ${one.id} ${one.Subject}`),
    ...ourBills(states)
      .filter((one) => !named.has(one.id) && !at.inbox.has(one.id) && !untold.includes(one.number))
      .map((one) => `Xero bill ${one.id} ${one.number}, which no purchase order names`),
  ]
}
