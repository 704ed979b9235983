import { idText, isObject } from '../model/json.ts'
import { guardProblem } from './guard.ts'
import type { Outcome } from './outcome.ts'
import type { WriteSession } from './write-records.ts'

/** Whether one stale record stops the whole batch is a switch (zoho-crm.md 3.6): then only the stale ones answer. */
export function guardBatch(session: WriteSession, data: readonly unknown[]): readonly Outcome[] | undefined {
  if (session.world.switches.is('batch412', 'perElement')) return undefined
  const stale: Outcome[] = []
  for (const raw of data) {
    const id = isObject(raw) ? idText(raw.id) : undefined
    const before = id === undefined ? undefined : session.world.table(session.module.apiName).get(id)
    const problem = before === undefined ? undefined : guardProblem(session, before)
    if (problem !== undefined) stale.push({ kind: 'refused', problem })
  }
  return stale.length === 0 ? undefined : stale
}
