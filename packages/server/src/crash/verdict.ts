import type { LoggedRequest } from '@tandem/sandbox'
import type { Store } from '@tandem/sync/store/contract.ts'
import { faultsOf, judge } from '../rig/oracle.ts'
import { type BothStates, readStates } from '../rig/oracle-state.ts'
import type { Sandboxes } from '../sandboxes/sandboxes.ts'
import { type Edit, shownValue } from './edits.ts'
import { updatesByLink } from './writes.ts'

export interface Ended {
  readonly sandboxes: Sandboxes
  readonly store: Store
  readonly connectionId: string
  readonly edits: readonly Edit[]
  /** Since the people began. */
  readonly writes: readonly LoggedRequest[]
}

/** What is wrong once all is at rest: both sides correspond (I1), nothing stands twice (I2), no edit is lost (I3), none was written to and fro (I5). */
export async function complaintsAtRest(ended: Ended): Promise<readonly string[]> {
  const { store, connectionId } = ended
  const sandboxes = { zoho: ended.sandboxes.zoho.sandbox, xero: ended.sandboxes.xero.sandbox }
  const connection = await store.connections.get(connectionId)
  if (connection === undefined) return ['the connection is gone']
  const states = await readStates(sandboxes)
  const verdict = await judge({ ...sandboxes, store, connectionId, settings: async () => connection.settings })
  return [
    ...faultsOf(verdict).map((fault) => `I1/I2: ${fault}`),
    ...(await lostEdits(ended, states)),
    ...pingPong(ended, states),
  ]
}

const CONFLICTS_READ = 1_000

/** An edit is the final value, or somebody who saw it typed another one, or it stands in a conflict row. */
async function lostEdits({ store, connectionId, edits }: Ended, states: BothStates): Promise<readonly string[]> {
  const conflicts = JSON.stringify(await store.reports.conflicts(connectionId, CONFLICTS_READ))
  const inConflict = (edit: Edit) =>
    edit.field === 'price'
      ? conflicts.includes(`"${edit.value}"`)
      : conflicts.replace(/[^\d"]/g, '').includes(`${edit.value}"`)
  return edits.flatMap((edit, index) => {
    const isFinal = sameValue(shownValue(states, edit), edit.value)
    const wasSeen = edits
      .slice(index + 1)
      .some((later) => later.field === edit.field && sameValue(later.seen, edit.value))
    if (isFinal || wasSeen || inConflict(edit)) return []
    return [
      `I3: the ${edit.field} ${edit.value} typed in ${edit.side} (${edit.id}) is gone: now ${shownValue(states, edit)}`,
    ]
  })
}

function sameValue(left: string, right: string): boolean {
  return left === right || (left.includes('.') && Number(left) === Number(right))
}

const WRITES_PER_EDIT = 2

/** Two writes an edit; one of our own creates counts as one, for the cross-reference that follows it. */
function pingPong({ edits, writes }: Ended, states: BothStates): readonly string[] {
  const xeroIds = new Map(
    [...states.zoho.records.Accounts, ...states.zoho.records.Products].map((one) => [one.Xero_ID, one.id]),
  )
  return [...updatesByLink(writes, states)].flatMap(([link, count]) => {
    const ofLink = edits.filter((edit) => edit.id === link || xeroIds.get(edit.id) === link).length
    const limit = WRITES_PER_EDIT * Math.max(1, ofLink)
    return count > limit ? [`I5: ${count} updates of the link of ${link}, whose people made ${ofLink} edits`] : []
  })
}
