import type { Code } from '../model/codes.ts'
import { otherSide, type Side } from '../model/side.ts'
import type { Value, ValueObject } from '../model/value.ts'
import type { Candidate, PlanInput, PoolEntry } from './input.ts'

/** What matching an unlinked record came to. Never a guess: several hits or a weak one wait for a person (R18). */
export type MatchVerdict =
  | { readonly type: 'create' }
  | { readonly type: 'link'; readonly partner: PoolEntry; readonly reason: string }
  | { readonly type: 'hold'; readonly code: Code; readonly detail: Value }

/**
 * Our cross-reference first; then a natural key unique on BOTH sides; then suggestions, which only hold (design
 * section 4).
 */
export function matchCandidate(candidate: Candidate, input: PlanInput): MatchVerdict {
  return (
    matchByReference(candidate, input) ??
    matchByKeys(candidate, input) ??
    matchBySuggestion(candidate, input) ??
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
      [...(direct === undefined ? [] : [direct]), ...pointing].map((entry) => [entry.remoteId, entry]),
    ).values(),
  ]
  const [partner] = found
  if (partner === undefined) return undefined
  if (found.length === 1 && partner.linkId === null) return { type: 'link', partner, reason: 'crossReference' }
  return { type: 'hold', code: 'ambiguousMatch', detail: detailOf('crossReference', found) }
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

function matchByKeys(candidate: Candidate, input: PlanInput): MatchVerdict | undefined {
  const side = candidate.main.side
  for (const key of input.mapping.matchKeys(candidate.view, input.context)) {
    const here = entriesOf(input, side, key)
    const there = entriesOf(input, otherSide(side), key)
    const [partner] = there
    const isUnique = here.filter((entry) => entry.remoteId !== candidate.main.id).length === 0
    if (
      partner !== undefined &&
      there.length === 1 &&
      isUnique &&
      partner.linkId === null &&
      isCorroborated(candidate, partner, input)
    ) {
      return { type: 'link', partner, reason: key }
    }
    if (partner !== undefined || !isUnique) {
      return {
        type: 'hold',
        code: 'ambiguousMatch',
        detail: detailOf(key, [...there, ...here.filter((entry) => entry.remoteId !== candidate.main.id)]),
      }
    }
  }
  return undefined
}

/** One mailbox may serve two businesses (a bookkeeper's, say): joining them would write one over the other. */
function isCorroborated(candidate: Candidate, partner: PoolEntry, input: PlanInput): boolean {
  if (partner.view.main === null || input.mapping.corroborates === undefined) return true
  return input.mapping.corroborates(candidate.main, partner.view.main)
}

function matchBySuggestion(candidate: Candidate, input: PlanInput): MatchVerdict | undefined {
  const side = candidate.main.side
  for (const key of input.mapping.suggestKeys(candidate.view, input.context)) {
    const isContactName = input.kind === 'contact' && key.startsWith('name:')
    const there = entriesOf(input, otherSide(side), key).filter((entry) => entry.linkId === null || isContactName)
    if (there.length > 0) {
      const code = isContactName ? 'nameTakenByStranger' : 'ambiguousMatch'
      return { type: 'hold', code, detail: detailOf(key, there) }
    }
    // Zoho allows two companies of one name, Xero does not: the person chooses, we never invent a suffix (xero.md 7.12).
    const twins = entriesOf(input, side, key).filter(
      (entry) => entry.remoteId !== candidate.main.id && isSameName(entry.title, input.mapping.title(candidate.main)),
    )
    if (twins.length > 0 && isContactName && side === 'zoho') {
      return { type: 'hold', code: 'duplicateInTarget', detail: detailOf(key, twins) }
    }
  }
  return undefined
}

/** What only one record may have is another's, linked or not: the remote would refuse the create. */
function clashOf(candidate: Candidate, input: PlanInput): MatchVerdict | undefined {
  const side = otherSide(candidate.main.side)
  const isTaken = (key: string) => entriesOf(input, side, key).length > 0
  const clash = input.mapping.clash?.(candidate.view, isTaken, input.context) ?? null
  if (clash === null) return undefined
  const { key, code, detail } = clash
  return { type: 'hold', code, detail: { ...detailOf(key, entriesOf(input, side, key)), ...detail } }
}

/** As Xero compares names of active contacts (xero.md 4.1). */
function isSameName(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase()
}

function entriesOf(input: PlanInput, side: Side, key: string): readonly PoolEntry[] {
  return input.pools.keys[side].get(key) ?? []
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
      })),
  }
}

function byPlace(left: PoolEntry, right: PoolEntry): number {
  const placeOf = (entry: PoolEntry) => `${entry.view.side}/${entry.remoteId}`
  return placeOf(left) < placeOf(right) ? -1 : 1
}
