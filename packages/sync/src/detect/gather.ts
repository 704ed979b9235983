import type { MappingContext, SideView } from '../mapping/contract.ts'
import { isForerunner, type Kind } from '../model/kind.ts'
import { dealParts, type Link, mainPart } from '../model/link.ts'
import { type RecordRef, type RemoteRecord, refKey } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import { canonicalText } from '../model/value.ts'
import type { Candidate, LinkSubject } from '../plan/input.ts'
import { lineShadowField } from '../plan/merge-lines.ts'
import { formerPartners } from '../plan/removals.ts'
import type { Walk } from '../walk.ts'
import { type Deals, isLookedAt, readDeals } from './deals.ts'
import { freedDeals, type Leaver } from './freed-deals.ts'
import { isOwnEcho, needsLines } from './quiet.ts'
import { readFresh } from './read-fresh.ts'
import { rereadPeople } from './reread-people.ts'
import type { Thing } from './things.ts'
import { type ViewSource, viewOf } from './view-source.ts'
import { chosenPrimary, companyView, plainView } from './views.ts'

export interface Gathered {
  readonly subjects: readonly LinkSubject[]
  readonly candidates: readonly Candidate[]
  /** Marks of records that are gone and that no link knows. */
  readonly goneMarks: readonly RecordRef[]
  /** People who have left a company that has no partner yet, and deals that their CRM invoice bills no longer. */
  readonly leavers: readonly Leaver[]
  /** Links of deals that candidates belong to. */
  readonly dealLinkIds: readonly string[]
}

/** Reads both sides of these things afresh and lays them out for planning. */
export async function gather(
  walk: Walk,
  kind: Kind,
  of: {
    readonly things: readonly Thing[]
    readonly source: ViewSource
    /** Links with something in the inbox. */
    readonly waiting: ReadonlySet<string>
  },
): Promise<Gathered> {
  const links = of.things.flatMap((thing) => thing.link ?? [])
  const mains = of.things.flatMap((thing) => thing.main ?? [])
  const partRefs = links.flatMap(refsOfLink).filter((ref) => isLookedAt(walk, ref))
  const marked = of.things.flatMap((thing) => (thing.link === null ? [] : thing.marks))
  const wanted = linesNeeded(walk, kind, { ...of, links })
  const gone = new Set((await readFresh(walk, [...partRefs, ...marked, ...mains], wanted)).map(refKey))
  for (const ref of await rereadPeople(walk, links, of.source)) gone.add(refKey(ref))
  await of.source.loadPersons(
    mains.filter((ref) => ref.side === 'zoho').map((ref) => ref.remoteId),
    'zoho',
  )
  const founding = of.things.flatMap((thing) =>
    thing.link === null || isHalf(thing.link) ? (foundingRef(thing) ?? []) : [],
  )
  const deals = await readDeals(walk, kind, founding)
  const choices = await walk.lane.choices(links.map((link) => link.id))
  const unknown = links.filter((link) => isHalf(link) || isUncompared(link))
  await of.source.loadPersons(
    unknown.flatMap((link) => mainPart(link, 'zoho')?.remoteId ?? []),
    'zoho',
  )
  const subjects = of.things.flatMap((thing) =>
    thing.link === null || isHalf(thing.link)
      ? []
      : [subjectOf(walk, { thing, link: thing.link, gone, source: of.source, choices, waiting: of.waiting, deals })],
  )
  const candidates = of.things.flatMap((thing) => {
    const main = thing.link === null || isHalf(thing.link) ? foundingRef(thing) : null
    return main === null ? [] : candidateOf(walk, thing, { main, source: of.source, deals })
  })
  const people = of.things.flatMap(({ link }) => {
    const refs = link === null || !isHalf(link) ? [] : strayedPersons(walk, { link, source: of.source })
    return link === null || refs.length === 0 ? [] : [{ linkId: link.id, refs }]
  })
  const leavers = [...people, ...(await freedDeals(walk, kind, { links, gone }))]
  const goneMarks = of.things
    .filter((thing) => thing.link === null || isHalf(thing.link))
    .filter((thing) => {
      const ref = foundingRef(thing)
      return ref !== null && gone.has(refKey(ref))
    })
    .flatMap((thing) => thing.marks)
  return withoutLeavers({ subjects, candidates, goneMarks, leavers, dealLinkIds: deals.linkIds })
}

/** The marks of those who have left stay: the company that they went to is planned by them. */
function withoutLeavers(gathered: Gathered): Gathered {
  const left = new Set(gathered.leavers.flatMap(({ refs }) => refs.map(refKey)))
  if (left.size === 0) return gathered
  const staying = (marks: readonly RecordRef[]) => marks.filter((mark) => !left.has(refKey(mark)))
  return {
    ...gathered,
    candidates: gathered.candidates.map((candidate) => ({ ...candidate, marks: staying(candidate.marks) })),
    goneMarks: staying(gathered.goneMarks),
  }
}

/** One side only, and meant to have two: it is matched or created like a record without a link. */
function isHalf(link: Link): boolean {
  if (link.state === 'detached' || link.state === 'tombstoned') return false
  return (mainPart(link, 'zoho')?.remoteId ?? null) === null || (mainPart(link, 'xero')?.remoteId ?? null) === null
}

/** Joined by a person: nothing of its company was ever compared, and its persons are no parts of it yet. */
function isUncompared(link: Link): boolean {
  const part = mainPart(link, 'zoho')
  return part !== undefined && part.remoteId !== null && Object.keys(part.shadow).length === 0
}

function foundingRef(thing: Thing): RecordRef | null {
  if (thing.link === null) return thing.main
  const part = mainPart(thing.link, 'zoho') ?? mainPart(thing.link, 'xero') ?? dealParts(thing.link)[0]
  if (part === undefined || part.remoteId === null) return null
  return { side: part.side, collection: part.collection, remoteId: part.remoteId }
}

export function refsOfLink(link: Link): readonly RecordRef[] {
  return link.parts.flatMap((part) =>
    part.remoteId === null ? [] : [{ side: part.side, collection: part.collection, remoteId: part.remoteId }],
  )
}

/** Our own echo carries no lines of interest, if the other side's lines are as they were too. */
function linesNeeded(
  walk: Walk,
  kind: Kind,
  of: { readonly links: readonly Link[]; readonly waiting: ReadonlySet<string> },
): (record: RemoteRecord) => boolean {
  if (walk.mapping(kind).lines === null) return () => false
  const byRecord = new Map(of.links.flatMap((link) => refsOfLink(link).map((ref) => [refKey(ref), link] as const)))
  return (record) => {
    const link = byRecord.get(refKey({ side: record.side, collection: record.collection, remoteId: record.id })) ?? null
    if (needsLines(walk, link, record)) return true
    if (link === null || record.hasLines) return false
    // What waits for a person may be an edit of lines, which our later write of something else does not answer for.
    return of.waiting.has(link.id) || !areXeroLinesUnchanged(walk, link)
  }
}

function isLinesEcho(walk: Walk, link: Link, record: RemoteRecord): boolean {
  return isOwnEcho(walk, link, record) && areXeroLinesUnchanged(walk, link)
}

function areXeroLinesUnchanged(walk: Walk, link: Link): boolean {
  const rules = walk.mapping(link.kind).lines
  const part = mainPart(link, 'xero')
  if (rules === null || part === undefined || part.remoteId === null || link.generation !== walk.connection.generation)
    return false
  const fresh = walk.cache.get({ side: 'xero', collection: part.collection, remoteId: part.remoteId })
  if (fresh === undefined || !fresh.record.hasLines || isToBeRecycled(walk, link, fresh.record)) return false
  const context = { ...sourceless(walk), linkId: link.id }
  const lines = rules.read(plainView('xero', fresh.record), context)
  if (lines.length !== link.lines.length) return false
  return lines.every(
    (line) =>
      part.shadow[lineShadowField(line.id)]?.print === walk.fingerprint(canonicalText(rules.toValue(line.value))),
  )
}

/** What Xero has put away takes its CRM record along: whatever somebody has typed into that one's rows is seen first (R12c). */
function isToBeRecycled(walk: Walk, { kind }: Link, record: RemoteRecord): boolean {
  const { settings } = walk.connection
  if (!settings.kinds[kind].zoho.delete || settings.deletedInXero !== 'recycle') return false
  return (walk.mapping(kind).ended?.(record) ?? null) !== null
}

function sourceless(walk: Walk): MappingContext {
  return {
    settings: walk.connection.settings,
    reference: walk.reference,
    today: '',
    partnerOf: () => null,
    xeroItemIdByCode: () => null,
    xeroItemCodeById: () => null,
    answer: () => null,
  }
}

interface SubjectParts {
  readonly thing: Thing
  readonly link: Link
  readonly gone: ReadonlySet<string>
  readonly source: ViewSource
  readonly choices: readonly { readonly linkId: string; readonly field: string; readonly side: Side }[]
  readonly waiting: ReadonlySet<string>
  readonly deals: Deals
}

function subjectOf(walk: Walk, parts: SubjectParts): LinkSubject {
  const { link, thing } = parts
  const zoho = zohoView(walk, parts)
  const xero = plainView('xero', mainRecord(walk, link, 'xero'))
  const mayEcho = zoho.main !== null && !zoho.main.hasLines && !parts.waiting.has(link.id)
  const isEcho = mayEcho && zoho.main !== null && isLinesEcho(walk, link, zoho.main)
  const refs = [
    ...refsOfLink(link),
    ...thing.marks.map((mark) => ({ side: mark.side, collection: mark.collection, remoteId: mark.remoteId })),
  ]
  return {
    link,
    zoho,
    xero,
    strayed: strayedPersons(walk, parts),
    gone: refs.filter((ref) => parts.gone.has(refKey(ref))),
    marks: thing.marks,
    linesEcho: new Set<Side>(isEcho ? ['zoho', 'xero'] : []),
    choices: Object.fromEntries(
      parts.choices.filter((choice) => choice.linkId === link.id).map((choice) => [choice.field, choice.side]),
    ),
    agreed: thing.marks.filter((mark) => mark.reason === 'delete'),
    deals: parts.deals.billedBy(link),
  }
}

/** Parts of this link whose record names another company by now, or none. */
function strayedPersons(walk: Walk, { link, source }: Pick<SubjectParts, 'link' | 'source'>): readonly RecordRef[] {
  const { rules } = source
  // By its id: people also leave a company that is gone (merged into another).
  const companyId = mainPart(link, 'zoho')?.remoteId ?? null
  const main = mainRecord(walk, link, 'zoho')
  // A person who was a customer alone, by another customer model, has nobody who could have left.
  if (rules === null || companyId === null || mainPart(link, 'zoho')?.collection === rules.collection) return []
  return refsOfLink(link).filter((ref) => {
    if (ref.side !== 'zoho' || ref.collection !== rules.collection || ref.remoteId === companyId) return false
    const record = walk.cache.get(ref)?.record
    if (record === undefined) return false
    const now = rules.companyOf(record)
    // Of a company that is gone the CRM shows nothing; when it is restored, they are its people again.
    return now !== companyId && (now !== null || main !== null)
  })
}

function mainRecord(walk: Walk, link: Link, side: Side): RemoteRecord | null {
  const part = mainPart(link, side)
  if (part === undefined || part.remoteId === null) return null
  return walk.cache.get({ side, collection: part.collection, remoteId: part.remoteId })?.record ?? null
}

/** A company with the persons that are parts of the link or were marked as new ones of it. */
function zohoView(walk: Walk, parts: SubjectParts): SideView {
  const { link, source, thing } = parts
  const main = mainRecord(walk, link, 'zoho')
  const { rules } = source
  if (rules === null || main === null || main.collection === rules.collection || isForerunner(main.collection))
    return plainView('zoho', main)
  const refs = [...refsOfLink(link), ...thing.marks].filter(
    (ref) => ref.side === 'zoho' && ref.collection === rules.collection,
  )
  const persons = new Map(source.isAsked(main.id) ? source.personsOf.get(main.id) : [])
  for (const ref of refs) {
    const record = walk.cache.get(ref)?.record
    if (record !== undefined && rules.companyOf(record) === main.id) persons.set(record.id, record)
  }
  return companyView(main, [...persons.values()], { rules, context: source.context, chosenId: chosenPrimary(link) })
}

function candidateOf(
  walk: Walk,
  thing: Thing,
  of: { readonly main: RecordRef; readonly source: ViewSource; readonly deals: Deals },
): readonly Candidate[] {
  const record = walk.cache.get(of.main)?.record
  if (record === undefined) return []
  const main = of.deals.asSource(record)
  const deals = of.deals.factsOf(record, thing.link)
  return [
    {
      linkId: thing.link?.id ?? null,
      former: thing.link === null ? [] : formerPartners(thing.link),
      mayExist: thing.link?.state === 'pendingMatch' || thing.link?.state === 'creating',
      view: viewOf(main, of.source),
      main,
      marks: thing.marks,
      isPulledIn: thing.marks.some((mark) => mark.reason === 'parent'),
      ...(deals === undefined ? {} : { deals }),
      mayChooseKey: thing.marks.some((mark) => mark.reason === 'chooseKey'),
    },
  ]
}
