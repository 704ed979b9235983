import type { SideView } from '../mapping/contract.ts'
import type { Link, LinkPart } from '../model/link.ts'
import type { RemoteRecord } from '../model/record.ts'

/** A deal that is a part of a link, as it was read. */
export interface BilledDeal {
  readonly part: LinkPart
  readonly record: RemoteRecord
}

/** What a candidate has to do with deals; absent where that is nothing (R37). */
export interface DealFacts {
  /** Deals that are parts of its own link. */
  readonly billed: readonly BilledDeal[]
  /** It is a won deal itself: its record as it was read, and the CRM invoices that name it. */
  readonly own: OwnDeal | null
  /** The link of the deal that it names (a CRM invoice) or was made for (a Xero invoice): not its own link. */
  readonly other: DealLink | null
}

export interface OwnDeal {
  readonly record: RemoteRecord
  /** Oldest first; without those that were cancelled before they ever reached Xero. */
  readonly invoices: readonly DealInvoice[]
}

export interface DealInvoice {
  readonly record: RemoteRecord
  /** null: no link knows it yet. */
  readonly link: Link | null
}

export interface DealLink {
  readonly link: Link
  /** The Xero invoice that bills the deal; null where there is none, or it is gone. */
  readonly xero: SideView | null
  /** The deals of that link, as they were read. */
  readonly billed: readonly BilledDeal[]
}
