import type { Side } from '@tandem/sync/model/side.ts'
import type { BothStates, XeroInvoice } from '../rig/oracle-state.ts'

/** What people did with purchase orders and their bills that the records do not show at the end. */
export interface PurchaseBook {
  /** Orders that were ever brought to the status that is billed. */
  readonly approved: Set<string>
  /** Bills of which a bookkeeper was the last to say when they are due: that may differ from the order. */
  readonly datedInBooks: Set<string>
  /** By its id, the number of a bill before a bookkeeper gave it the supplier's own. */
  readonly firstNumbers: Map<string, string>
  /** Numbers of orders that lie in the recycle bin and that were never told of their bill. */
  readonly binnedUntold: Set<string>
}

export function createPurchaseBook(): PurchaseBook {
  return { approved: new Set(), datedInBooks: new Set(), firstNumbers: new Map(), binnedUntold: new Set() }
}

export function noteApproval({ approved }: PurchaseBook, orderId: string): void {
  approved.add(orderId)
}

export function noteDated({ datedInBooks }: PurchaseBook, billId: string, side: Side): void {
  if (side === 'xero') datedInBooks.add(billId)
  else datedInBooks.delete(billId)
}

export function noteNumbered({ firstNumbers }: PurchaseBook, bill: XeroInvoice): void {
  if (!firstNumbers.has(bill.id)) firstNumbers.set(bill.id, bill.number)
}

export function noteOrderBinned({ binnedUntold }: PurchaseBook, { zoho }: BothStates, id: string): void {
  const order = zoho.records.Purchase_Orders.find((one) => one.id === id)
  if (order !== undefined && order.Xero_ID === '') binnedUntold.add(order.PO_Number)
}

export function noteOrderBack({ binnedUntold }: PurchaseBook, { zoho }: BothStates, id: string): void {
  const entry = zoho.deleted.find(({ module, record }) => module === 'Purchase_Orders' && record.id === id)
  if (entry !== undefined) binnedUntold.delete(String(entry.record.values.PO_Number ?? ''))
}

/** Orders that have a bill although nobody has ever approved them. */
export function billedUnasked(
  { approved }: PurchaseBook,
  { zoho }: BothStates,
): readonly { readonly orderId: string; readonly billId: string }[] {
  return zoho.records.Purchase_Orders.filter((one) => one.Xero_ID !== '' && !approved.has(one.id)).map((one) => ({
    orderId: one.id,
    billId: one.Xero_ID,
  }))
}
