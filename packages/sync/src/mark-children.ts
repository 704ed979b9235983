import { baseContext, NO_ITEMS } from './detect/context.ts'
import { type Gathered, refsOfLink } from './detect/gather.ts'
import type { MovedLink } from './detect/quiet.ts'
import type { FormerChildren, SideView } from './mapping/contract.ts'
import { carrierOf, carrierRef } from './model/allocation.ts'
import { isCarried, type Kind } from './model/kind.ts'
import { type Link, mainPart } from './model/link.ts'
import { type RecordRef, refKey } from './model/record.ts'
import { SIDES } from './model/side.ts'
import { canonicalText } from './model/value.ts'
import { awaitedRecords, CHANGE_CODES } from './plan/waits-for.ts'
import type { NewMark } from './store/contract.ts'
import type { Walk } from './walk.ts'

/**
 * Records that wait for these ones' partners and have no link yet, an invoice's payments: they were left out before, or
 * nothing has told of them. Those that were theirs are looked at as well. Their kind is planned later in the same pass.
 */
export async function markChildren(
  walk: Walk,
  kind: Kind,
  { gathered, moved }: { readonly gathered: Gathered; readonly moved: readonly MovedLink[] },
): Promise<void> {
  const dueAt = walk.ports.clock.now()
  // As much was taken back as was given anew: the record says what it said, and its children are others.
  const linked = [...gathered.subjects, ...moved]
  const views = [
    ...gathered.candidates.map((candidate) => candidate.view),
    ...gathered.subjects.flatMap((subject) => [subject.zoho, subject.xero]),
    ...moved.map((one) => one.xero),
  ]
  const found = [
    ...(await unlinkedChildren(walk, kind, views)),
    ...(await formerChildren(walk, kind, linked)),
    ...(await awaitingChange(walk, linked)),
  ]
  const byKey = new Map(found.map((child) => [refKey(child), child]))
  const marks = [...byKey.values()].map((child): NewMark => ({ ...child, reason: 'child', dueAt }))
  if (marks.length > 0) await walk.lane.mark(marks, null)
}

/** Whatever this pass is about: nothing else would tell of an allocation, so its mark must not be left out (I7). */
function isOn({ connection }: Walk, kind: Kind): boolean {
  return connection.settings.kinds[kind].isOn
}

type Child = RecordRef & { readonly kind: Kind }

async function unlinkedChildren(walk: Walk, kind: Kind, views: readonly SideView[]): Promise<readonly Child[]> {
  const { children } = walk.mapping(kind)
  if (children === undefined) return []
  const found = views.flatMap((view) => children(view)).filter((child) => isOn(walk, child.kind))
  const byKey = new Map(found.map((child) => [refKey(child), child]))
  if (byKey.size === 0) return []
  const refs = [...byKey.values()].map(({ side, collection, remoteId }) => ({ side, collection, remoteId }))
  // One that was planned with a parent that then failed has a link by now, and no partner.
  const settled = (await walk.lane.linksByRefs(refs)).filter((link) => !isHalf(link))
  for (const link of settled) {
    for (const { side, collection, remoteId } of link.parts)
      if (remoteId !== null) byKey.delete(refKey({ side, collection, remoteId }))
  }
  return [...byKey.values()]
}

function isHalf(link: Link): boolean {
  const isKept = link.state !== 'detached' && link.state !== 'tombstoned'
  return isKept && SIDES.some((side) => (mainPart(link, side)?.remoteId ?? null) === null)
}

/** By the fingerprint of what their parts remember, which outlives the value (R79). */
async function formerChildren(walk: Walk, kind: Kind, linked: readonly MovedLink[]): Promise<readonly Child[]> {
  const { formerChildren: former } = walk.mapping(kind)
  if (former === undefined) return []
  const wanted = linked
    .flatMap((one) => former(one.xero, changesOf(walk, kind, one)))
    .filter((one) => isOn(walk, one.kind))
  const collections = new Map(wanted.map((one) => [one.collection, one]))
  const found: Child[] = []
  for (const [collection, { kind: own }] of collections) {
    const prints = printsOf(
      walk,
      wanted.filter((one) => one.collection === collection),
    )
    for (const { remoteId, shadow } of await walk.lane.partsIn('xero', collection)) {
      const isOfThese = Object.entries(shadow).some(([field, { print }]) => prints.has(`${field} ${print}`))
      const carrier = isOfThese && isCarried(collection) ? carrierOf(remoteId) : null
      if (isOfThese)
        found.push({ kind: own, ...(carrier === null ? { side: 'xero', collection, remoteId } : carrierRef(carrier)) })
    }
  }
  return found
}

/** Records that are held until one of these changes (an invoice or a credit note that is approved): a hold owns its marks. */
async function awaitingChange(walk: Walk, linked: readonly MovedLink[]): Promise<readonly Child[]> {
  if (linked.length === 0) return []
  const changed = new Set(linked.flatMap(({ link }) => refsOfLink(link).map(refKey)))
  const holds = await walk.lane.holdsOf(CHANGE_CODES)
  return holds
    .filter(({ detail }) => awaitedRecords(detail).some((ref) => changed.has(refKey(ref))))
    .flatMap(({ kind, refs }) => refs.map((ref) => ({ ...ref, kind })))
}

function changesOf(walk: Walk, kind: Kind, { link, xero }: MovedLink): (field: string) => boolean {
  const remembered = mainPart(link, 'xero')?.shadow
  const context = { ...baseContext(walk, NO_ITEMS), linkId: link.id }
  // A value may have changed and changed back while what it brought was being written: then only the version tells.
  const isMoved = xero.main !== null && xero.main.version !== mainPart(link, 'xero')?.version
  return (field) => {
    if (isMoved) return true
    const rule = walk.mapping(kind).fields.find((one) => one.field === field)
    const said = rule === undefined ? '' : walk.fingerprint(canonicalText(rule.xero.read(xero, context)))
    return remembered?.[field]?.print !== said
  }
}

function printsOf(walk: Walk, wanted: readonly FormerChildren[]): ReadonlySet<string> {
  return new Set(wanted.map(({ field, value }) => `${field} ${walk.fingerprint(canonicalText(value))}`))
}
