import type { MappingContext, SideView } from '../mapping/contract.ts'
import type { Kind } from '../model/kind.ts'
import { dealParts, type Link, mainPart, memberParts } from '../model/link.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import { dayFrom, type SummaryDay } from '../model/summary.ts'
import { canonicalText } from '../model/value.ts'
import { DAY_FIELD, type Member, OPEN_FIELD, SHARE_FIELD, type SummarySubject } from '../plan/summary-facts.ts'
import type { Walk } from '../walk.ts'
import { answeredContext } from './answers.ts'
import { readOrStop } from './call.ts'
import { baseContext, linkedContext, NO_ITEMS } from './context.ts'
import { readFresh, readFreshRows } from './read-fresh.ts'
import { plainView } from './views.ts'

/** One summary: known to its link, or to be made of these invoices of one day. */
export interface SummaryUnit {
  readonly linkId: string
  readonly link: Link | null
  /** null: as its link remembers it. */
  readonly of: SummaryDay | null
  /** Of a new one. */
  readonly invoices: readonly RecordRef[]
  readonly marks: readonly RecordRef[]
}

export interface ReadSummary {
  readonly subject: SummarySubject
  readonly context: MappingContext
}

/**
 * Reads what has changed of a summary: its marked members and those of whom nothing is remembered, with their lines; the
 * others only where they must be told something. null: nothing of it is left to plan.
 */
export async function readSummary(
  walk: Walk,
  kind: Kind,
  of: { readonly unit: SummaryUnit; readonly base: MappingContext },
): Promise<ReadSummary | null> {
  const { unit } = of
  const parts = partsOf(unit)
  const marked = new Set(unit.marks.map(refKey))
  const wanted = parts.filter((part) => marked.has(refKey(part)) || !isRemembered(part))
  const books = xeroRef(unit.link)
  const deals = unit.link === null ? [] : dealParts(unit.link)
  const gone = new Set(
    (await readFresh(walk, [...wanted, ...(books ?? []), ...deals].map(refOf), () => true)).map(refKey),
  )
  const [xeroOf] = books ?? []
  const xero = xeroOf === undefined ? null : (walk.cache.get(xeroOf)?.record ?? null)
  await readFreshRows(walk, untold(walk, kind, { parts, xero }))
  const members = parts.map(
    (part): Member => ({
      part,
      record: walk.cache.get(refOf(part))?.record ?? null,
      isGone: gone.has(refKey(refOf(part))),
    }),
  )
  const [first, ...others] = members
  const day = unit.of ?? dayOf(walk, kind, members)
  if (first === undefined || day === null) return null
  const subject: SummarySubject = {
    linkId: unit.linkId,
    link: unit.link,
    of: day,
    members: [first, ...others],
    xero,
    isXeroGone: xeroOf !== undefined && gone.has(refKey(xeroOf)),
    found: xeroOf === undefined ? await lookedUp(walk, kind, { linkId: unit.linkId, day }) : [],
    deals: deals.flatMap((part) => {
      const record = walk.cache.get(refOf(part))?.record
      return record === undefined ? [] : [{ part, record }]
    }),
    marks: unit.marks,
  }
  return { subject, context: await contextOf(walk, kind, { members, base: of.base }) }
}

type MemberPart = Member['part']

function partsOf({ link, invoices }: SummaryUnit): readonly MemberPart[] {
  if (link !== null) return memberParts(link)
  return invoices.map((ref) => ({ ...ref, role: 'member' as const, version: null, shadow: {} }))
}

function refOf({ side, collection, remoteId }: RecordRef): RecordRef {
  return { side, collection, remoteId }
}

/** A purged value says nothing any more: then the invoice is read (R79). */
function isRemembered({ shadow }: MemberPart): boolean {
  const share = shadow[SHARE_FIELD]
  return share !== undefined && share.value !== null && shadow[OPEN_FIELD]?.value !== true
}

function xeroRef(link: Link | null): readonly [RecordRef] | null {
  const part = link === null ? undefined : mainPart(link, 'xero')
  if (part === undefined || part.remoteId === null) return null
  return [{ side: part.side, collection: part.collection, remoteId: part.remoteId }]
}

/** Members that show another number or address than their summary has by now. */
function untold(
  walk: Walk,
  kind: Kind,
  of: { readonly parts: readonly MemberPart[]; readonly xero: RemoteRecord | null },
): readonly RecordRef[] {
  const rules = walk.mapping(kind).summaries
  if (rules === undefined || of.xero === null) return []
  const told = rules
    .told(of.xero, baseContext(walk, NO_ITEMS))
    .map(({ field, value }) => ({ field, print: walk.fingerprint(canonicalText(value)) }))
  return of.parts.filter((part) => told.some(({ field, print }) => part.shadow[field]?.print !== print)).map(refOf)
}

/** As it was made; where that is forgotten, as its oldest member says. */
function dayOf(walk: Walk, kind: Kind, members: readonly Member[]): SummaryDay | null {
  const remembered = members.map(({ part }) => dayFrom(part.shadow[DAY_FIELD]?.value)).find((day) => day !== null)
  if (remembered !== undefined) return remembered
  const context = baseContext(walk, NO_ITEMS)
  const [oldest] = members.flatMap(({ record }) => record ?? [])
  return oldest === undefined ? null : (walk.mapping(kind).summaries?.dated(oldest, context) ?? null)
}

async function lookedUp(
  walk: Walk,
  kind: Kind,
  { linkId, day }: { readonly linkId: string; readonly day: SummaryDay },
): Promise<readonly RemoteRecord[]> {
  const lookups = walk.mapping(kind).summaries?.lookups(linkId, day, baseContext(walk, NO_ITEMS)) ?? []
  const [first] = lookups
  if (first === undefined) return []
  const sentAt = walk.ports.clock.monotonic()
  const keys = lookups.map((lookup) => lookup.key)
  const found = await readOrStop(walk, () => walk.remotes.xero.findByKey(first.collection, keys))
  walk.cache.add(found, sentAt)
  return found
}

async function contextOf(
  walk: Walk,
  kind: Kind,
  of: { readonly members: readonly Member[]; readonly base: MappingContext },
): Promise<MappingContext> {
  const rules = walk.mapping(kind).summaries
  const views = of.members.flatMap(({ record }): SideView[] => (record?.hasLines ? [plainView('zoho', record)] : []))
  const linked = await linkedContext(walk, kind, { views, base: of.base })
  if (rules === undefined) return linked
  const asking = views.map((view) => ({ view, partner: null }))
  return answeredContext(walk, kind, { asking, context: rules.contextFor(linked), asks: rules.asks })
}
