import type { LinkContext, SideView } from '../mapping/contract.ts'
import { formOfLink } from '../mapping/form.ts'
import { carriesLines, type Kind, kindOf } from '../model/kind.ts'
import { type LinePair, type Link, type LinkPart, mainPart, type ShadowField } from '../model/link.ts'
import type { LinkChange, SettledPart } from '../model/plan.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import { canonicalText, isValueList, isValueObject, sameValue, type Value } from '../model/value.ts'
import { lineShadowField } from '../plan/merge-lines.ts'
import { AGREED_TOTAL_FIELD, KNOWN_TOTAL_FIELD } from '../plan/plan-lines.ts'
import { shadowField } from '../plan/settle.ts'
import type { Mark } from '../store/contract.ts'
import { LOOK_REASONS } from '../store/mark.ts'
import type { Walk } from '../walk.ts'
import { baseContext, NO_ITEMS } from './context.ts'
import { readFresh } from './read-fresh.ts'
import { isTaskDue } from './tasks.ts'
import type { Thing } from './things.ts'
import { plainView } from './views.ts'

/** Field of a part's shadow that remembers the version our own last write was answered with (VERSION RULE). */
export const WRITTEN_FIELD = '$written'

/** Lines that a document we wrote must show when it is read back. */
export const EXPECTED_LINES_FIELD = '$lines'

export interface Sorted {
  /** Things to plan, in full. */
  readonly busy: readonly Thing[]
  readonly settled: readonly SettledPart[]
  /** Line pairs that a read-back has shown. */
  readonly changes: readonly LinkChange[]
  /** Marks of things whose every marked record equals its shadow: nothing has changed, nothing needs reading. */
  readonly clear: readonly RecordRef[]
  /** Those of them whose Xero record has another version than its part: what it brings along may have changed. */
  readonly moved: readonly MovedLink[]
  /** Links with something in the inbox. */
  readonly waiting: ReadonlySet<string>
}

/** A link with its record of Xero, as it was just read. */
export interface MovedLink {
  readonly link: Link
  readonly xero: SideView
}

/**
 * Sorts out what has not changed at all, without reading the partner: mostly the echo of our own writes. A record is
 * quiet when every mapped field of it equals its shadow; then its version may be stored once it is settled (I16).
 */
export async function sortQuiet(walk: Walk, kind: Kind, things: readonly Thing[]): Promise<Sorted> {
  const waiting = await waitingLinks(walk, kind)
  const mayRest = ({ link, marks }: Thing) => link !== null && !waiting.has(link.id) && mayBeQuiet(walk, link, marks)
  const hopeful = things.filter(mayRest)
  const marked = hopeful.flatMap((thing) => thing.marks)
  const links = new Map(
    hopeful.flatMap((thing) =>
      thing.link === null ? [] : thing.marks.map((mark) => [refKey(mark), thing.link] as const),
    ),
  )
  await readFresh(walk, marked, (record) => needsLines(walk, links.get(keyOf(record)) ?? null, record))
  const unsettled = await walk.lane.unsettledLinks(hopeful.flatMap((thing) => thing.link?.id ?? []))
  const busy: Thing[] = []
  const settled: SettledPart[] = []
  const changes: LinkChange[] = []
  const clear: RecordRef[] = []
  const moved: MovedLink[] = []
  for (const thing of things) {
    const { link } = thing
    if (
      link === null ||
      !mayRest(thing) ||
      unsettled.has(link.id) ||
      !thing.marks.every((mark) => isQuiet(walk, { link, mark }))
    ) {
      busy.push(thing)
      continue
    }
    moved.push(...movedOf(walk, link, thing.marks))
    for (const mark of thing.marks) {
      const readBack = readBackOf(walk, link, mark)
      if (readBack !== null)
        changes.push({ linkId: link.id, event: null, code: null, addParts: [], lines: readBack.pairs })
      settled.push(...settledPart(walk, { link, mark, shadow: readBack?.shadow ?? {} }))
      clear.push(mark)
    }
  }
  return { busy, settled, changes, clear, moved, waiting }
}

function movedOf(walk: Walk, link: Link, marks: readonly Mark[]): readonly MovedLink[] {
  const part = mainPart(link, 'xero')
  const mark = marks.find((one) => one.side === 'xero' && one.remoteId === part?.remoteId)
  const record = mark === undefined ? undefined : walk.cache.get(mark)?.record
  return record === undefined || record.version === part?.version ? [] : [{ link, xero: plainView('xero', record) }]
}

/** Links with something in the inbox: an edit of theirs may wait for what has just changed (a lock, an archive). */
async function waitingLinks(walk: Walk, kind: Kind): Promise<ReadonlySet<string>> {
  const inbox = await walk.ports.store.reports.inbox(walk.connection.id)
  return new Set(inbox.flatMap((item) => (item.kind === kind && item.linkId !== null ? [item.linkId] : [])))
}

function keyOf(record: RemoteRecord): string {
  return refKey({ side: record.side, collection: record.collection, remoteId: record.id })
}

function mayBeQuiet(walk: Walk, link: Link, marks: readonly Mark[]): boolean {
  if (link.state !== 'linked' || link.generation !== walk.connection.generation) return false
  return marks.every((mark) => LOOK_REASONS.includes(mark.reason))
}

/** Zoho list rows carry no lines: they are read one by one, unless the row is the echo of our own write. */
export function needsLines(walk: Walk, link: Link | null, record: RemoteRecord): boolean {
  if (record.hasLines || record.side === 'xero' || !carriesLines(record.collection)) return false
  if (walk.mapping(kindOf(record.collection)).lines === null) return false
  return link === null || !isOwnEcho(walk, link, record)
}

function isOwnWrite(walk: Walk, part: LinkPart | undefined, record: RemoteRecord): boolean {
  return record.modifiedBy === walk.reference.zoho.userId && part?.shadow[WRITTEN_FIELD]?.value === record.version
}

/** The row shows the version and the author of our own last write: lines that we did not write count as compared. */
export function isOwnEcho(walk: Walk, link: Link, record: RemoteRecord): boolean {
  // A sweep compares values because versions may lie (a row edit that leaves its document's version as it was).
  if (walk.request.detect === 'sweep' || link.lines.length === 0) return false
  const part = partOf(link, record)
  // An edit of lines between our read and our write hides behind our version, but not behind our total (VERSION RULE).
  const total = walk.mapping(link.kind).total?.(record) ?? null
  return isOwnWrite(walk, part, record) && part?.shadow[KNOWN_TOTAL_FIELD]?.value === total
}

function partOf(link: Link, record: RemoteRecord): LinkPart | undefined {
  return link.parts.find(
    (part) => part.side === record.side && part.collection === record.collection && part.remoteId === record.id,
  )
}

function isQuiet(walk: Walk, of: { readonly link: Link; readonly mark: Mark }): boolean {
  const record = walk.cache.get(of.mark)?.record
  if (record === undefined || record.life !== 'live') return false
  const part = partOf(of.link, record)
  if (part === undefined) return false
  // A person belongs to a group that only the whole company shows: only our own write of it is known to be in step.
  if (part.role === 'person') return isOwnWrite(walk, part, record)
  // Nothing of a deal but what it shows of its invoice is kept in step.
  if (part.role === 'deal') return isDealQuiet(walk, part, record)
  // Nothing of a task is kept in step: it is looked at with its invoice.
  if (part.role === 'task') return true
  if (isTaskDue(walk, of.link, record)) return false
  // Only the whole summary shows whether it still adds what it added, but for our own write.
  if (part.role === 'member') return isOwnEcho(walk, of.link, record)
  // Somebody who has gone over to another company says what they said before.
  if (part.role === 'primary' && !isAtHome(walk, of.link, record)) return false
  const context: LinkContext = { ...baseContext(walk, NO_ITEMS), linkId: of.link.id }
  const view: SideView =
    part.role === 'primary'
      ? { side: record.side, main: null, primary: record, persons: [] }
      : plainView(record.side, record)
  return (
    areFieldsQuiet(walk, of.link, { part, view, context }) &&
    areLinesQuiet(walk, of.link, { record, part, view, context })
  )
}

function isDealQuiet(walk: Walk, part: LinkPart, record: RemoteRecord): boolean {
  const shown = walk.mapping(kindOf(record.collection)).deals?.shown(record) ?? []
  return shown.every(({ field, value }) => part.shadow[field]?.print === walk.fingerprint(canonicalText(value)))
}

function isAtHome(walk: Walk, link: Link, person: RemoteRecord): boolean {
  const company = mainPart(link, 'zoho')?.remoteId ?? null
  return walk.mapping(link.kind).persons?.companyOf(person) === company
}

interface Looked {
  readonly part: LinkPart
  readonly view: SideView
  readonly context: LinkContext
}

function areFieldsQuiet(walk: Walk, link: Link, at: Looked): boolean {
  const { side } = at.view
  // What the primary person says is remembered on the company.
  const remembered = at.part.role === 'primary' ? mainPart(link, side) : at.part
  return formOfLink(walk.mapping(link.kind), link).fields.every((rule) => {
    if (rule[side].role !== at.part.role) return true
    const shadow = remembered?.shadow[rule.field]
    return (
      shadow !== undefined && shadow.print === walk.fingerprint(canonicalText(rule[side].read(at.view, at.context)))
    )
  })
}

function areLinesQuiet(walk: Walk, link: Link, at: Looked & { readonly record: RemoteRecord }): boolean {
  const rules = walk.mapping(link.kind).lines
  if (rules === null) return true
  const expected = expectedLines(link, at.part)
  if (at.record.hasLines && expected !== null) return isAsExpected(walk, { ...at, link, expected })
  if (!isAgreedTotal(walk, link, at)) return false
  if (!at.record.hasLines) return isOwnEcho(walk, link, at.record)
  const lines = rules.read(at.view, at.context)
  if (lines.length === 0 || lines.length !== link.lines.length) return false
  return lines.every(
    (line) =>
      at.part.shadow[lineShadowField(line.id)]?.print === walk.fingerprint(canonicalText(rules.toValue(line.value))),
  )
}

/** Does it still come to what both sides came to? No line tells an Adjustment, a document's discount, a tax typed over. */
function isAgreedTotal(walk: Walk, link: Link, at: Pick<Looked, 'part'> & { readonly record: RemoteRecord }): boolean {
  const total = walk.mapping(link.kind).total?.(at.record) ?? null
  return total === null || at.part.shadow[AGREED_TOTAL_FIELD]?.print === walk.fingerprint(canonicalText(total))
}

interface ExpectedLine {
  readonly line: Value
  readonly source: string
}

/** What we wrote and have not read back yet; null once the pairs are known. */
function expectedLines(link: Link, part: LinkPart): readonly ExpectedLine[] | null {
  const value = part.shadow[EXPECTED_LINES_FIELD]?.value
  if (part.side !== 'zoho' || link.lines.length > 0 || !isValueList(value)) return null
  return value.flatMap((entry) =>
    isValueObject(entry) && typeof entry.source === 'string'
      ? [{ line: entry.line ?? null, source: entry.source }]
      : [],
  )
}

function isAsExpected(
  walk: Walk,
  at: Looked & { readonly link: Link; readonly record: RemoteRecord; readonly expected: readonly ExpectedLine[] },
): boolean {
  const mapping = walk.mapping(at.link.kind)
  const rows = mapping.lines?.read(at.view, at.context) ?? []
  const total = at.part.shadow[KNOWN_TOTAL_FIELD]?.value
  if (total !== undefined && total !== (mapping.total?.(at.record) ?? null)) return false
  if (rows.length !== at.expected.length) return false
  return rows.every((row, index) => {
    const expected = at.expected[index]
    return (
      expected !== undefined &&
      expected.source !== '' &&
      sameValue(mapping.lines?.toValue(row.value) ?? null, expected.line)
    )
  })
}

/** The pairs and line shadows that a quiet read-back of a document of ours proves. */
function readBackOf(
  walk: Walk,
  link: Link,
  mark: Mark,
): { readonly pairs: readonly LinePair[]; readonly shadow: Record<string, ShadowField> } | null {
  const record = walk.cache.get(mark)?.record
  const part = record === undefined ? undefined : partOf(link, record)
  const rules = walk.mapping(link.kind).lines
  if (record === undefined || part === undefined || rules === null || !record.hasLines) return null
  const expected = expectedLines(link, part)
  if (expected === null) return null
  const rows = rules.read(plainView(record.side, record), { ...baseContext(walk, NO_ITEMS), linkId: link.id })
  const pairs = rows.flatMap((row, index) => {
    const source = expected[index]?.source
    return source === undefined ? [] : [{ zohoRowId: row.id, xeroLineId: source }]
  })
  const shadow = Object.fromEntries(
    rows.map((row) => [lineShadowField(row.id), shadowField(rules.toValue(row.value), walk.fingerprint)]),
  )
  const total = walk.mapping(link.kind).total?.(record) ?? null
  const known = shadowField(total, walk.fingerprint)
  return { pairs, shadow: { ...shadow, [KNOWN_TOTAL_FIELD]: known, [AGREED_TOTAL_FIELD]: known } }
}

function settledPart(
  walk: Walk,
  of: { readonly link: Link; readonly mark: Mark; readonly shadow: Record<string, ShadowField> },
): readonly SettledPart[] {
  const { link, mark, shadow } = of
  const record = walk.cache.get(mark)?.record
  if (record === undefined) return []
  const version = walk.cache.isSettledVersion(record) ? record.version : 'keep'
  if (version === 'keep' && Object.keys(shadow).length === 0) return []
  const ref = { side: mark.side, collection: mark.collection, remoteId: mark.remoteId }
  return [{ linkId: link.id, ref, shadow, version, generation: link.generation }]
}
