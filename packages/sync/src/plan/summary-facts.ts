import type { Link, LinkPart } from '../model/link.ts'
import type { RecordRef, RemoteRecord } from '../model/record.ts'
import type { SummaryDay } from '../model/summary.ts'
import type { BilledDeal } from './deal-facts.ts'

/** Shadow of a member: what it adds to its summary, as the books have it. */
export const SHARE_FIELD = '$share'
/** Shadow of a member: it adds something else by now, which the books do not have; null once they do. It is read each time. */
export const OPEN_FIELD = '$open'
/** Shadow of a member: the day and currency that its summary was made for. */
export const DAY_FIELD = '$day'

/** An invoice of a summary, or of one that is to be. */
export interface Member {
  readonly part: LinkPart & { readonly remoteId: string }
  /** As read now; null where it need not be read, or is gone. */
  readonly record: RemoteRecord | null
  readonly isGone: boolean
}

/** Everything that the plan of one summary may look at (R26). */
export interface SummarySubject {
  readonly linkId: string
  /** null: nothing of it is on record yet. */
  readonly link: Link | null
  readonly of: SummaryDay
  readonly members: readonly [Member, ...Member[]]
  /** Its document in Xero; null where there is none. */
  readonly xero: RemoteRecord | null
  readonly isXeroGone: boolean
  /** What Xero answers to the keys of a summary that has no document. */
  readonly found: readonly RemoteRecord[]
  /** Deals that one of its members names. */
  readonly deals: readonly BilledDeal[]
  readonly marks: readonly RecordRef[]
}
