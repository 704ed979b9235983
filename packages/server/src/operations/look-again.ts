import type { Code } from '@tandem/sync/model/codes.ts'
import { refKey } from '@tandem/sync/model/record.ts'
import type { NewMark } from '@tandem/sync/store/contract.ts'
import type { Tandem } from '../tandem.ts'

/** What a change of the settings may answer, beside what the engine sees by itself (a tax that is mapped now, R42b). */
export const ANSWERED_BY_SETTINGS = [
  'taxNotValid',
  'unmappedStatus',
  'accountNotValid',
  'mappingInvalid',
  'headerDiscount',
  'totalsDiffer',
  'onlineSaleContactMissing',
  'numberTaken',
  'dueDateMissing',
] as const satisfies readonly Code[]

/** Has everything that waits for the settings planned anew: a hold owns its marks, and nothing else would. */
export async function lookAgain(tandem: Tandem, connectionId: string): Promise<void> {
  const { store, clock } = tandem
  const inbox = await store.reports.inbox(connectionId)
  const dueAt = clock.now()
  const marks = inbox
    .filter(({ code }) => ANSWERED_BY_SETTINGS.some((answered) => answered === code))
    .flatMap(({ kind, refs }) =>
      refs.map(({ side, collection, remoteId }): NewMark => {
        return { side, collection, remoteId, kind, reason: 'retry', dueAt }
      }),
    )
  const unique = [...new Map(marks.map((mark) => [refKey(mark), mark])).values()]
  if (unique.length > 0) await store.connections.mark(connectionId, unique)
}
