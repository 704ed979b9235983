import type { Side } from '@tandem/sync/model/side.ts'
import { otherSide, SIDES } from '@tandem/sync/model/side.ts'
import { isValueList, isValueObject, type Value, type ValueObject } from '@tandem/sync/model/value.ts'
import { awaitedRecords } from '@tandem/sync/plan/waits-for.ts'
import type { InboxItemView } from './report.ts'

/** A record that may be the same as the item's, or that has what the item's wants. */
export interface InboxCandidate {
  readonly side: Side
  readonly remoteId: string
  /** '' where only the id is known. */
  readonly title: string
  /** It belongs to another pair already. */
  readonly isLinked: boolean
}

/** What an item's detail says, whoever wrote it: planning, a remote's refusal, a merge. */
export interface InboxFacts {
  /** In words: what was found, or the other system's own message; '' where the rest says it all. */
  readonly says: string
  /** What the candidates have in common with it, e.g. `email: a@b.example`; ''. */
  readonly alike: string
  readonly candidates: readonly InboxCandidate[]
  /** `side/id` of the records that must find their partner first. */
  readonly awaits: readonly { readonly side: Side; readonly remoteId: string }[]
  readonly conflict: { readonly field: string; readonly zoho: Value; readonly xero: Value } | null
}

export function inboxFacts(item: InboxItemView): InboxFacts {
  const outer = isValueObject(item.detail) ? item.detail : {}
  const detail = isValueObject(outer.detail) ? outer.detail : outer
  return {
    says: wordsOf(detail, typeof item.detail === 'string' ? item.detail : ''),
    alike: alike(textOf(detail, 'key')),
    candidates: candidatesOf(item, detail),
    awaits: awaitedRecords(outer),
    conflict: item.type === 'conflict' ? conflictOf(detail) : null,
  }
}

/** The record that the item is about: a company before its people; undefined where it concerns both sides. */
export function subjectOf(item: InboxItemView): InboxItemView['records'][number] | undefined {
  return item.records.find((record) => record.collection === 'Accounts') ?? item.records[0]
}

function wordsOf(detail: ValueObject, plain: string): string {
  const text = plain || textOf(detail, 'message') || textOf(detail, 'detail')
  const fields = isValueList(detail.fields) ? detail.fields.filter((one) => typeof one === 'string') : []
  const field = fields.length > 0 ? fields.join(', ') : textOf(detail, 'field')
  if (text !== '') return field === '' ? text : `${field}: ${text}`
  const gone = SIDES.find((side) => side === detail.goneOn)
  if (gone !== undefined) return `Deleted in ${NAMES[gone]}, still in ${NAMES[otherSide(gone)]}.`
  if (textOf(detail, 'linkedBy') !== '') return 'Its partner belongs to another pair already.'
  const writes = textOf(detail, 'writes')
  return writes === '' ? '' : `Written ${writes} times within ten minutes.`
}

const NAMES: Readonly<Record<Side, string>> = { zoho: 'Zoho CRM', xero: 'Xero' }

/** `name:ada ltd` as `name: ada ltd`. */
function alike(key: string): string {
  if (key === 'crossReference') return 'Xero ID'
  const [word, ...rest] = key.split(':')
  return rest.length === 0 ? '' : `${word}: ${rest.join(':')}`
}

function candidatesOf(item: InboxItemView, detail: ValueObject): readonly InboxCandidate[] {
  const listed = isValueList(detail.candidates) ? detail.candidates.flatMap(candidateOf) : []
  const holder = textOf(detail, 'holder') || textOf(detail, 'taken')
  const own = subjectOf(item)?.side
  if (holder === '' || own === undefined || listed.length > 0) return listed
  const isLinked = textOf(detail, 'taken') !== ''
  return [{ side: otherSide(own), remoteId: holder, title: '', isLinked }]
}

function candidateOf(value: Value): readonly InboxCandidate[] {
  if (!isValueObject(value)) return []
  const side = SIDES.find((one) => one === value.side)
  if (side === undefined) return []
  const isLinked = value.isLinked === true
  return [{ side, remoteId: textOf(value, 'remoteId'), title: textOf(value, 'title'), isLinked }]
}

function conflictOf(detail: ValueObject): InboxFacts['conflict'] {
  return { field: textOf(detail, 'field'), zoho: detail.zoho ?? null, xero: detail.xero ?? null }
}

function textOf(detail: ValueObject, key: string): string {
  const value = detail[key]
  return typeof value === 'string' ? value : ''
}
