import type { Language } from '@tandem/sync/model/code-texts.ts'
import { otherSide } from '@tandem/sync/model/side.ts'
import { type InboxCandidate, inboxFacts, subjectOf } from '../../views/inbox-facts.ts'
import type { InboxItemView } from '../../views/report.ts'
import { byCause } from './causes.ts'
import { differingParts } from './changes.ts'
import { cell } from './table.ts'
import { KIND_NAME, SIDE_NAMES, shown } from './words.ts'

/** The inbox as a person works through it: cause, fix, then each item with what is known of it and its commands. */
export function inboxLines(items: readonly InboxItemView[], language: Language): readonly string[] {
  const ids = shortIds(items)
  return byCause(items, language).flatMap(({ cause, fix, items: group }) => [
    '',
    `${cause} (${group.length})`,
    fix,
    ...group.flatMap((item) => itemLines(item, { id: ids.get(item.id) ?? item.id, items, ids })),
  ])
}

const SHORTEST_ID = 6

/** The beginning of each id, as long as needed to tell it from all others. */
export function shortIds(items: readonly InboxItemView[]): ReadonlyMap<string, string> {
  const longest = Math.max(SHORTEST_ID, ...items.map((item) => item.id.length))
  for (let length = SHORTEST_ID; length < longest; length += 1) {
    const short = new Map(items.map((item) => [item.id, item.id.slice(0, length)]))
    if (new Set(short.values()).size === items.length) return short
  }
  return new Map(items.map((item) => [item.id, item.id]))
}

interface Place {
  readonly id: string
  readonly items: readonly InboxItemView[]
  readonly ids: ReadonlyMap<string, string>
}

function itemLines(item: InboxItemView, place: Place): readonly string[] {
  const subject = subjectOf(item)
  const where = subject === undefined ? '' : `  (${SIDE_NAMES[subject.side]} ${subject.remoteId})`
  return [
    `  ${place.id}  ${KIND_NAME[item.kind]} "${cell(item.title)}"${where}`,
    ...factLines(item, place).map((line) => `      ${line}`),
    ...commandLines(item, place.id).map((line) => `      ${line}`),
  ]
}

function factLines(item: InboxItemView, place: Place): readonly string[] {
  const { says, alike, candidates, conflict } = inboxFacts(item)
  const values =
    conflict === null
      ? []
      : differingParts({ field: conflict.field, before: conflict.zoho, after: conflict.xero }).map(
          (part) => `${part.field}: ${shown(part.before)} in Zoho CRM, ${shown(part.after)} in Xero`,
        )
  const same = alike === '' || candidates.length === 0 ? '' : ` (${cell(alike)})`
  const waiting = waitingLines(item, place)
  return [
    ...(says === '' || waiting.length > 0 ? [] : [plainLine(says)]),
    ...values,
    ...candidates.map((one) => `like ${candidateName(one)}${same}${one.isLinked ? ', which has its partner' : ''}`),
    ...waiting,
  ]
}

/** Remotes write what they like; a line stays a line, whole. */
function plainLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
}

function candidateName({ side, title, remoteId }: InboxCandidate): string {
  return title === '' ? `${SIDE_NAMES[side]} ${remoteId}` : `${SIDE_NAMES[side]} "${cell(title)}" ${remoteId}`
}

/** The items that must be settled first, where the customer or product that this one waits for is one of them. */
function waitingLines(item: InboxItemView, { items, ids }: Place): readonly string[] {
  const { awaits } = inboxFacts(item)
  const isAwaited = (other: InboxItemView) =>
    other.records.some((record) => awaits.some((one) => one.side === record.side && one.remoteId === record.remoteId))
  return items
    .filter((other) => other.id !== item.id && other.kind !== item.kind && isAwaited(other))
    .map((other) => `waits for ${KIND_NAME[other.kind]} "${cell(other.title)}": see ${ids.get(other.id) ?? other.id}`)
}

/** The exact commands, the likeliest first. */
function commandLines(item: InboxItemView, id: string): readonly string[] {
  const command = `tandem inbox resolve ${id}`
  if (item.type === 'conflict') {
    return [`-> ${command} choose zoho`, `-> ${command} choose xero`, `-> ${command} detach   (keep both apart)`]
  }
  const own = subjectOf(item)?.side
  const partners = inboxFacts(item).candidates.filter(
    (one) => !one.isLinked && own !== undefined && one.side === otherSide(own),
  )
  return [
    ...partners.map((one) => `-> ${command} link ${one.side}:${one.remoteId}   (they are the same)`),
    ...(item.code === 'productWithoutCode' ? [`-> ${command} code   (give it one, on both sides)`] : []),
    `-> ${command} retry   (once its cause is gone)`,
    `-> ${command} detach   (keep it out of the sync)`,
  ]
}
