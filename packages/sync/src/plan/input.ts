import type { CrossReference, KindMapping, MappingContext, SideView } from '../mapping/contract.ts'
import type { Kind } from '../model/kind.ts'
import type { Link } from '../model/link.ts'
import type { RecordRef, RemoteRecord } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import type { BilledDeal, DealFacts } from './deal-facts.ts'
import type { TaskFacts } from './task-facts.ts'

/** Everything that planning one chunk of one kind may look at. Plain data and pure functions (I12). */
export interface PlanInput {
  readonly planId: string
  readonly kind: Kind
  readonly mode: 'both' | 'zohoToXero' | 'xeroToZoho'
  readonly generation: number
  readonly mapping: KindMapping
  readonly context: MappingContext
  readonly subjects: readonly LinkSubject[]
  readonly candidates: readonly Candidate[]
  readonly pools: MatchPools
  /** Links with an op whose fate is unknown: skipped, and their marks stay. */
  readonly unsettledLinkIds: ReadonlySet<string>
  /** Links named by candidates' cross-references that have both their records: such a candidate is a copy of one of them. */
  readonly wholeLinkIds: ReadonlySet<string>
  /** Oldest unsettled create per side of this kind, epoch ms; younger unlinked records there wait for it. */
  readonly unsettledCreates: Readonly<Partial<Record<Side, number>>>
  /** New companies and vendors (`refKey`) that wait until the Xero contact of a like one in the other role is there. */
  readonly waitingForOtherRole?: ReadonlySet<string>
  /** New payments (`refKey`) whose invoice was deleted in the CRM: left out until it is back. */
  readonly withGoneParents?: ReadonlySet<string>
  /** Keyed fingerprint of a canonical text (shadows). */
  fingerprint(text: string): string
  /** The link id that a founding record always gets, so that a lost database finds its links again. */
  linkIdFor(ref: RecordRef): string
  /** Is this record's version old enough to be trusted (VERSION RULE)? */
  isSettledVersion(record: RemoteRecord): boolean
  /** The integration user's id in Zoho: edits by it are ours. */
  readonly ourZohoUserId: string
}

/** An existing link with whatever was read of its parts. */
export interface LinkSubject {
  readonly link: Link
  readonly zoho: SideView
  readonly xero: SideView
  /** Parts that were looked up directly and are gone. */
  readonly gone: readonly RecordRef[]
  /** Persons of this link that now belong to another company, or to none. */
  readonly strayed: readonly RecordRef[]
  /** The marked records of this link. */
  readonly marks: readonly RecordRef[]
  /** Sides whose lines need no comparison: the row is the echo of our own write (design section 4, VERSION RULE). */
  readonly linesEcho: ReadonlySet<Side>
  /** A person's choices for open conflicts of this link, by field. */
  readonly choices: Readonly<Record<string, Side>>
  /** Records whose delete a person has agreed to, as they are now. */
  readonly agreed?: readonly RecordRef[]
  /** Zoho lists its main record as deleted: it is not merely hidden from us. */
  readonly isDeletionTold?: boolean
  /** It is listed as deleted because it was merged into another record, which carries its cross-reference by now. */
  readonly isMergedAway?: boolean
  /** Deals that its invoice bills, as far as they are still there. */
  readonly deals?: readonly BilledDeal[]
  /** Tasks that were made about its invoice; absent while nobody is given any. */
  readonly tasks?: TaskFacts
  /** Somebody merged the link's main record of this record's side into it. */
  readonly survivor?: Survivor
}

/** Who took a record's place: in a merge, by the conversion of a lead, or by another customer model. */
export interface Survivor {
  readonly record: RemoteRecord
  /** With its persons. */
  readonly view: SideView
  /** The link that it belongs to already; null while it is free. */
  readonly heldBy: string | null
  /** A copy of the one whose place it takes: what both sides agreed on still holds. */
  readonly keepsBase: boolean
}

/** A marked record without a partner: no link knows it, or its link has only this side (held, failed, create abandoned). */
export interface Candidate {
  /** The half link it belongs to; null while there is none. */
  readonly linkId: string | null
  readonly view: SideView
  readonly main: RemoteRecord
  readonly marks: readonly RecordRef[]
  /** Ids of partners that we have deleted for it: none of them is its partner again. */
  readonly former?: readonly string[]
  /** Its link has asked for a partner before, and no answer has ever told whether there is one. */
  readonly mayExist?: boolean
  /** A document names it: it comes in even where it would stay out by itself (a supplier, say). */
  readonly isPulledIn: boolean
  readonly deals?: DealFacts
  /** A person asked for a key of our choosing where it has none. */
  readonly mayChooseKey?: boolean
}

/** Who else carries a key, over ALL records of the kind that were listed or looked up, linked ones included. */
export interface MatchPools {
  readonly keys: Readonly<Record<Side, ReadonlyMap<string, readonly PoolEntry[]>>>
  /** Records by id, for cross-references; candidates and looked-up ones. Who lost a merge is the one that took its place. */
  readonly byId: Readonly<Record<Side, ReadonlyMap<string, PoolEntry>>>
  /** Between chunks: this record has found its link. */
  join(side: Side, remoteId: string, linkId: string): void
  /** Before a chunk: this record has been read with its lines. */
  complete(view: SideView): void
}

export interface PoolEntry {
  /** Every key under which it stands. */
  readonly poolKeys: readonly string[]
  readonly remoteId: string
  readonly title: string
  /** The link it already belongs to; null while it is free. */
  readonly linkId: string | null
  readonly crossReference: CrossReference | null
  /** A half link that bills a deal and has this record: whoever is matched with it joins that link, and makes none. */
  readonly dealLinkId?: string
  /** The record with its persons, so that a match can be merged at once. */
  readonly view: SideView
  /** Ids of partners that we have deleted for it. */
  readonly former?: readonly string[]
  /** Records that were merged into this one. */
  readonly standsFor?: readonly string[]
}
