import type { Gathered } from './detect/gather.ts'
import type { Kind } from './model/kind.ts'
import { refKey } from './model/record.ts'
import { kindsOf, type Walk } from './walk.ts'

/**
 * Records that wait for these ones' partners and have no link yet, an invoice's payments: they were left out before, or
 * nothing has told of them. Their kind is planned later in the same pass.
 */
export async function markChildren(walk: Walk, kind: Kind, { candidates, subjects }: Gathered): Promise<void> {
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
