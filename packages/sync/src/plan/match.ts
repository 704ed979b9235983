import type { Code } from '../model/codes.ts'
import { isForerunner, isParty } from '../model/kind.ts'
import { otherSide, type Side } from '../model/side.ts'
import type { Value, ValueObject } from '../model/value.ts'
import type { Candidate, PlanInput, PoolEntry } from './input.ts'

/** What matching an unlinked record came to. Never a guess: several hits or a weak one wait for a person (R18). */
export type MatchVerdict =
  | { readonly type: 'create' }
  | { readonly type: 'link'; readonly partner: PoolEntry; readonly reason: string }
  | { readonly type: 'hold'; readonly code: Code; readonly detail: Value }

/**
 * Our cross-reference first; then a natural key unique on BOTH sides; then suggestions, which hold, or link where the
 * mapping says that the rest of the two agrees (design section 4).
 */
export function matchCandidate(candidate: Candidate, input: PlanInput): MatchVerdict {
  return (
    matchByReference(candidate, input) ??
    matchByKeys(candidate, input.mapping.matchKeys(candidate.view, input.context), input) ??
    matchBySuggestion(candidate, input) ??
    matchByKeys(candidate, input.mapping.lastKeys?.(candidate.view, input.context) ?? [], input) ??
    clashOf(candidate, input) ??
    orphanOfOurs(candidate, input) ?? { type: 'create' }
  )
}

/** We made it for a record that is gone: somebody deleted that one, and must not find it made again (C7, I2). */
function orphanOfOurs(candidate: Candidate, input: PlanInput): MatchVerdict | undefined {
  const reference = input.mapping.crossReference(candidate.main, input.context)
  if (reference?.type !== 'link' || input.wholeLinkIds.has(reference.linkId)) return undefined
  return { type: 'hold', code: 'adoptedRecordGone', detail: detailOf('crossReference', []) }
}

function matchByReference(candidate: Candidate, input: PlanInput): MatchVerdict | undefined {
  const side = candidate.main.side
  const target = otherSide(side)
  const reference = input.mapping.crossReference(candidate.main, input.context)
  const direct = reference?.type === 'partner' ? input.pools.byId[target].get(reference.remoteId) : undefined
  const founding = { side, collection: candidate.main.collection, remoteId: candidate.main.id }
  const ownLinkId = input.linkIdFor(founding)
  const pointing = [...input.pools.byId[target].values()].filter((entry) =>
    pointsAt(entry, { remoteId: candidate.main.id, linkId: reference?.type === 'link' ? reference.linkId : ownLinkId }),
  )
  const found = [
    ...new Map(
      [...(direct === undefined ? [] : [direct]), ...pointing]
        .filter((entry) => !isFormer(candidate, entry))
        .map((entry) => [entry.remoteId, entry]),
    ).values(),
  ]
  const [partner] = found
  if (partner === undefined) return undefined
  if (found.length === 1 && partner.linkId === null) return { type: 'link', partner, reason: 'crossReference' }
  const isMerged = reference?.type === 'partner' && direct !== undefined && direct.remoteId !== reference.remoteId
  const code = isMerged ? 'mergedAway' : 'ambiguousMatch'
  return { type: 'hold', code, detail: detailOf('crossReference', found) }
}

function pointsAt(entry: PoolEntry, candidate: { readonly remoteId: string; readonly linkId: string }): boolean {
  switch (entry.crossReference?.type) {
    case 'partner':
      return entry.crossReference.remoteId === candidate.remoteId
    case 'link':
      return entry.crossReference.linkId === candidate.linkId
    case undefined:
      return false
  }
}

function matchByKeys(candidate: Candidate, keys: readonly string[], input: PlanInput): MatchVerdict | undefined {
  const side = candidate.main.side
  for (const key of keys) {
    const here = othersOf(candidate, key, input)
    const there = inUse(entriesOf({ candidate, input }, otherSide(side), key))
    const [partner] = there
    const isAlone = there.length === 1 && here.length === 0
    if (partner !== undefined && isAlone && isFree(partner) && isCorroborated(candidate, { key, partner }, input)) {
      return { type: 'link', partner, reason: key }
    }
    if (partner !== undefined || here.length > 0) {
      return { type: 'hold', code: 'ambiguousMatch', detail: detailOf(key, [...there, ...here]) }
    }
  }
  return undefined
}

/** What somebody has archived is no partner while another carries the same. */
function inUse(entries: readonly PoolEntry[]): readonly PoolEntry[] {
  const live = entries.filter((entry) => !isArchived(entry))
  return live.length > 0 ? live : entries
}

function isArchived({ view }: PoolEntry): boolean {
  return view.main?.life === 'archived'
}

function isFree({ linkId }: PoolEntry): boolean {
  return linkId === null
}

/** One mailbox may serve two businesses (a bookkeeper's, say): joining them would write one over the other. */
function isCorroborated(
  candidate: Candidate,
  { key, partner }: { readonly key: string; readonly partner: PoolEntry },
  { mapping, context }: PlanInput,
): boolean {
  const right = partner.view.main
  if (right === null || mapping.corroborates === undefined) return true
  return mapping.corroborates({ key, left: candidate.main, right }, context)
}

function matchBySuggestion(candidate: Candidate, input: PlanInput): MatchVerdict | undefined {
  const side = candidate.main.side
  for (const key of input.mapping.suggestKeys(candidate.view, input.context)) {
    const isContactName = isParty(input.kind) && key.startsWith('name:')
    const carriers = inUse(entriesOf({ candidate, input }, otherSide(side), key))
    const here = othersOf(candidate, key, input)
    const partner = suggested(candidate, { key, carriers, here }, input)
    if (partner !== undefined) return { type: 'link', partner, reason: key }
    const there = carriers.filter((entry) => isFree(entry) || isContactName)
    if (there.length > 0) {
      const isPutAway = there.every((entry) => isArchived(entry) && isFree(entry))
      const code = isPutAway ? 'archivedMatch' : isContactName ? 'nameTakenByStranger' : 'ambiguousMatch'
      return { type: 'hold', code, detail: detailOf(key, there) }
    }
    // Zoho allows two companies of one name, Xero does not: the person chooses, we never invent a suffix (xero.md 7.12).
    const twins = here.filter((entry) => isSameName(entry.title, input.mapping.title(candidate.main)))
    if (twins.length > 0 && isContactName && side === 'zoho') {
      return { type: 'hold', code: 'duplicateInTarget', detail: detailOf(key, twins) }
    }
  }
  return undefined
}

/** What only one record may have is another's, linked or not: the remote would refuse the create. */
function clashOf(candidate: Candidate, input: PlanInput): MatchVerdict | undefined {
  const side = otherSide(candidate.main.side)
  const of = { candidate, input }
  const isTaken = (key: string) => entriesOf(of, side, key).length > 0
  const clash = input.mapping.clash?.(candidate.view, isTaken, input.context) ?? null
  if (clash === null) return undefined
  const { key, code, detail } = clash
  return { type: 'hold', code, detail: { ...detailOf(key, entriesOf(of, side, key)), ...detail } }
}

/** The one other that carries a weak key, where both are in use and free and the rest of them agrees with it. */
function suggested(
  candidate: Candidate,
  of: { readonly key: string; readonly carriers: readonly PoolEntry[]; readonly here: readonly PoolEntry[] },
  input: PlanInput,
): PoolEntry | undefined {
  const [partner] = of.carriers
  if (input.mapping.corroborates === undefined || partner === undefined) return undefined
  if (of.carriers.length > 1 || of.here.length > 0 || !isFree(partner)) return undefined
  if (isArchived(partner) || candidate.main.life === 'archived') return undefined
  return isCorroborated(candidate, { key: of.key, partner }, input) ? partner : undefined
}

function othersOf(candidate: Candidate, key: string, input: PlanInput): readonly PoolEntry[] {
  return entriesOf({ candidate, input }, candidate.main.side, key).filter(
    (entry) => entry.remoteId !== candidate.main.id && !isArchived(entry),
  )
}

/** As Xero compares names of active contacts (xero.md 4.1). */
function isSameName(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase()
}

interface Matching {
  readonly candidate: Candidate
  readonly input: PlanInput
}

function entriesOf({ candidate, input }: Matching, side: Side, key: string): readonly PoolEntry[] {
  return (input.pools.keys[side].get(key) ?? []).filter((entry) => !isFormer(candidate, entry))
}

/** We have deleted the one of Xero for the other: it still carries our references, and is its partner no more (R12c). */
function isFormer(candidate: Candidate, entry: PoolEntry): boolean {
  const isOfCandidate = candidate.former?.includes(entry.remoteId) ?? false
  return isOfCandidate || (entry.former?.includes(candidate.main.id) ?? false)
}

/** Candidates shown to the person; more than this many are only counted. */
const SHOWN_CANDIDATES = 10

function detailOf(key: string, entries: readonly PoolEntry[]): ValueObject {
  return {
    key,
    count: String(entries.length),
    // In an order of their own: pools stand in the order in which records were read (I12).
    candidates: [...entries]
      .sort(byPlace)
      .slice(0, SHOWN_CANDIDATES)
      .map((entry) => ({
        side: entry.view.side,
        remoteId: entry.remoteId,
        title: entry.title,
        isLinked: entry.linkId !== null,
        ...placeOf(entry),
      })),
  }
}

/** Where an id alone does not tell: a lead is in no main collection. */
function placeOf({ view: { main } }: PoolEntry): ValueObject {
  return main !== null && isForerunner(main.collection) ? { collection: main.collection } : {}
}

function byPlace(left: PoolEntry, right: PoolEntry): number {
  const keyOf = (entry: PoolEntry) => `${entry.view.side}/${entry.remoteId}`
  return keyOf(left) < keyOf(right) ? -1 : 1
}
