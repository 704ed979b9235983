import { baseContext, NO_ITEMS } from '../detect/context.ts'
import { readFresh } from '../detect/read-fresh.ts'
import { plainView } from '../detect/views.ts'
import { formOfLink } from '../mapping/form.ts'
import { type Link, mainPart } from '../model/link.ts'
import type { Op } from '../model/op.ts'
import type { RecordRef, RemoteRecord } from '../model/record.ts'
import { otherSide, type Side } from '../model/side.ts'
import { saysAsBefore } from '../plan/edited-since.ts'
import { isAskedAbout } from '../plan/removals.ts'
import type { Walk } from '../walk.ts'

/**
 * Deletes are looked at once more right before they are sent, however young their plan is: the record that was deleted is
 * still gone (or put away), and its partner is still what may be deleted for it. An invoice that was paid meanwhile, or
 * a company that was restored, is planned again instead (R12c, C7).
 */
export async function dueRemovals(
  walk: Walk,
  ops: readonly Op[],
): Promise<{ readonly fit: readonly Op[]; readonly moved: readonly Op[] }> {
  const removals = ops.filter((op) => op.verb === 'delete')
  if (removals.length === 0) return { fit: ops, moved: [] }
  const found = await walk.lane.linksByIds([...new Set(removals.map((op) => op.linkId))])
  const links = new Map(found.map((link) => [link.id, link]))
  const refs = removals.flatMap((op) => refsOf(op, links.get(op.linkId)))
  for (const ref of refs) walk.cache.drop(ref)
  await readFresh(walk, refs, () => false)
  const moved = removals.filter((op) => !isStillDue(walk, op, links.get(op.linkId)))
  return { fit: ops.filter((op) => !moved.includes(op)), moved }
}

function refsOf(op: Op, link: Link | undefined): readonly RecordRef[] {
  return [refOfMain(link, op.side), refOfMain(link, otherSide(op.side))].filter((ref) => ref !== null)
}

function refOfMain(link: Link | undefined, side: Side): RecordRef | null {
  const part = link === undefined ? undefined : mainPart(link, side)
  return part === undefined || part.remoteId === null
    ? null
    : { side, collection: part.collection, remoteId: part.remoteId }
}

function isStillDue(walk: Walk, op: Op, link: Link | undefined): boolean {
  const target = recordOf(walk, refOfMain(link, op.side))
  const source = recordOf(walk, refOfMain(link, otherSide(op.side)))
  const mapping = walk.mapping(op.kind)
  // Edited since the plan has read it: whether that beats the delete is for the next plan.
  if (target === null || target.id !== op.remoteId || target.version !== op.beforeVersion) return false
  if (link === undefined || !isAsPlanned(walk, target, link)) return false
  if (op.side === 'zoho') return source === null || (mapping.ended?.(source) ?? null) !== null
  const context = { ...baseContext(walk, NO_ITEMS), linkId: op.linkId }
  const removal = mapping.removal?.(target, context)
  const [planned] = op.changes
  return (
    source === null && removal?.type === 'remove' && removal.from === planned?.before && removal.to === planned.after
  )
}

/**
 * What is typed into a row may leave the version as it was (zoho-crm.md 4.1), and so may a second edit in its second. Of what
 * differs already a person has said so, with this version before them; else nothing differed when it was planned.
 */
function isAsPlanned(walk: Walk, target: RemoteRecord, link: Link): boolean {
  const mapping = formOfLink(walk.mapping(link.kind), link)
  const context = { ...baseContext(walk, NO_ITEMS), linkId: link.id }
  const input = { mapping, fingerprint: walk.fingerprint }
  return (
    isAskedAbout(link, target, input) || saysAsBefore({ link, view: plainView(target.side, target), input, context })
  )
}

function recordOf(walk: Walk, ref: RecordRef | null): RemoteRecord | null {
  return ref === null ? null : (walk.cache.get(ref)?.record ?? null)
}
