import type { Code } from '../model/codes.ts'
import type { Kind } from '../model/kind.ts'
import type { LinePair, PartRole } from '../model/link.ts'
import type { NaturalKey } from '../model/op.ts'
import type { SkipReason } from '../model/plan.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { ReferenceData } from '../model/reference.ts'
import type { ConnectionSettings, FieldPolicy } from '../model/settings.ts'
import type { Side } from '../model/side.ts'
import type { Value, ValueObject } from '../model/value.ts'

/**
 * How one kind corresponds between the two systems: pure functions over records, never over storage. `plan` merges by
 * these rules and knows no field names; the connectors know no rules.
 */
export interface KindMapping {
  readonly kind: Kind
  readonly fields: readonly FieldRule[]
  /** null for kinds without lines. */
  readonly lines: LineRules | null

  /** Why a record takes no part at all; null when it does. Looked at only while it is unlinked. */
  skip(record: RemoteRecord, context: MappingContext): SkipReason | null
  /** Our own cross-reference that the record carries: the partner's remote id (Zoho's Xero ID) or our link id (Xero's Url, ContactNumber). */
  crossReference(record: RemoteRecord, context: MappingContext): CrossReference | null
  /** Keys that identify the thing where they are unique on BOTH sides, strongest first, normalised for comparison (`email:ada@x.example`). */
  matchKeys(view: SideView, context: MappingContext): readonly string[]
  /** Weaker keys: never link by themselves, but hold with a suggestion. */
  suggestKeys(view: SideView, context: MappingContext): readonly string[]
  /** Remote records on the same side that must be linked first (an invoice's customer and products). */
  parents(view: SideView, context: MappingContext): readonly ParentRef[]
  /** What a person reads. */
  title(record: RemoteRecord): string
  /** What a create needs beyond the mapped fields: identity (ContactNumber, Code, Url) and constants. Holds when it cannot be made. */
  createExtras(target: Side, source: SideView, context: LinkContext): Mapped<CreateExtras>
  /** May this field be written to this existing target record (locks, edit matrix, archived)? */
  mayWrite(field: string, target: SideView, context: MappingContext): WriteVerdict
  /** Whole-record checks before a create or a patch: totals predicted for the target, lock dates, currency enabled (I11, R34). */
  check(intent: WriteIntent, context: LinkContext): CheckVerdict
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
}

export interface LinkContext extends MappingContext {
  readonly linkId: string
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
  /** Overrides "equal after mapping", e.g. a status that corresponds to several on the other side. */
  readonly corresponds?: (zoho: Value, xero: Value, context: LinkContext) => boolean
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
}

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

export interface ParentRef {
  readonly kind: Kind
  readonly side: Side
  readonly collection: string
  readonly remoteId: string
}

export interface CreateExtras {
  readonly payload: ValueObject
  /** How an unsettled create is found again; null only if the kind has no key at all. */
  readonly naturalKey: NaturalKey
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
}

export type CheckVerdict =
  | { readonly type: 'go' }
  /** Go, with these extra fields or this extra line (a visible rounding line or Adjustment within the limit). */
  | {
      readonly type: 'adjust'
      readonly payload: ValueObject
      readonly extraLines: readonly ValueObject[]
      readonly detail: string
    }
  | { readonly type: 'hold'; readonly code: Code; readonly detail: string }

/** One line in a side's canonical form. Decimals are normalised text (no trailing zeros). */
export interface LineValue {
  /** Zoho: product id. Xero: item code. null: a service line. May be an `@link:` reference or `@code:` before creation. */
  readonly item: string | null
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
}

/** One line of the list that the target shall have: an existing one by id (patched or echoed), or a new one. */
export interface DesiredLine {
  readonly existing: SideLine | null
  /** null: leave as it is. */
  readonly value: LineValue | null
}

export interface LineRules {
  read(view: SideView, context: LinkContext): readonly SideLine[]
  /** The target's canonical form of a source line. */
  accept(target: Side, line: LineValue, context: LinkContext): Mapped<LineValue>
  corresponds(zoho: LineValue, xero: LineValue, context: LinkContext): boolean
  /** The target's own line field for the complete list; rows of `removed` are deleted explicitly where the remote wants it. */
  write(
    target: Side,
    lines: { readonly desired: readonly DesiredLine[]; readonly removed: readonly SideLine[] },
    context: LinkContext,
  ): ValueObject
  /** The same line as a stable value for shadows and previews. */
  toValue(line: LineValue): Value
}

export type { LinePair }
