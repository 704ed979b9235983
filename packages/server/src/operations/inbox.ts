import type { Resolution } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import { inboxItemView } from '../views/from-engine.ts'
import type { InboxItemView } from '../views/report.ts'
import type { ResolutionRequest } from '../views/resolution.ts'
import { findConnections } from './find.ts'
import { fittingResolution, itemNamed, waysOf } from './resolution.ts'

export async function listInbox(
  tandem: Tandem,
  connectionId: string | undefined,
): Promise<Answer<readonly InboxItemView[]>> {
  const found = await findConnections(tandem, connectionId)
  if (found.type === 'problem') return found
  const lists = await Promise.all(
    found.value.map(async (one) =>
      (await tandem.store.reports.inbox(one.id)).map((item) => inboxItemView(one.id, item)),
    ),
  )
  return answer(lists.flat())
}

/** Stores the decision; the next pass acts on it. */
export async function resolveItem(tandem: Tandem, wanted: string, request: ResolutionRequest): Promise<Answer<null>> {
  const all = await listInbox(tandem, undefined)
  if (all.type === 'problem') return all
  const item = itemNamed(all.value, wanted)
  if (item.type === 'problem') return item
  const fitting = fittingResolution(item.value, request)
  if (fitting.type === 'problem') return fitting
  const { id, connectionId } = item.value
  const resolution: Resolution = { ...fitting.value, at: tandem.clock.now() }
  switch (await tandem.store.reports.resolve(connectionId, id, resolution)) {
    case 'resolved':
      await tandem.store.queue.send({ name: 'pass.marks', key: connectionId, data: null })
      return answer(null)
    case 'unknownItem':
      return problem('notFound', `Inbox item ${id} has just been settled.`, 'See what is open with: tandem inbox.')
    case 'notPossible':
      return problem(
        'notPossible',
        `"${request.type}" is not possible here: ${reasonAgainst(fitting.value)}`,
        waysOf(item.value),
      )
  }
}

function reasonAgainst(request: ResolutionRequest): string {
  switch (request.type) {
    case 'link':
      return 'that record belongs to another pair already, or is just being written.'
    case 'detach':
      return 'it is just being written; try again in a minute.'
    case 'retry':
    case 'chooseKey':
    case 'delete':
    case 'choose':
      return 'its state does not allow it.'
  }
}
