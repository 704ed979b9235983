import type { DesiredLine, LineValue, LinkContext, Mapped, SideLine, SideView } from '../mapping/contract.ts'
import { mapped } from '../mapping/contract.ts'
import { type LinePair, type Link, mainPart, type ShadowField } from '../model/link.ts'
import { canonicalText, isValueObject, type Value } from '../model/value.ts'
import type { PlanInput } from './input.ts'
import { lineShadowField } from './merge-lines.ts'

/** One line of the document as it is to be. */
export interface SummaryLine {
  readonly desired: DesiredLine
  /** Which ledger account and tax it sums up; '' for a line that somebody has added in Xero. */
  readonly key: string
  readonly after: LineValue
}

export interface SummaryLines {
  readonly lines: readonly SummaryLine[]
  readonly removed: readonly SideLine[]
  readonly pairs: readonly LinePair[]
  /** Nothing to write: the document sums up what its members add. */
  readonly isSame: boolean
  /** Somebody has changed the money of one of our lines in Xero: it is not written over. */
  readonly isEdited: boolean
}

/**
 * The lines that Xero has against those that the members add up to. A line keeps its id, its words and whatever a
 * bookkeeper has put on it; what somebody has added stays.
 */
export function compareSummaryLines(
  link: Link,
  of: { readonly source: SideView; readonly xero: SideView },
  at: { readonly input: PlanInput; readonly context: LinkContext },
): Mapped<SummaryLines> {
  const rules = at.input.mapping.lines
  const wanted = new Map<string, LineValue>()
  for (const line of rules?.read(of.source, at.context) ?? []) {
    const accepted = rules?.accept('xero', line.value, at.context)
    if (accepted?.type === 'hold') return accepted
    if (accepted !== undefined) wanted.set(line.id, accepted.value)
  }
  const present = rules?.read(of.xero, at.context) ?? []
  const keys = keysOf(present, link.lines, wanted)
  const kept = present.flatMap((line): SummaryLine[] => {
    const key = keys.get(line.id) ?? ''
    const value = key === '' ? undefined : wanted.get(key)
    if (key !== '' && value === undefined) return []
    const after = value === undefined || isSameMoney(line.value, value) ? null : restated(line.value, value)
    return [{ desired: { existing: line, value: after }, key, after: after ?? line.value }]
  })
  const known = new Set(kept.map(({ key }) => key))
  const removed = present.filter((line) => keys.has(line.id) && !wanted.has(keys.get(line.id) ?? ''))
  const added = [...wanted].flatMap(([key, value]): SummaryLine[] =>
    known.has(key) ? [] : [{ desired: { existing: null, value }, key, after: value }],
  )
  const moved = kept.filter(({ desired }) => desired.value !== null).flatMap(({ desired }) => desired.existing ?? [])
  return mapped({
    lines: [...kept, ...added],
    removed,
    pairs: kept.flatMap(({ key, desired: { existing } }) =>
      key === '' || existing === null ? [] : [{ zohoRowId: key, xeroLineId: existing.id }],
    ),
    isSame: moved.length === 0 && removed.length === 0 && added.length === 0,
    isEdited: [...moved, ...removed].some((line) => isEdited(line, link, at.input)),
  })
}

/**
 * By the pairs that are known. A line without one is ours where it has the account, the tax and the words that it was sent
 * with, as after a write that nobody answered; before any pair is known, its words may be others by now.
 */
function keysOf(
  present: readonly SideLine[],
  pairs: readonly LinePair[],
  wanted: ReadonlyMap<string, LineValue>,
): ReadonlyMap<string, string> {
  const byLine = new Map(pairs.map(({ zohoRowId, xeroLineId }) => [xeroLineId, zohoRowId]))
  const taken = new Set(present.flatMap((line) => byLine.get(line.id) ?? []))
  const keys = new Map<string, string>()
  for (const line of present) {
    const known = byLine.get(line.id)
    const sent = `${textOf(line.raw.AccountCode)}|${line.value.tax}`
    const twin = taken.has(sent) ? undefined : wanted.get(sent)
    const isOurs = twin !== undefined && (pairs.length === 0 || twin.description === line.value.description)
    const key = known ?? (isOurs ? sent : '')
    if (key === '') continue
    taken.add(key)
    keys.set(line.id, key)
  }
  return keys
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

function isSameMoney(present: LineValue, wanted: LineValue): boolean {
  return present.net === wanted.net && present.tax === wanted.tax
}

function restated(present: LineValue, wanted: LineValue): LineValue {
  const { quantity, unitPrice, discountPercent, discountAmount, tax, net } = wanted
  return { ...present, quantity, unitPrice, discountPercent, discountAmount, tax, net }
}

/** Its money is neither what we know it to be nor what a write of ours without an answer may have made of it. */
function isEdited(line: SideLine, link: Link, { mapping, fingerprint }: PlanInput): boolean {
  const shadow = mainPart(link, 'xero')?.shadow[lineShadowField(line.id)]
  if (shadow === undefined) return false
  const value = mapping.lines?.toValue(line.value) ?? null
  const print = fingerprint(canonicalText(value))
  return print !== shadow.print && print !== shadow.doubt?.print && !isMoneyOf(shadow, value)
}

/** Only its words are others. */
function isMoneyOf({ value: known }: ShadowField, value: Value): boolean {
  if (!isValueObject(known) || !isValueObject(value)) return false
  return known.net === value.net && known.tax === value.tax
}
