import type { Code } from '../model/codes.ts'
import type { DealPapers } from '../model/deal.ts'
import type { Collection, Kind } from '../model/kind.ts'
import type { LinePair, PartRole, Shadow } from '../model/link.ts'
import type { NaturalKey } from '../model/op.ts'
import type { SkipReason } from '../model/plan.ts'
import type { RecordRef, RemoteRecord } from '../model/record.ts'
import type { ReferenceData } from '../model/reference.ts'
import type { ConnectionSettings, FieldPolicy } from '../model/settings.ts'
import type { Side } from '../model/side.ts'
import type { Share, SummaryDay } from '../model/summary.ts'
import type { Value, ValueObject } from '../model/value.ts'
import type { EndState, Removal } from './removal.ts'

/**
 * How one kind corresponds between the two systems: pure functions over records, never over storage. `plan` merges by
 * these rules and knows no field names; the connectors know no rules.
 */
export interface KindMapping {
  readonly kind: Kind
  readonly fields: readonly FieldRule[]
  /** Fields of a document that its new lines bear in Xero: written with the lines, never by themselves. */
  readonly lineFields?: readonly FieldRule[]
  /** null for kinds without lines. */
  readonly lines: LineRules | null
  /** null where a record stands alone; Zoho Contacts under a company otherwise. */
  readonly persons: PersonRules | null
  /** Absent where records of this kind are not made from deals, or where that is switched off. */
  readonly deals?: DealRules
  /** Absent where nobody is given tasks about records of this kind, or where that is switched off. */
  readonly tasks?: TaskRules
  /** Absent where records of this kind are never summed up. */
  readonly summaries?: SummaryRules

  /** Why a record takes no part at all; null when it does. Looked at only while it is unlinked. */
  skip(record: RemoteRecord, context: MappingContext): SkipReason | null
  /** Our own cross-reference that the record carries: the partner's remote id (Zoho's Xero ID) or our link id (Xero's Url, ContactNumber). */
  crossReference(record: RemoteRecord, context: MappingContext): CrossReference | null
  /**
   * Where a record can carry no reference of ours: does this one, which has the key of our create, say what was sent?
   * Then planning decides whether it is ours, instead of a hold.
   */
  saysWhatWasSent?(sent: ValueObject, record: RemoteRecord): boolean
  /** Keys that identify the thing where they are unique on BOTH sides, strongest first, normalised for comparison (`email:ada@x.example`). */
  matchKeys(view: SideView, context: MappingContext): readonly string[]
  /**
   * Does something else speak for these two being the same, beside a key that they alone share? Where it does not, a
   * person says. Absent: a match key is enough, a suggestion never is.
   */
  corroborates?(pair: MatchedPair, context: MappingContext): boolean
  /** Keys that are looked at when nothing else has found a partner: they join who alone carries one, or hold. */
  lastKeys?(view: SideView, context: MappingContext): readonly string[]
  /**
   * The record that has taken this one's place: who won a merge, what a lead was converted into, who is the customer by
   * today's customer model. null for one that stands for itself.
   */
  successor?(record: RemoteRecord): RecordRef | null
  /** Is this successor a copy of the one whose place it takes? Then what both sides agreed on still holds. */
  continues?(record: RemoteRecord, successor: RemoteRecord): boolean
  /** How persons are told who are customers, or belong to one, by another customer model than today's (R13). */
  readonly people?: PersonRules
  /** Xero contacts that stand in the CRM as leads (R13b). */
  readonly lead?: LeadRules
  /** Where its Zoho records stand, if not in the kind's main collection. */
  readonly zohoCollection?: Collection
  /** Weaker keys: they hold with a suggestion, and link only what `corroborates` says belongs together. */
  suggestKeys(view: SideView, context: MappingContext): readonly string[]
  /** How to look for a partner of this record on the other side, when that side was not listed whole. */
  lookups(target: Side, view: SideView, context: MappingContext): readonly Lookup[]
  /** More to look for, where a key that `lookups` asked for is taken (a number: the next free one). */
  furtherLookups?(view: SideView, isTaken: (key: string) => boolean, context: MappingContext): readonly Lookup[]
  /** How a create of this link that had no answer is asked for, where nothing that the source says would find it. */
  identityLookup?(target: Side, linkId: string, context: MappingContext): Lookup | null
  /**
   * What else to look for in Xero, where this record has a link already: a create of it may have had no answer, and people
   * may have changed there what it would be known by.
   */
  lostLookups?(view: SideView, context: MappingContext): readonly Lookup[]
  /** What a create would need for itself and another record of the target has (`isTaken`: by match key): no likeness. */
  clash?(view: SideView, isTaken: (key: string) => boolean, context: MappingContext): Clash | null
  /** What else must be read before this can be planned; asked again until every question has its answer. */
  asks?(view: SideView, partner: SideView | null, context: MappingContext): readonly Question[]
  /** Remote records on the same side that must be linked first (an invoice's customer and products). */
  parents(view: SideView, context: MappingContext): readonly ParentRef[]
  /** Records on the same side that can be linked only after this one: an invoice's payments. */
  children?(view: SideView): readonly ParentRef[]
  /**
   * How linked records of another kind are found that this Xero record no longer names itself: by what their own parts
   * remember (an allocation of credit that was taken back, xero.md 2.6). `hasChanged`: does this field say something else
   * than its part remembers?
   */
  formerChildren?(view: SideView, hasChanged: (field: string) => boolean): readonly FormerChildren[]
  /** The Xero collection that an id belongs to, where the kind has several; null: the main one. */
  placeOf?(remoteId: string): Collection | null
  /** Where a create of this record's partner goes, if not to the main collection. */
  createIn?(view: SideView, context: MappingContext): Collection | null
  /** What a person reads. */
  title(record: RemoteRecord): string
  /** What a create needs beyond the mapped fields: identity (ContactNumber, Code, Url) and constants. Holds when it cannot be made. */
  createExtras(target: Side, source: SideView, context: LinkContext): Mapped<CreateExtras>
  /** May this field be written to this existing target record (locks, edit matrix, archived)? */
  mayWrite(field: string, target: SideView, context: MappingContext): WriteVerdict
  /** Whole-record checks before a create or a patch: totals predicted for the target, lock dates, currency enabled (I11, R34). */
  check(intent: WriteIntent, context: LinkContext): CheckVerdict
  /** What each update of this record says again: left out, the remote would fall back to a default (xero.md 4.4). */
  repeated?(target: SideView): ValueObject
  /**
   * Both sides at rest, nothing left to write: do they agree on what no field carries (totals, I11)? A Zoho Adjustment
   * or a header discount that was typed later changes no line, so only this notices it.
   */
  /** The record's own total as normalised decimal text; null where it has none. */
  total?(record: RemoteRecord): string | null
  audit?(zoho: SideView, xero: SideView, context: LinkContext): Mapped<null>
  /** What is looked at once more right before a create is sent: the same write may have become wrong, or have been made. */
  readonly lastLook?: LastLook
  /** What deleting its CRM record comes to for this one of Xero (R12c). Absent or null: nothing is ever taken away there. */
  removal?(record: RemoteRecord, context: LinkContext): Removal | null
  /** How Xero has put this record away (`ARCHIVED`, `VOIDED`, `DELETED`); null while it is in use. */
  ended?(record: RemoteRecord): EndState | null
  /** Joined to every write of a main record on that side, and never a reason for one. */
  stamp?(target: Side): ValueObject
  /**
   * Does what Xero's record says change by the calendar alone (a due date that has passed)? Told from what its part
   * remembers: `print` is the fingerprint of a value, which outlives the value (R79).
   */
  turnsWith?(today: string, print: (value: Value) => string): (shadow: Shadow) => boolean
}

/** A kind whose new records wait in another collection of Zoho until people convert them there. */
export interface LeadRules {
  /** The rules while it stands there. */
  readonly mapping: KindMapping
  /** Does this Xero record, which nobody in the CRM is, begin there? */
  isNew(record: RemoteRecord, context: MappingContext): boolean
}

/** Why a key that is taken holds a record, and what is told beside those who have it. */
export interface Clash {
  readonly key: string
  readonly code: Code
  readonly detail: ValueObject
}

/** A record by its id, or all records, archived ones too, that carry a key. */
export type Question =
  | { readonly type: 'record'; readonly ref: RecordRef }
  | { readonly type: 'key'; readonly side: Side; readonly lookup: Lookup }

/** Two records without a partner, one a side, that alone carry a key. */
export interface MatchedPair {
  readonly key: string
  readonly left: RemoteRecord
  readonly right: RemoteRecord
}

/** A link's records on one side. Any of them may be missing. */
export interface SideView {
  readonly side: Side
  readonly main: RemoteRecord | null
  readonly primary: RemoteRecord | null
  /** All persons but the primary, in the remote's order (Zoho) or none (Xero keeps them inside main). */
  readonly persons: readonly RemoteRecord[]
}

export interface MappingContext {
  readonly settings: ConnectionSettings
  readonly reference: ReferenceData
  /** The partner of a remote record through its link: a remote id, or `@link:<id>.<side>` when it is yet to be created; null when there is no link. */
  partnerOf(side: Side, collection: string, remoteId: string): string | null
  /** Today as a plain date in the Xero organisation's zone. */
  readonly today: string
  /** Xero items by code and Zoho products by id, for lines: the link's other end through `partnerOf` needs the remote id. */
  xeroItemIdByCode(code: string): string | null
  xeroItemCodeById(itemId: string): string | null
  /** Ids of Xero records whose link has but a lead in the CRM: no document can name it there. */
  readonly leads?: ReadonlySet<string>
  /** What was read because `asks` wanted it; null: nobody has asked. */
  answer(question: Question): readonly RemoteRecord[] | null
}

export interface LinkContext extends MappingContext {
  readonly linkId: string
  /** A person asked for a key of our choosing where the source has none (a product code, R41a). */
  readonly mayChooseKey?: boolean
  /** Ids of partners that we have deleted for it (R12c). */
  readonly former?: readonly string[]
}

/** By the payload of a create, with its references resolved. */
export interface LastLook {
  refs(payload: ValueObject): readonly RecordRef[]
  /** Is the create still right, these records being so now? */
  isDue(payload: ValueObject, records: readonly RemoteRecord[], linkId: string): boolean
}

export interface FieldRule {
  /** Stable name, used in shadows, settings (`kind.field`), previews and conflicts. */
  readonly field: string
  readonly label: Readonly<Record<Side, string>>
  readonly direction: 'both' | 'zohoToXero' | 'xeroToZoho'
  readonly policy: FieldPolicy
  /** Does an emptied value empty the other side? Default no. */
  readonly blankErases: boolean
  /** A cross-reference or number that we keep on the CRM record; shown as write-back, planned like any other op. */
  readonly isCrossReference: boolean
  readonly zoho: SideField
  readonly xero: SideField
  /** A list that both sides have changed, or that has no base, as one list of all of them. `base` is null where unknown. */
  readonly join?: (of: JoinedValues) => Value
  /** Overrides "equal after mapping", e.g. a status that corresponds to several on the other side. */
  readonly corresponds?: (zoho: Value, xero: Value, context: LinkContext) => boolean
  /** Who wins where the two differ and no edit says who is right: some values are final. Overrides the policy. */
  readonly winner?: (zoho: Value, xero: Value) => Side
  /** A one-way field that was changed on the side that only follows: what a person is told; `write` where it may differ. */
  readonly apart?: (zoho: Value, xero: Value) => WriteVerdict
}

export interface JoinedValues {
  readonly zoho: Value
  readonly xero: Value
  readonly base: Value
  /** Whose entry stays where both have changed the same one. */
  readonly winner: Side
}

export interface SideField {
  /** The part that holds it on this side. */
  readonly role: PartRole
  /** Canonical value as this side shows it; null when the part is missing. */
  read(view: SideView, context: LinkContext): Value
  /** This side's canonical form of the other side's canonical value. */
  accept(other: Value, context: LinkContext): Mapped<Value>
  /** The remote's own fields for a canonical value of this side. */
  write(value: Value, view: SideView, context: LinkContext): ValueObject
  /** The next value on the way from `present` (null: a new record) to `wanted`, where not every value may follow every other. */
  step?(wanted: Value, present: Value): Step
}

export type Step = { readonly type: 'step'; readonly value: Value } | Extract<WriteVerdict, { readonly type: 'locked' }>

export type Mapped<T> =
  | { readonly type: 'mapped'; readonly value: T }
  | { readonly type: 'hold'; readonly code: Code; readonly detail: string }

export function mapped<T>(value: T): { readonly type: 'mapped'; readonly value: T } {
  return { type: 'mapped', value }
}

export function holdFor(
  code: Code,
  detail: string,
): { readonly type: 'hold'; readonly code: Code; readonly detail: string } {
  return { type: 'hold', code, detail }
}

export type CrossReference =
  | { readonly type: 'partner'; readonly remoteId: string }
  | { readonly type: 'link'; readonly linkId: string }

/** A question to a remote: which live or archived records of this collection carry this key? */
export interface Lookup {
  readonly collection: Collection
  readonly key: NaturalKey
}

export interface ParentRef {
  readonly kind: Kind
  readonly side: Side
  readonly collection: Collection
  readonly remoteId: string
}

/** Linked Xero records of `collection` whose `field` was last known to say `value`. */
export interface FormerChildren {
  readonly kind: Kind
  readonly collection: Collection
  readonly field: string
  readonly value: Value
}

export interface CreateExtras {
  readonly payload: ValueObject
  /** How an unsettled create is found again; null only if the kind has no key at all. */
  readonly naturalKey: NaturalKey
  /** What the remote will show of the record although it is not sent: known from the source. */
  readonly expected?: ValueObject
}

export type WriteVerdict =
  | { readonly type: 'write' }
  | { readonly type: 'locked'; readonly code: Code; readonly detail: string }

export interface WriteIntent {
  readonly target: Side
  readonly source: SideView
  readonly targetView: SideView
  /** Canonical values (target's form) that the record will have after the write, mapped fields only. */
  readonly after: Readonly<Record<string, Value>>
  readonly linesAfter: readonly LineValue[] | null
  /** Lines that the source gets in the same plan, in its form: both lists change, so neither total as it stands counts. */
  readonly sourceLinesAfter?: readonly LineValue[]
}

export type CheckVerdict =
  | { readonly type: 'go' }
  /**
   * Go, with this payload joined to the rest (a visible rounding line or Adjustment within the limit). A rounding line is
   * in `payload` under the line field, whose lists join; `extraLines` stays empty for invoices.
   */
  | {
      readonly type: 'adjust'
      readonly payload: ValueObject
      readonly extraLines: readonly ValueObject[]
      readonly detail: string
    }
  /** `also`: what else is wrong with it, so that a person need not find one fault after the other. */
  | { readonly type: 'hold'; readonly code: Code; readonly detail: string; readonly also?: readonly Fault[] }

/** Something that the target would refuse, or that must not be sent. */
export interface Fault {
  readonly code: Code
  readonly detail: string
}

/** One line in a side's canonical form. Decimals are normalised text (no trailing zeros). */
export interface LineValue {
  /**
   * Zoho: product id, or `@link:<id>.zoho` before its creation. Xero: item code. null: a service line, or one whose product
   * shall have no item.
   */
  readonly item: string | null
  /** The product's own name and code as the line shows them: fallbacks for a blank description, never compared. */
  readonly itemName?: string
  readonly itemCode?: string
  /** The ledger account of a line without an item, where it is not the one chosen for all of them; never compared. */
  readonly account?: string
  readonly description: string
  readonly quantity: string
  readonly unitPrice: string
  /** Per cent where the side keeps a percentage, else null. */
  readonly discountPercent: string | null
  /** The discount's amount in document currency, 2 decimals normalised. */
  readonly discountAmount: string
  /** Zoho: sorted tax ids joined by `+`. Xero: TaxType. '' for none. */
  readonly tax: string
  /** Tax-exclusive amount after discount, to the cent. */
  readonly net: string
}

export interface SideLine {
  /** Zoho row id or Xero LineItemID. */
  readonly id: string
  readonly value: LineValue
  /** The row as read, to be echoed with every unmapped field. */
  readonly raw: ValueObject
  /** How the document states amounts (Xero's LineAmountTypes); absent means tax-exclusive. */
  readonly basis?: LineBasis
}

export type LineBasis = 'exclusive' | 'inclusive' | 'noTax'

/** One line of the list that the target shall have: an existing one by id (patched or echoed), or a new one. */
export interface DesiredLine {
  readonly existing: SideLine | null
  /** null: leave as it is. */
  readonly value: LineValue | null
}

/** A person of a company as both sides can say it. Texts, '' for none. */
export interface PersonValue {
  readonly firstName: string
  readonly lastName: string
  readonly email: string
}

/** How persons become Zoho Contacts of the company. Xero keeps them inside its contact. */
export interface PersonRules {
  readonly collection: Collection
  /** The company this Zoho Contact belongs to; null when it stands alone. */
  companyOf(record: RemoteRecord): string | null
  /** Is it ticked as the company's primary person? */
  isTicked(record: RemoteRecord, context: Pick<MappingContext, 'settings'>): boolean
  hasEmail(record: RemoteRecord): boolean
  /** The persons behind a canonical value of the persons field. */
  parse(value: Value): readonly PersonValue[]
  /** The persons field without whoever says the same as this record. */
  without(persons: Value, record: RemoteRecord): Value
  /** The canonical value of the persons field for these persons. */
  inOrder(persons: Value): Value
  /** Is this Zoho Contact that person: by e-mail, else by full name. */
  isSame(record: RemoteRecord, person: PersonValue): boolean
  /** What must be written to make the record say so; null when nothing. */
  patch(record: RemoteRecord, person: PersonValue): ValueObject | null
  /**
   * A new Zoho Contact: `fields` as other rules wrote them (the primary's) or null (built from `person`), under the
   * company `accountId`, with a unique cross-reference so that an unsettled create is found again.
   */
  create(
    person: PersonValue,
    at: { readonly accountId: string; readonly xeroContactId: string; readonly fields: ValueObject | null },
    context: LinkContext,
  ): CreateExtras
}

/** A won deal becomes an invoice once, and shows which one (R37). Nothing else of a deal ever reaches its invoice. */
export interface DealRules {
  readonly collection: Collection
  /** The Zoho lookup by which an invoice names its deal; '' where the organisation has none. */
  lookupField(reference: ReferenceData): string
  /** The deal that a CRM invoice names; null where it names none. */
  dealOf(invoice: RemoteRecord, context: MappingContext): string | null
  /** Cancelled in the CRM: one that never reached Xero then bills nothing. */
  isCancelled(invoice: RemoteRecord): boolean
  /** How the invoice of this link is asked for where its number was changed since; null where nothing else tells. */
  identity(linkId: string, context: MappingContext): Lookup | null
  /** The deal as a source of the kind's own rules. */
  source(deal: RemoteRecord, papers: DealPapers): RemoteRecord
  /** The settings under which its invoice is made. */
  contextFor(context: MappingContext): MappingContext
  /** What an invoice in the CRM carries to name its deal. */
  naming(dealId: string, context: MappingContext): ValueObject
  /** What the deal shows of an invoice. */
  shown(deal: RemoteRecord): readonly DealValue[]
  /** What it must show of this Xero invoice, which may not exist yet; what is not known yet is left out. */
  told(invoice: RemoteRecord, context: MappingContext): readonly ToldValue[]
}

export interface DealValue {
  readonly field: string
  readonly value: Value
}

export interface ToldValue extends DealValue {
  readonly payload: ValueObject
}

/** A task in the CRM for whoever owns a record that asks for attention: an invoice that is overdue (R38c). */
export interface TaskRules {
  readonly collection: Collection
  /** What a task of this Xero record would be about, whether or not one is due now: its due date. '' for nothing. */
  occasion(xero: RemoteRecord): string
  /** Is a task for that occasion due now? */
  isDue(xero: RemoteRecord, context: MappingContext): boolean
  /** Is nothing asked of anybody any more (paid, voided)? */
  isOver(xero: RemoteRecord): boolean
  /** How the task of an occasion is asked for: by the key that it carries. */
  lookup(linkId: string, occasion: string): Lookup
  /** What a new task says. */
  told(of: { readonly zoho: RemoteRecord; readonly xero: RemoteRecord }, context: MappingContext): readonly ToldValue[]
  /** What a task shows of that. */
  shown(task: RemoteRecord): readonly DealValue[]
  isOpen(task: RemoteRecord): boolean
  /** What completes it; null where the organisation has no such word. */
  completion(context: MappingContext): ToldValue | null
}

/** The invoices of one day go to the books as one document per currency (R26). */
export interface SummaryRules {
  /** Of the members, in the CRM. */
  readonly collection: Collection
  /** false: nobody has ever wanted any, and no invoice need be looked at for it. */
  readonly isLookedAt: boolean
  /** The day whose summary is to hold this invoice, which no link knows; null: it goes by itself, or not at all. */
  dayOf(invoice: RemoteRecord, context: MappingContext): SummaryDay | null
  /** Day and currency of any invoice. */
  dated(invoice: RemoteRecord, context: MappingContext): SummaryDay
  isOver(of: SummaryDay, context: MappingContext): boolean
  /** The settings under which a summary is made and its members are looked at. */
  contextFor(context: MappingContext): MappingContext
  /** What must be read before a member's share can be told. */
  asks(view: SideView, partner: SideView | null, context: MappingContext): readonly Question[]
  share(member: RemoteRecord, of: SummaryDay, context: LinkContext): ShareVerdict
  /** Does the CRM call it paid? */
  isPaid(member: RemoteRecord): boolean
  /** The members as a source of the kind's own rules. */
  source(summary: SummaryOf, context: MappingContext): RemoteRecord
  title(of: SummaryDay): string
  /** How the summary of this link is asked for: its create may have had no answer. */
  lookups(linkId: string, of: SummaryDay, context: MappingContext): readonly Lookup[]
  /** Is this the document that was made for that link? */
  isMadeFor(
    found: RemoteRecord,
    at: { readonly linkId: string; readonly of: SummaryDay },
    context: MappingContext,
  ): boolean
  /** The link that a summary in Xero names as its own; null for any other document. */
  linkOf(found: RemoteRecord, context: MappingContext): string | null
  /** Deleted or voided in Xero: its members are in no books. */
  isUndone(summary: RemoteRecord): boolean
  /** What a member shows of its summary. */
  shown(member: RemoteRecord): readonly DealValue[]
  /** What it must show of this Xero document, which may not exist yet. */
  told(summary: RemoteRecord, context: MappingContext): readonly ToldValue[]
}

export interface SummaryOf {
  readonly linkId: string
  readonly of: SummaryDay
  /** The member under whose id the source stands. */
  readonly founder: Pick<RemoteRecord, 'side' | 'collection' | 'id'>
  readonly shares: readonly Share[]
  /** Zoho's Status of all of them; '' where it is not the same. */
  readonly status: string
}

export type ShareVerdict =
  | { readonly type: 'share'; readonly share: Share }
  | { readonly type: 'faults'; readonly faults: readonly Fault[] }

export interface LineRules {
  /** Whose list it is, where lines go one way only: it wins, and `mayWrite` keeps its own side from being written. */
  readonly owner?: Side
  read(view: SideView, context: LinkContext): readonly SideLine[]
  /** The target's canonical form of a source line. */
  accept(target: Side, line: LineValue, context: LinkContext): Mapped<LineValue>
  corresponds(zoho: LineValue, xero: LineValue, context: LinkContext): boolean
  /** The target's own line field for the complete list; rows of `removed` are deleted explicitly where the remote wants it. */
  write(
    target: Side,
    lines: {
      readonly desired: readonly DesiredLine[]
      readonly removed: readonly SideLine[]
      /** The document that they come from. */
      readonly source?: SideView
    },
    context: LinkContext,
  ): ValueObject
  /** The same line as a stable value for shadows and previews. */
  toValue(line: LineValue): Value
}

export type { LinePair }
