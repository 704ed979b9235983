import type { PassRequest } from '@tandem/sync/engine.ts'
import { KINDS } from '@tandem/sync/model/kind.ts'
import type { Connection, RunScope, RunTrigger } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import { passResultView, progressView } from '../views/from-engine.ts'
import type { TaskRequest, TaskView } from '../views/task.ts'
import { findConnection } from './find.ts'
import { approveForRun } from './plans.ts'
import type { TaskBoard } from './tasks.ts'
import { walk } from './walk.ts'

/** Starts a preview or a sync; comes back at once with the task to follow. */
export async function startTask(tandem: Tandem, board: TaskBoard, request: TaskRequest): Promise<Answer<TaskView>> {
  const found = await findConnection(tandem, request.connectionId)
  if (found.type === 'problem') return found
  const scope = scopeOf(tandem, found.value, request)
  if (scope.type === 'problem') return scope
  const approved = await approveForRun(tandem, found.value, request)
  if (approved.type === 'problem') return approved
  const pass: PassRequest = {
    connectionId: found.value.id,
    trigger: triggerOf(found.value, scope.value),
    scope: scope.value,
    priority: 'interactive',
    until: request.until,
    approvedPlanId: approved.value,
    detect: request.sweep === true || (await isRemapped(tandem, found.value)) ? 'sweep' : 'lists',
  }
  return answer(
    board.start(found.value.id, async (report) => {
      const walked = await walk(tandem, pass, (event) => report(progressView(event)))
      return walked.type === 'ok' ? answer(passResultView(walked.value)) : walked
    }),
  )
}

/** Links were made under an older mapping and nobody has approved the new one: everything is compared anew. */
async function isRemapped(tandem: Tandem, { id, generation, firstSyncDone }: Connection): Promise<boolean> {
  if (firstSyncDone || generation === 1) return false
  const { links } = await tandem.store.reports.counts(id)
  return Object.values(links).some((count) => count > 0)
}

function triggerOf(connection: Connection, scope: RunScope): RunTrigger {
  if (scope.since !== null) return 'historical'
  return connection.firstSyncDone ? 'manual' : 'firstSync'
}

const DAY_MS = 86_400_000

function scopeOf(tandem: Tandem, connection: Connection, request: TaskRequest): Answer<RunScope> {
  const { kinds } = connection.settings
  if (connection.state === 'disconnected') {
    return problem('notConnected', `${connection.name} is disconnected.`, 'Connect it again: tandem connect zoho.')
  }
  const off = (request.kinds ?? []).filter((kind) => !kinds[kind].isOn)
  if (off.length > 0) {
    const fix = off.map((kind) => `tandem settings set kinds.${kind}.isOn=true`).join('; ')
    return problem('badInput', `Switched off in the settings: ${off.join(', ')}.`, `To switch on: ${fix}.`)
  }
  if (request.since !== undefined && request.days !== undefined) {
    return problem('badInput', 'Both --since and --days are given.', 'Give one of them.')
  }
  const since =
    request.days === undefined
      ? (request.since ?? null)
      : new Date(tandem.clock.now() - request.days * DAY_MS).toISOString()
  const chosen = request.kinds ?? KINDS.filter((kind) => kinds[kind].isOn)
  return answer({ kinds: chosen, mode: request.mode ?? 'both', since })
}
