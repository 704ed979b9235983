import { KINDS, type Kind } from './kind.ts'
import type { FieldPolicy } from './settings.ts'
import { canonicalText, sameValue, type Value } from './value.ts'

/**
 * Which fields correspond, as data (R20, R21): added to the default rules of a kind, or put in the place of one. Kept
 * inside the settings, so that every version of it stays on record; parsed at the border, compiled by `mapping/document`.
 */
export interface MappingDocument {
  readonly version: typeof MAPPING_VERSION
  /** As people call it; '' for none. */
  readonly name: string
  readonly kinds: Readonly<Partial<Record<Kind, readonly FieldMapping[]>>>
}

/** Of the document's own form: raised when an older one must be read in another way. */
export const MAPPING_VERSION = 1

export interface FieldMapping {
  /** Stable name; that of a default rule puts this one in its place. */
  readonly field: string
  /** API name in the kind's main module, `Contacts.Title` for the primary person of a company, `Leads.Region` for a lead. */
  readonly zoho: string
  /** A path of the closed table of `mapping/document/xero-fields.ts`, e.g. `PurchaseDetails.UnitPrice`. */
  readonly xero: string
  /** Both ways where it is left out. */
  readonly direction?: FlowDirection
  readonly policy?: FieldPolicy
  /** Does an emptied value empty the other side? Default no. */
  readonly blankErases?: boolean
  /** Expressions that make the target's value of `value`, and of `record` where the field goes one way. */
  readonly transform?: { readonly toXero?: string; readonly toZoho?: string }
  /** The field takes part only while this expression over the source record is true; one-way fields only. */
  readonly when?: string
  /** Zoho's value and Xero's value that stand for each other. A value that is not in it waits for a person. */
  readonly values?: readonly ValuePair[]
  /** A Zoho look-up: Xero's field carries the Xero id of the linked record of this kind. */
  readonly lookup?: Kind
}

export type FlowDirection = 'both' | 'zohoToXero' | 'xeroToZoho'
export type ValuePair = readonly [zoho: string, xero: string]

export const MAPPING_LIMITS = {
  /** Per kind; a list of Zoho carries 50 fields, the default ones included (zoho-crm.md 2.2). */
  mostFields: 40,
  longestExpression: 1_000,
  longestValueTable: 500,
  longestValue: 255,
  longestName: 100,
} as const

/** Tandem's own rules alone. */
export const NO_MAPPING: MappingDocument = { version: MAPPING_VERSION, name: '', kinds: {} }

/** What decides the meaning of values; its name and who wins a conflict do not. Equal meanings are one generation. */
export function mappingMeaning({ version, kinds }: MappingDocument): Value {
  const fields = Object.entries(kinds).map(([kind, mappings]) => [kind, (mappings ?? []).map(fieldMeaning)] as const)
  return { version: `${version}`, kinds: Object.fromEntries(fields.filter(([, mappings]) => mappings.length > 0)) }
}

/** Value tables that have only grown: whatever corresponded still does, so that no link loses its base (R21f). */
export function isOnlyWider(before: MappingDocument, after: MappingDocument): boolean {
  return KINDS.every((kind) => {
    const mappings = after.kinds[kind] ?? []
    const known = before.kinds[kind] ?? []
    return known.length === mappings.length && known.every((mapping, at) => isWider(mapping, mappings[at]))
  })
}

function isWider(before: FieldMapping, after: FieldMapping | undefined): boolean {
  if (after === undefined || (before.values === undefined) !== (after.values === undefined)) return false
  const isSameOtherwise = sameValue(fieldMeaning({ ...before, values: [] }), fieldMeaning({ ...after, values: [] }))
  const rows = new Set(after.values?.map(([zoho, xero]) => canonicalText([zoho, xero])))
  return isSameOtherwise && (before.values ?? []).every(([zoho, xero]) => rows.has(canonicalText([zoho, xero])))
}

function fieldMeaning(mapping: FieldMapping): Value {
  const { field, zoho, xero, direction = 'both', blankErases = false, transform = {}, when = '' } = mapping
  return {
    field,
    zoho,
    xero,
    direction,
    blankErases,
    transform: [transform.toXero ?? '', transform.toZoho ?? ''],
    when,
    values: mapping.values?.map((pair) => canonicalText([...pair])).sort() ?? null,
    lookup: mapping.lookup ?? '',
  }
}
