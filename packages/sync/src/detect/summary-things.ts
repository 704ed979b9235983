import type { SummaryRules } from '../mapping/contract.ts'
import type { Kind } from '../model/kind.ts'
import { type Link, mainPart, memberParts } from '../model/link.ts'
import type { RecordRef } from '../model/record.ts'
import type { SummaryDay } from '../model/summary.ts'
import type { Mark } from '../store/contract.ts'
import type { Walk } from '../walk.ts'
import { baseContext, NO_ITEMS } from './context.ts'
import { dayEndsAt } from './day-end.ts'
import { readFresh, readFreshRows } from './read-fresh.ts'
import type { Thing } from './things.ts'

/** An invoice for the summary of a day that is over. */
export interface DayThing {
  readonly ref: RecordRef
  readonly of: SummaryDay
  readonly marks: readonly Mark[]
}

/** A summary that was made in Xero while nobody heard of it: it names the link that has its members. */
export interface UnheardSummary {
  readonly ref: RecordRef
  readonly link: Link
}

export interface SummaryThings {
  /** Everything that has nothing to do with summaries. */
  readonly rest: readonly Thing[]
  /** Known summaries with something marked. */
  readonly summaries: readonly (Thing & { readonly link: Link })[]
  readonly due: readonly DayThing[]
  /** Their day is not over: each waits until its `dueAt`. */
  readonly early: readonly Mark[]
  readonly unheard: readonly UnheardSummary[]
}

/** Sorts out what belongs to daily summaries, by list rows alone: a day's invoices are read with their lines once it is over (R26). */
export async function sortSummaries(walk: Walk, kind: Kind, things: readonly Thing[]): Promise<SummaryThings> {
  const rules = walk.mapping(kind).summaries
  const isSummary = (thing: Thing): thing is Thing & { readonly link: Link } =>
    thing.link !== null && memberParts(thing.link).length > 0
  const summaries = things.filter(isSummary)
  const others = things.filter((thing) => !isSummary(thing))
  if (rules === undefined || !rules.isLookedAt) return { rest: others, summaries, due: [], early: [], unheard: [] }
  const loose = others.flatMap((thing) => looseInvoice(thing, rules) ?? [])
  await readFreshRows(
    walk,
    [...loose.values()].map(({ ref }) => ref),
  )
  const days = new Map(loose.flatMap(({ thing, ref }) => dayThing(walk, { kind, thing, ref }) ?? []))
  const unheard = await unheardSummaries(walk, kind, others)
  const context = baseContext(walk, NO_ITEMS)
  const sorted = [...days.values()]
  const isOver = (one: DayThing) => rules.isOver(one.of, context)
  return {
    rest: others.filter((thing) => !days.has(thing) && !unheard.has(thing)),
    summaries,
    due: sorted.filter(isOver),
    early: sorted.filter((one) => !isOver(one)).flatMap((one) => waitingMarks(walk, one)),
    unheard: [...unheard.values()],
  }
}

/** A CRM invoice that no link knows, or that waits for a person by itself. */
function looseInvoice(thing: Thing, rules: SummaryRules): { readonly thing: Thing; readonly ref: RecordRef } | null {
  const { link, main } = thing
  const part = link === null ? main : mainPart(link, 'zoho')
  if (part === undefined || part === null || part.side !== 'zoho' || part.collection !== rules.collection) return null
  if (link !== null && !isWaitingAlone(link)) return null
  const { side, collection, remoteId } = part
  return remoteId === null ? null : { thing, ref: { side, collection, remoteId } }
}

/** Nothing of it was ever sent by itself: it was held while it was to be summed up. */
function isWaitingAlone(link: Link): boolean {
  return link.state === 'held' && link.parts.length === 1 && link.attempts === 0
}

function dayThing(
  walk: Walk,
  { kind, thing, ref }: { readonly kind: Kind; readonly thing: Thing; readonly ref: RecordRef },
): readonly (readonly [Thing, DayThing])[] {
  const record = walk.cache.get(ref)?.record
  const of = record === undefined ? null : walk.mapping(kind).summaries?.dayOf(record, baseContext(walk, NO_ITEMS))
  return of === null || of === undefined ? [] : [[thing, { ref, of, marks: thing.marks }]]
}

function waitingMarks(walk: Walk, { of, marks }: DayThing): readonly Mark[] {
  const dueAt = dayEndsAt(of.day, walk.reference.xero.timeZone)
  return marks.map((mark) => ({ ...mark, dueAt }))
}

/** Xero documents that no link knows and that name one of ours which sums up invoices and has none yet (I2). */
async function unheardSummaries(
  walk: Walk,
  kind: Kind,
  things: readonly Thing[],
): Promise<ReadonlyMap<Thing, UnheardSummary>> {
  const rules = walk.mapping(kind).summaries
  const loose = things.filter(({ link, main }) => link === null && main?.side === 'xero')
  await readFresh(
    walk,
    loose.flatMap(({ main }) => main ?? []),
    () => false,
  )
  const named = loose.flatMap((thing) => {
    const record = thing.main === null ? undefined : walk.cache.get(thing.main)?.record
    const linkId = record === undefined ? null : rules?.linkOf(record, baseContext(walk, NO_ITEMS))
    return thing.main === null || linkId === null || linkId === undefined ? [] : [{ thing, ref: thing.main, linkId }]
  })
  const links = named.length === 0 ? [] : await walk.lane.linksByIds([...new Set(named.map(({ linkId }) => linkId))])
  const found = new Map<Thing, UnheardSummary>()
  for (const { thing, ref, linkId } of named) {
    const link = links.find((one) => one.id === linkId)
    if (link !== undefined && isWithoutDocument(link)) found.set(thing, { ref, link })
  }
  return found
}

function isWithoutDocument(link: Link): boolean {
  const isOpen = link.state !== 'detached' && link.state !== 'tombstoned'
  return isOpen && (mainPart(link, 'xero')?.remoteId ?? null) === null
}
