import { todayIn } from '@tandem/sync/detect/context.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { remoteProblem } from '../gateway/remote-problem.ts'
import { type Answer, answer, type Failed, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import { missingRights, toldRights } from './rights.ts'

/**
 * The settings as they are stored when tasks about overdue invoices are switched on (R38c): they count from today, and
 * the sign-in may read and write tasks. The same object where nothing was to do. A problem: nothing is stored.
 */
export async function withTasksReady(
  tandem: Tandem,
  connection: Connection,
  wanted: ConnectionSettings,
): Promise<Answer<ConnectionSettings>> {
  if (!wanted.overdueTasks.isOn || connection.settings.overdueTasks.isOn) return answer(wanted)
  const settings = sinceToday(tandem, connection, wanted)
  if (connection.state !== 'ready') return answer(settings)
  return (await refused(tandem, { ...connection, settings })) ?? answer(settings)
}

/** What fell due before is left alone, unless the person says from when on it counts. */
function sinceToday(
  { clock }: Pick<Tandem, 'clock'>,
  { settings: before, reference }: Connection,
  wanted: ConnectionSettings,
): ConnectionSettings {
  const { overdueTasks } = wanted
  if (overdueTasks.since !== before.overdueTasks.since) return wanted
  const since = todayIn(reference?.xero.timeZone ?? 'UTC', clock.now())
  return { ...wanted, overdueTasks: { ...overdueTasks, since } }
}

/** No task has this id: the answer tells only whether tasks may be read at all. */
const NO_TASK = '1'

/** An older sign-in has no right to tasks: told now, and not by a sync that stops at the first invoice that is late. */
async function refused(tandem: Tandem, connection: Connection): Promise<Failed | null> {
  const missing = (await missingRights(tandem, connection)).filter(({ scope }) => scope.includes('.modules.tasks.'))
  if (missing.length > 0) {
    return problem(
      'remoteRefused',
      `The Zoho sign-in has no right to tasks. Missing: ${toldRights(missing)}.`,
      'Nothing was changed. Sign in again and allow what is asked: tandem connect zoho --renew --tasks.',
    )
  }
  const { zoho } = await tandem.gateway.openRemotes(connection, 'interactive')
  const read = await zoho.readRows('Tasks', [NO_TASK])
  if (read.type === 'ok') return null
  const failed = remoteProblem('zoho', read)
  if (read.type !== 'disconnected' || read.code !== 'scopeMissing') return failed
  return problem('remoteRefused', failed.problem.title, 'Sign in again: tandem connect zoho --renew --tasks.')
}
