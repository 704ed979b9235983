import type { Code } from './model/codes.ts'
import type { Store } from './store/contract.ts'

const LOST: ReadonlySet<Code> = new Set([
  'reconnectNeeded',
  'scopeMissing',
  'organisationUnreachable',
  'organisationChanged',
  'permissionMissing',
])

/** Only the loss of a connection pauses it, so that a person is asked; a refused read is that run's failure alone. */
export async function pauseIfLost(store: Store, connectionId: string, code: Code): Promise<void> {
  if (LOST.has(code)) await store.connections.setState(connectionId, 'paused', code)
}
