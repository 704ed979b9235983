import { collectionsOf } from '../model/kind.ts'
import type { NewMark } from '../store/contract.ts'
import type { CollectionOf, Walk } from '../walk.ts'
import { refuseMassAbsence } from './absence-guard.ts'
import { collectionsInScope } from './detect.ts'
import { walkCollection } from './walk-collection.ts'

/**
 * A full comparison by values, not versions: heals what versions miss (xero.md 2.6) and notices what has vanished. It
 * only marks; a vanished record is confirmed by a direct read before anything is concluded (design section 4).
 */
export async function markEverything(walk: Walk): Promise<void> {
  const sweeps = await walk.lane.sweeps()
  for (const at of collectionsInScope(walk)) {
    const known = sweeps.find((sweep) => sweep.side === at.side && sweep.collection === at.collection)
    const isResumed = known !== undefined && known.finishedAt === null
    const sweep = isResumed ? known.sweep : (known?.sweep ?? 0) + 1
    const startedAt = isResumed ? known.startedAt : walk.ports.clock.now()
    await sweepCollection(walk, at, { sweep, startedAt, start: isResumed ? known.resumeAt : null })
    await finishSweep(walk, at, { sweep, startedAt })
  }
}

async function sweepCollection(
  walk: Walk,
  at: CollectionOf,
  of: { readonly sweep: number; readonly startedAt: number; readonly start: string | null },
): Promise<void> {
  let resumeAt = of.start
  await walkCollection(walk, at, {
    start: of.start,
    async onPage({ rows, anchor }) {
      const ids = rows.map((row) => row.id)
      const now = walk.ports.clock.now()
      const marks: NewMark[] = ids.map((remoteId) => ({
        side: at.side,
        collection: at.collection,
        remoteId,
        kind: at.kind,
        reason: 'sweep',
        dueAt: now,
      }))
      await walk.lane.markSeen(at.side, at.collection, ids, of.sweep)
      await walk.lane.mark(marks, null)
      walk.ports.crash.reached('C14')
      if (anchor === resumeAt) return
      resumeAt = anchor
      await walk.lane.saveSweep({
        side: at.side,
        collection: at.collection,
        sweep: of.sweep,
        resumeAt,
        startedAt: of.startedAt,
        finishedAt: null,
      })
    },
  })
}

async function finishSweep(
  walk: Walk,
  at: CollectionOf,
  of: { readonly sweep: number; readonly startedAt: number },
): Promise<void> {
  const unseen = await walk.lane.unseenParts(at.side, at.collection, of.sweep)
  // Whatever belongs to a link, members of summaries too: to the next sweep all of it is unseen.
  const linked = (await walk.lane.unseenParts(at.side, at.collection, of.sweep + 1)).length
  const isMain = collectionsOf(at.kind, at.side, walk.connection.settings.customerModel)[0] === at.collection
  if (isMain) refuseMassAbsence(walk, at, { linked, absent: unseen.length })
  const now = walk.ports.clock.now()
  await walk.lane.mark(
    unseen.map((ref) => ({ ...ref, kind: at.kind, reason: 'absent', dueAt: now })),
    null,
  )
  await walk.lane.saveSweep({
    side: at.side,
    collection: at.collection,
    sweep: of.sweep,
    resumeAt: null,
    startedAt: of.startedAt,
    finishedAt: now,
  })
}
