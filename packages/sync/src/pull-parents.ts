import { baseContext, itemCodes, missingParents, NO_ITEMS } from './detect/context.ts'
import { sourcesOf } from './detect/deal-sources.ts'
import { sortQuiet } from './detect/quiet.ts'
import { readFresh } from './detect/read-fresh.ts'
import { dueThings, type Thing } from './detect/things.ts'
import { plainView } from './detect/views.ts'
import type { MappingContext, SideView } from './mapping/contract.ts'
import { isDocument, isSource, type Kind } from './model/kind.ts'
import { mainPart, memberParts } from './model/link.ts'
import { type RecordRef, type RemoteRecord, refKey } from './model/record.ts'
import { SIDES } from './model/side.ts'
import { THINGS_PER_CHUNK } from './plan-things.ts'
import { kindsOf, type Walk } from './walk.ts'

/** A document pulls its parents in: those that no link knows are marked before the contacts are planned (R49d). */
export async function pullParents(walk: Walk): Promise<void> {
  // The last rank first: what it pulls in pulls its own parents in.
  for (const kind of kindsOf(walk).toReversed()) if (isDocument(kind)) await pullParentsOf(walk, kind)
}

async function pullParentsOf(walk: Walk, kind: Kind): Promise<void> {
  const { things } = await dueThings(walk, kind)
  const base = baseContext(walk, await itemCodes(walk, new Map()))
  for (let at = 0; at < things.length; at += THINGS_PER_CHUNK) {
    const { busy } = await sortQuiet(walk, kind, things.slice(at, at + THINGS_PER_CHUNK))
    const marks = busy.flatMap((thing) => thing.marks)
    await readFresh(walk, marks, (record) => record.side === 'zoho' && !record.hasLines)
    const sources = await sourcesOf(walk, kind, foundingDeals(busy))
    const views = marks
      .flatMap((mark) => sources.get(refKey(mark)) ?? walk.cache.get(mark)?.record ?? [])
      // A deal that is billed already brings nobody in.
      .filter((record) => !isSource(record.collection) || isToBeBilled(walk, kind, record))
      .map((record) => plainView(record.side, record))
    const found = await missingParents(walk, kind, { views, base })
    const members = new Set(
      busy.flatMap(({ link }) => (link === null ? [] : memberParts(link))).map(({ remoteId }) => remoteId),
    )
    // Of a summary's members only what was sold: who bought is nobody's contact in the books.
    const buyers = members.size === 0 ? new Set() : buyersOf(walk, kind, { views, members, base })
    const parents = found.filter(({ ref }) => !buyers.has(refKey(ref)))
    const now = walk.ports.clock.now()
    if (parents.length > 0)
      await walk.lane.mark(
        parents.map((parent) => ({ ...parent.ref, kind: parent.kind, reason: 'parent', dueAt: now })),
        null,
      )
  }
}

/** Contacts that the members of summaries name, and nobody else. */
function buyersOf(
  walk: Walk,
  kind: Kind,
  of: { readonly views: readonly SideView[]; readonly members: ReadonlySet<string>; readonly base: MappingContext },
): ReadonlySet<string> {
  const isMember = ({ main }: SideView) => main !== null && of.members.has(main.id)
  const contacts = (views: readonly SideView[]) =>
    views.flatMap((view) =>
      walk
        .mapping(kind)
        .parents(view, of.base)
        .filter((parent) => parent.kind === 'contact'),
    )
  const others = new Set(contacts(of.views.filter((view) => !isMember(view))).map(refKey))
  return new Set(
    contacts(of.views.filter(isMember))
      .map(refKey)
      .filter((key) => !others.has(key)),
  )
}

/** Only a source has lines: one that is billed already is looked at as it stands. */
function isToBeBilled(walk: Walk, kind: Kind, record: RemoteRecord): boolean {
  return record.hasLines && walk.mapping(kind).skip(record, baseContext(walk, NO_ITEMS)) === null
}

/** Deals that no invoice bills yet, by themselves or as all that their link has. */
function foundingDeals(things: readonly Thing[]): readonly RecordRef[] {
  return things.flatMap(({ link, marks }) =>
    link === null || SIDES.every((side) => (mainPart(link, side)?.remoteId ?? null) === null)
      ? marks.filter((mark) => isSource(mark.collection))
      : [],
  )
}
