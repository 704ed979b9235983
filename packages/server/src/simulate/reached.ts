import type { Op } from '@tandem/sync/model/op.ts'
import type { Course } from './course.ts'
import { CONNECTION_ID, type World } from './world.ts'

/** What a campaign must have met now and then, or it has shown nothing (the "sometimes" of Antithesis). */
export const SOMETIMES = [
  'conflictResolved',
  'recordAdopted',
  'unknownOpRecovered',
  'holdReleased',
  'quarantine',
  'rebaselined',
] as const
export type Sometimes = (typeof SOMETIMES)[number]
export type Reached = Readonly<Record<Sometimes, number>>

export async function reachedIn(world: World, course: Course): Promise<Reached> {
  const { reports } = world.store
  const conflicts = await reports.conflicts(CONNECTION_ID, 10_000)
  const ops: Op[] = []
  for (const plan of await reports.plans(CONNECTION_ID)) ops.push(...(await reports.planOps(plan.id)))
  const lost = ops.filter((op) => op.state === 'superseded' && op.code === 'remoteTimedOut')
  return {
    conflictResolved: conflicts.filter((one) => one.winner !== null && one.policy !== 'firstLink').length,
    recordAdopted: await adopted(world, lost, ops),
    unknownOpRecovered: lost.length,
    holdReleased: course.desk.done.resolved.retry,
    quarantine: course.counters.quarantines,
    rebaselined: course.desk.done.rebaselined,
  }
}

/** Creates without an answer whose record was found and linked, not made again. */
async function adopted(world: World, lost: readonly Op[], ops: readonly Op[]): Promise<number> {
  let count = 0
  for (const op of lost.filter(({ verb, role }) => verb === 'create' && role === 'main')) {
    const isRepeated = ops.some(
      (other) =>
        other.linkId === op.linkId && other.verb === 'create' && other.role === 'main' && other.state === 'confirmed',
    )
    const link = await world.store.reports.link(op.linkId)
    const isThere = link?.parts.some((part) => part.side === op.side && part.role === 'main' && part.remoteId !== null)
    if (isThere === true && !isRepeated) count += 1
  }
  return count
}
