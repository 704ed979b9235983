import type { Side } from '@tandem/sync/model/side.ts'
import type { BothStates } from '../rig/oracle-state.ts'

/** What people did with purchase orders and their bills that the records do not show at the end. */
export interface PurchaseBook {
  /** Orders that were ever brought to the status that is billed. */
  readonly approved: Set<string>
  /** Bills of which a bookkeeper was the last to say when they are due: that may differ from the order. */
  readonly datedInBooks: Set<string>
}

export function createPurchaseBook(): PurchaseBook {
  return { approved: new Set(), datedInBooks: new Set() }
}

export function noteApproval({ approved }: PurchaseBook, orderId: string): void {
  approved.add(orderId)
}

export function noteDated({ datedInBooks }: PurchaseBook, billId: string, side: Side): void {
  if (side === 'xero') datedInBooks.add(billId)
  else datedInBooks.delete(billId)
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
