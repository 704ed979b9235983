import type { PlanChunk } from '../../model/plan.ts'
import { refKey } from '../../model/record.ts'

/** Links that the chunk decided something about: their holds that are not repeated are stale. */
export function touchedLinks(chunk: PlanChunk): Set<string> {
  const ids = new Set<string>()
  for (const link of chunk.newLinks) ids.add(link.id)
  for (const change of chunk.linkChanges) ids.add(change.linkId)
  for (const op of chunk.ops) ids.add(op.linkId)
  for (const part of chunk.settled) ids.add(part.linkId)
  for (const conflict of chunk.conflicts) ids.add(conflict.linkId)
  for (const hold of chunk.holds) if (hold.linkId !== null) ids.add(hold.linkId)
  return ids
}

/** Records that the chunk decided something about, by `refKey`: the same for holds that have no link yet. */
export function touchedRefs(chunk: PlanChunk): Set<string> {
  const keys = new Set<string>()
  for (const ref of chunk.clear) keys.add(refKey(ref))
  for (const hold of chunk.holds) for (const ref of hold.marks) keys.add(refKey(ref))
  const parts = [
    ...chunk.newLinks.flatMap((link) => link.parts),
    ...chunk.linkChanges.flatMap((change) => change.addParts),
  ]
  for (const { side, collection, remoteId } of parts) {
    if (remoteId !== null) keys.add(refKey({ side, collection, remoteId }))
  }
  return keys
}

/** The chunk without everything that concerns these links (their records turned out to be in another link). */
export function withoutLinks(chunk: PlanChunk, dropped: ReadonlySet<string>): PlanChunk {
  if (dropped.size === 0) return chunk
  return {
    ...chunk,
    newLinks: chunk.newLinks.filter((link) => !dropped.has(link.id)),
    linkChanges: chunk.linkChanges.filter((change) => !dropped.has(change.linkId)),
    ops: chunk.ops.filter((op) => !dropped.has(op.linkId)),
    settled: chunk.settled.filter((part) => !dropped.has(part.linkId)),
    conflicts: chunk.conflicts.filter((conflict) => !dropped.has(conflict.linkId)),
    holds: chunk.holds.filter((hold) => hold.linkId === null || !dropped.has(hold.linkId)),
  }
}

export function fieldKey(row: { readonly linkId: string; readonly field: string }): string {
  return `${row.linkId} ${row.field}`
}

/** Conflicts that this chunk replaces or settles: asked again, found equal, or a choice obeyed. */
export function spentFields(chunk: PlanChunk): Set<string> {
  const spent = new Set(chunk.conflicts.map(fieldKey))
  for (const { linkId, shadow } of chunk.settled) {
    for (const field of Object.keys(shadow)) spent.add(fieldKey({ linkId, field }))
  }
  for (const { linkId, changes } of chunk.ops) {
    for (const { field, reason } of changes) if (reason === 'conflictWon') spent.add(fieldKey({ linkId, field }))
  }
  return spent
}
