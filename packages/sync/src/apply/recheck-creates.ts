import { readFresh } from '../detect/read-fresh.ts'
import type { Op } from '../model/op.ts'
import type { Walk } from '../walk.ts'

/**
 * Creates that the mapping wants looked at once more right before they are sent, however young their plan is: of a
 * payment, whether its invoice is still open for it, and whether it has not been made by now (I2).
 */
export async function dueCreates(
  walk: Walk,
  ops: readonly Op[],
): Promise<{ readonly fit: readonly Op[]; readonly moved: readonly Op[] }> {
  const moved: Op[] = []
  for (const op of ops) {
    const look =
      op.verb === 'create' && op.role === 'main' && op.side === 'xero' ? walk.mapping(op.kind).lastLook : undefined
    const refs = look?.refs(op.payload) ?? []
    if (look === undefined || refs.length === 0) continue
    for (const ref of refs) walk.cache.drop(ref)
    await readFresh(walk, refs, () => false)
    const records = refs.flatMap((ref) => walk.cache.get(ref)?.record ?? [])
    if (!look.isDue(op.payload, records, op.linkId)) moved.push(op)
  }
  return { fit: ops.filter((op) => !moved.includes(op)), moved }
}
