import { detectedCollectionsOf, isCarried } from '../model/kind.ts'
import { SIDES, type Side } from '../model/side.ts'
import { type CollectionOf, kindsOf, report, type Walk } from '../walk.ts'
import { markTurned } from './calendar.ts'
import { pollDeleted } from './deleted.ts'
import { pollCollection } from './poll.ts'

/** Polls these sides for everything in scope: the two systems side by side, each system's collections in turn. */
export async function detect(walk: Walk, sides: readonly Side[]): Promise<void> {
  report(walk, { type: 'phase', runId: walk.runId, phase: 'detect' })
  const cursors = await walk.lane.cursors()
  await Promise.all(
    sides.map(async (side) => {
      // What others carry is noticed by them: it always changes the invoice that it settles (xero.md 2.6).
      const listed = collectionsInScope(walk).filter((at) => at.side === side && !isCarried(at.collection))
      for (const at of listed) {
        const cursorOf = (feed: 'modified' | 'deleted') =>
          cursors.find((cursor) => cursor.side === side && cursor.collection === at.collection && cursor.feed === feed)
        const known = cursorOf('modified')
        await pollCollection(walk, at, known)
        if (known !== undefined) await pollDeleted(walk, at, cursorOf('deleted'))
      }
    }),
  )
  await markTurned(walk)
}

/** Every collection of the kinds of this pass, on both sides. */
export function collectionsInScope(walk: Walk): readonly CollectionOf[] {
  return kindsOf(walk).flatMap((kind) =>
    SIDES.flatMap((side) =>
      detectedCollectionsOf(kind, side, walk.connection.settings).map((collection) => ({
        kind,
        side,
        collection,
      })),
    ),
  )
}
