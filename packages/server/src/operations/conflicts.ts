import { type Answer, answer } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import { conflictView } from '../views/from-engine.ts'
import type { ConflictView } from '../views/report.ts'
import { findConnections } from './find.ts'
import type { ListAsk } from './runs.ts'

export async function listConflicts(tandem: Tandem, ask: ListAsk): Promise<Answer<readonly ConflictView[]>> {
  const found = await findConnections(tandem, ask.connectionId)
  if (found.type === 'problem') return found
  const lists = await Promise.all(
    found.value.map(async (one) =>
      (await tandem.store.reports.conflicts(one.id, ask.limit)).map((conflict) => conflictView(one.id, conflict)),
    ),
  )
  const newest = lists.flat().sort((left, right) => right.openedAt - left.openedAt)
  return answer(newest.slice(0, ask.limit))
}
