import type { DealRules, LinkContext, ToldValue } from '../mapping/contract.ts'
import type { Shadow, ShadowField } from '../model/link.ts'
import type { SettledPart } from '../model/plan.ts'
import type { RemoteRecord } from '../model/record.ts'
import { canonicalText, isBlank, sameValue, type Value } from '../model/value.ts'
import type { BilledDeal } from './deal-facts.ts'
import { joinPayloads, type OpDraft, refOf } from './draft.ts'
import type { PlanInput } from './input.ts'
import { shadowField } from './settle.ts'

/** The invoice that a deal is told of: in Xero already, or as it will be. */
export interface Telling {
  readonly linkId: string
  readonly invoice: RemoteRecord
  readonly context: LinkContext
  readonly input: PlanInput
}

export interface ToldDeals {
  readonly drafts: readonly OpDraft[]
  readonly settled: readonly SettledPart[]
}

const NOTHING_TOLD: ToldDeals = { drafts: [], settled: [] }

/** What the deals of a link show of their invoice: written where it is missing or has changed in Xero (R37). */
export function toldDeals(deals: readonly BilledDeal[] | undefined, at: Telling | null): ToldDeals {
  return toldParts(deals, at?.input.mapping.deals, at)
}

/** The same of the members of a daily summary (R26). */
export function toldMembers(members: readonly BilledDeal[], at: Telling): ToldDeals {
  return toldParts(members, at.input.mapping.summaries, at)
}

type ToldRules = Pick<DealRules, 'shown' | 'told'>

function toldParts(
  parts: readonly BilledDeal[] | undefined,
  rules: ToldRules | undefined,
  at: Telling | null,
): ToldDeals {
  if (rules === undefined || at === null || parts === undefined) return NOTHING_TOLD
  const each = parts.map((part) => toldDeal(part, rules, at))
  return { drafts: each.flatMap((one) => one.drafts), settled: each.flatMap((one) => one.settled) }
}

function toldDeal({ part, record }: BilledDeal, rules: ToldRules, at: Telling): ToldDeals {
  const shown = new Map(rules.shown(record).map(({ field, value }) => [field, value]))
  const told = rules.told(at.invoice, at.context)
  const missing = told.filter((one) => mustBeWritten(one, { before: shown.get(one.field) ?? null, part, at }))
  if (missing.length === 0) return { drafts: [], settled: [settledDeal(record, told, at)] }
  const ref = refOf(record)
  return {
    drafts: [
      {
        linkId: at.linkId,
        ...ref,
        role: part.role,
        verb: 'update',
        title: titleOf(record, at),
        changes: missing.map(({ field, value }) => ({
          field,
          before: shown.get(field) ?? null,
          after: value,
          reason: 'crossReference',
        })),
        payload: joinPayloads(missing.map((one) => one.payload)),
        sourceShadow: told.map(({ field, value }) => ({ ...ref, field, value })),
        naturalKey: null,
        beforeVersion: record.version,
        basis: [{ ...ref, version: record.version }],
        afterDrafts: [],
        phase: 'writeBack',
      },
    ],
    settled: [],
  }
}

/** What somebody has typed over it since we wrote the same is theirs: it is no field of the books, and never fought over. */
function mustBeWritten(
  { field, value }: ToldValue,
  of: { readonly before: Value; readonly part: { readonly shadow: Shadow }; readonly at: Telling },
): boolean {
  if (sameValue(of.before, value)) return false
  const last = of.part.shadow[field]
  return isBlank(of.before) || last?.print !== of.at.input.fingerprint(canonicalText(value))
}

function settledDeal(record: RemoteRecord, told: readonly ToldValue[], at: Telling): SettledPart {
  const { input, linkId } = at
  const shadow: Record<string, ShadowField> = {}
  for (const { field, value } of told) shadow[field] = shadowField(value, input.fingerprint)
  const version = input.isSettledVersion(record) ? record.version : 'keep'
  return { linkId, ref: refOf(record), shadow, version, generation: input.generation }
}

function titleOf(record: RemoteRecord, { input }: Telling): string {
  return input.mapping.title(record)
}
