import type { Resolution } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import { inboxItemView } from '../views/from-engine.ts'
import type { InboxItemView } from '../views/report.ts'
import type { ResolutionRequest } from '../views/resolution.ts'
import { findConnections } from './find.ts'

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
export async function resolveItem(tandem: Tandem, itemId: string, request: ResolutionRequest): Promise<Answer<null>> {
  const all = await listInbox(tandem, undefined)
  if (all.type === 'problem') return all
  const item = all.value.find((one) => one.id === itemId)
  if (item === undefined) return unknownItem(itemId)
  const resolution: Resolution = { ...request, at: tandem.clock.now() }
  switch (await tandem.store.reports.resolve(item.connectionId, itemId, resolution)) {
    case 'resolved':
      await tandem.store.queue.send({ name: 'pass.marks', key: item.connectionId, data: null })
      return answer(null)
    case 'unknownItem':
      return unknownItem(itemId)
    case 'notPossible':
      return problem(
        'notPossible',
        `"${request.type}" does not fit this ${item.type} (${item.code}).`,
        item.type === 'conflict'
          ? 'Choose a side: --choose zoho or --choose xero.'
          : 'Try --retry, --link or --detach.',
      )
  }
}

function unknownItem(id: string) {
  return problem('notFound', `There is no open inbox item ${id}.`, 'See them with: tandem inbox.')
}
