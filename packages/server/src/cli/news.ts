import type { Language } from '@tandem/sync/model/code-texts.ts'
import type { Operations } from '../operations/contract.ts'
import type { PassResultView } from '../views/task.ts'
import { causeLines } from './render/causes.ts'
import { plural } from './render/words.ts'

/** What a run has put into the inbox, by cause, and how much waits there altogether. */
export async function newsLines(
  operations: Operations,
  { report, runId }: PassResultView,
  language: Language,
): Promise<readonly string[]> {
  if (report === null || runId === null || report.waiting === 0) return []
  const verb = report.waiting === 1 ? 'waits' : 'wait'
  const total = `${plural(report.waiting, 'item')} ${verb} in the inbox: tandem inbox`
  if (report.opened === 0) return [total]
  const run = await operations.run(runId)
  if (run.type === 'problem') return [total]
  const { connectionId, startedAt } = run.value
  const inbox = await operations.inbox(connectionId)
  const opened = inbox.type === 'ok' ? inbox.value.filter((item) => item.openedAt >= startedAt) : []
  return ['New in the inbox, by cause:', ...causeLines(opened, language), total]
}
