import { type Gathered, refsOfLink } from './detect/gather.ts'
import type { Kind } from './model/kind.ts'
import { refKey } from './model/record.ts'
import { awaitedRecords, CHANGE_CODES } from './plan/waits-for.ts'
import { kindsOf, type Walk } from './walk.ts'

/**
 * Records that wait for these ones' partners and have no link yet, an invoice's payments: they were left out before, or
 * nothing has told of them. Their kind is planned later in the same pass.
 */
export async function markChildren(walk: Walk, kind: Kind, gathered: Gathered): Promise<void> {
  await markAwaiting(walk, gathered)
  const { candidates, subjects } = gathered
  const { children } = walk.mapping(kind)
  if (children === undefined) return
  const isOn = new Set(kindsOf(walk))
  const views = [
    ...candidates.map((candidate) => candidate.view),
    ...subjects.flatMap((subject) => [subject.zoho, subject.xero]),
  ]
  const found = views.flatMap((view) => children(view)).filter((child) => isOn.has(child.kind))
  const byKey = new Map(found.map((child) => [refKey(child), child]))
  if (byKey.size === 0) return
  const refs = [...byKey.values()].map(({ side, collection, remoteId }) => ({ side, collection, remoteId }))
  for (const link of await walk.lane.linksByRefs(refs)) {
    for (const { side, collection, remoteId } of link.parts)
      if (remoteId !== null) byKey.delete(refKey({ side, collection, remoteId }))
  }
  const dueAt = walk.ports.clock.now()
  const marks = [...byKey.values()].map((child) => ({ ...child, reason: 'child' as const, dueAt }))
  if (marks.length > 0) await walk.lane.mark(marks, null)
}

/** Records that are held until one of these changes (an invoice that is approved): a hold owns its marks. */
async function markAwaiting(walk: Walk, { subjects }: Gathered): Promise<void> {
  if (subjects.length === 0) return
  const holds = await walk.lane.holdsOf(CHANGE_CODES)
  const changed = new Set(subjects.flatMap(({ link }) => refsOfLink(link).map(refKey)))
  const dueAt = walk.ports.clock.now()
  const marks = holds
    .filter(({ detail }) => awaitedRecords(detail).some((ref) => changed.has(refKey(ref))))
    .flatMap(({ kind, refs }) => refs.map((ref) => ({ ...ref, kind, reason: 'child' as const, dueAt })))
  if (marks.length > 0) await walk.lane.mark(marks, null)
}
