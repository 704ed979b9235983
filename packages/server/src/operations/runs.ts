import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import { eventView, opView, runView } from '../views/from-engine.ts'
import type { EventView, OpView, RunView } from '../views/report.ts'
import { findConnections } from './find.ts'

export interface ListAsk {
  readonly connectionId: string | undefined
  readonly limit: number
}

export async function listRuns(tandem: Tandem, ask: ListAsk): Promise<Answer<readonly RunView[]>> {
  const found = await findConnections(tandem, ask.connectionId)
  if (found.type === 'problem') return found
  const lists = await Promise.all(found.value.map((one) => tandem.store.reports.runs(one.id, ask.limit)))
  const newest = lists.flat().sort((left, right) => right.startedAt - left.startedAt)
  return answer(newest.slice(0, ask.limit).map(runView))
}

export async function showRun(tandem: Tandem, id: string): Promise<Answer<RunView>> {
  const run = await tandem.store.reports.run(id)
  return run === undefined ? unknownRun(id) : answer(runView(run))
}

export async function runOps(tandem: Tandem, id: string): Promise<Answer<readonly OpView[]>> {
  const run = await tandem.store.reports.run(id)
  if (run === undefined) return unknownRun(id)
  if (run.planId === null) return answer([])
  return answer((await tandem.store.reports.planOps(run.planId)).map(opView))
}

function unknownRun(id: string) {
  return problem('notFound', `There is no run ${id}.`, 'See them with: tandem runs.')
}

export async function listEvents(tandem: Tandem, ask: ListAsk): Promise<Answer<readonly EventView[]>> {
  const found = await findConnections(tandem, ask.connectionId)
  if (found.type === 'problem') return found
  const lists = await Promise.all(found.value.map((one) => tandem.store.reports.events(one.id, ask.limit)))
  const newest = lists.flat().sort((left, right) => right.at - left.at)
  return answer(newest.slice(0, ask.limit).map(eventView))
}
