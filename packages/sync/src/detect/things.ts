import type { PersonRules } from '../mapping/contract.ts'
import { detectedCollectionsOf, isForerunner, isSource, type Kind } from '../model/kind.ts'
import type { Link } from '../model/link.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import type { Mark } from '../store/contract.ts'
import type { Walk } from '../walk.ts'
import { type Stray, strayDeals } from './deal-sources.ts'
import { routeConverted } from './leads.ts'
import { readFresh } from './read-fresh.ts'

/** All marks of one thing: a link, or a record that no link knows, with its persons. Planned together or not at all. */
export interface Thing {
  readonly link: Link | null
  /** The main record while there is no link. */
  readonly main: RecordRef | null
  readonly marks: readonly Mark[]
}

/** Marks read at a time. */
const MARKS_PAGE = 5_000

/** Due marks of a kind, routed to their links by parts, persons to their company. */
export async function dueThings(
  walk: Walk,
  kind: Kind,
): Promise<{ readonly things: readonly Thing[]; readonly strays: readonly Stray[] }> {
  const marks = await allDueMarks(walk, kind)
  const links = await linksOf(walk, marks)
  const byLink = new Map<string, { link: Link; marks: Mark[] }>()
  const byMain = new Map<string, { main: RecordRef; marks: Mark[] }>()
  const persons: Mark[] = []
  const leads: Mark[] = []
  const outside: Mark[] = []
  const own = new Set(detectedCollectionsOf(kind, 'zoho', walk.connection.settings))
  const deals = marks.filter((mark) => isSource(mark.collection) && !links.has(refKey(mark)))
  const idle = deals.length === 0 ? [] : await strayDeals(walk, kind, deals)
  const isIdle = new Set(idle.map(({ mark }) => mark))
  const rules = walk.mapping(kind).persons
  for (const mark of marks) {
    const link = links.get(refKey(mark))
    if (isIdle.has(mark)) continue
    if (link !== undefined) push(byLink, link.id, { link, marks: [] }, mark)
    else if (isForerunner(mark.collection)) leads.push(mark)
    else if (mark.side === 'zoho' && !own.has(mark.collection)) outside.push(mark)
    else if (rules !== null && mark.side === 'zoho' && mark.collection === rules.collection) persons.push(mark)
    else push(byMain, refKey(mark), { main: refOfMark(mark), marks: [] }, mark)
  }
  const strays = rules === null ? [] : await routePersons(walk, persons, { rules, byLink, byMain })
  await routeConverted(walk, kind, { byLink, byMain, linksOf: (refs) => linksOf(walk, refs) })
  return {
    things: [
      ...[...byLink.values()].map((thing) => ({ ...thing, main: null })),
      ...[...byMain.values()].map((thing) => ({ ...thing, link: null })),
    ],
    strays: [
      ...idle,
      ...strays.map((mark) => ({ mark, reason: 'personWithoutCompany' as const })),
      // Whoever is no Xero contact yet becomes one by being converted into a customer (C5).
      ...leads.map((mark) => ({ mark, reason: 'leadOfTheCrm' as const })),
      // Left from before the customer model was changed.
      ...outside.map((mark) => ({ mark, reason: 'otherCustomerModel' as const })),
    ],
  }
}

async function allDueMarks(walk: Walk, kind: Kind): Promise<readonly Mark[]> {
  const marks: Mark[] = []
  const now = walk.ports.clock.now()
  for (;;) {
    const after = marks.at(-1)
    const page = await walk.lane.dueMarks({
      kinds: [kind],
      now,
      limit: MARKS_PAGE,
      ...(after === undefined ? {} : { after }),
    })
    marks.push(...page)
    if (page.length < MARKS_PAGE) return marks
  }
}

async function linksOf(walk: Walk, refs: readonly RecordRef[]): Promise<Map<string, Link>> {
  const byRef = new Map<string, Link>()
  for (let at = 0; at < refs.length; at += MARKS_PAGE) {
    for (const link of await walk.lane.linksByRefs(refs.slice(at, at + MARKS_PAGE))) {
      for (const part of link.parts) {
        if (part.remoteId !== null)
          byRef.set(refKey({ side: part.side, collection: part.collection, remoteId: part.remoteId }), link)
      }
    }
  }
  return byRef
}

function push<T extends { marks: Mark[] }>(map: Map<string, T>, key: string, empty: T, mark: Mark) {
  const thing = map.get(key) ?? empty
  thing.marks.push(mark)
  map.set(key, thing)
}

function refOfMark(mark: Mark): RecordRef {
  return { side: mark.side, collection: mark.collection, remoteId: mark.remoteId }
}

interface Routes {
  readonly rules: PersonRules
  readonly byLink: Map<string, { link: Link; marks: Mark[] }>
  readonly byMain: Map<string, { main: RecordRef; marks: Mark[] }>
}

/** New persons belong to their company's link, or to the company that is about to be linked. Others are strays. */
async function routePersons(walk: Walk, persons: readonly Mark[], routes: Routes): Promise<readonly Mark[]> {
  if (persons.length === 0) return []
  await readFresh(walk, persons.map(refOfMark), () => false)
  const companies = new Map<Mark, RecordRef>()
  const strays: Mark[] = []
  for (const mark of persons) {
    const record = walk.cache.get(refOfMark(mark))?.record
    const company = record === undefined ? null : routes.rules.companyOf(record)
    if (company === null) strays.push(mark)
    else companies.set(mark, { side: 'zoho', collection: 'Accounts', remoteId: company })
  }
  const links = await linksOf(walk, [...companies.values()])
  for (const [mark, company] of companies) {
    const link = links.get(refKey(company))
    if (link !== undefined) push(routes.byLink, link.id, { link, marks: [] }, mark)
    else push(routes.byMain, refKey(company), { main: company, marks: [] }, mark)
  }
  return strays
}
