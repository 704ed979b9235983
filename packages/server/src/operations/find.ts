import type { Plan } from '@tandem/sync/model/plan.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'

export const HOW_TO_CONNECT = 'Connect both systems first: tandem connect zoho, then tandem connect xero.'

/** The connections that a question is about: the one named (by id or name), or all. */
export async function findConnections(
  tandem: Tandem,
  wanted: string | undefined,
): Promise<Answer<readonly Connection[]>> {
  const all = await tandem.store.connections.list()
  if (wanted === undefined) return answer(all)
  const found = all.filter((one) => one.id === wanted || one.name === wanted)
  if (found.length === 1) return answer(found)
  if (all.length === 0) return problem('notConnected', 'There is no connection yet.', HOW_TO_CONNECT)
  const known = all.map((one) => `${one.id} (${one.name})`).join(', ')
  if (found.length > 1)
    return problem('badInput', `Several connections are named "${wanted}".`, `Use the id: ${known}.`)
  return problem('notFound', `There is no connection "${wanted}".`, `Known: ${known}.`)
}

/** The one connection that an action is about; may be left unsaid while there is only one. */
export async function findConnection(tandem: Tandem, wanted: string | undefined): Promise<Answer<Connection>> {
  const found = await findConnections(tandem, wanted)
  if (found.type === 'problem') return found
  const live = wanted === undefined ? found.value.filter((one) => one.state !== 'disconnected') : found.value
  const [first, second] = live
  if (first === undefined) return problem('notConnected', 'There is no connection yet.', HOW_TO_CONNECT)
  if (second === undefined) return answer(first)
  const known = live.map((one) => `${one.id} (${one.name})`).join(', ')
  return problem('badInput', 'There are several connections.', `Name one with --connection: ${known}.`)
}

export async function findPlan(
  tandem: Tandem,
  planId: string,
): Promise<Answer<{ readonly connection: Connection; readonly plan: Plan }>> {
  for (const connection of await tandem.store.connections.list()) {
    const plan = (await tandem.store.reports.plans(connection.id)).find((one) => one.id === planId)
    if (plan !== undefined) return answer({ connection, plan })
  }
  return problem('notFound', `There is no plan ${planId}.`, 'Make one with: tandem plan.')
}
