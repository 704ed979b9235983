import { flaggedModules } from '@tandem/sync/mapping/generate.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Answer, answer } from '../problem.ts'
import type { Tandem } from '../tandem.ts'

/**
 * The settings as they are stored when a delete switch of the CRM begins to flag: with the checkbox that says so, made
 * before they are stored (R12c). The same object where nothing was to do. A problem: nothing is stored.
 */
export async function withDeletesReady(
  tandem: Tandem,
  connection: Connection,
  wanted: ConnectionSettings,
): Promise<Answer<ConnectionSettings>> {
  const missing = flaggedModules(wanted).filter((module) => (wanted.provisioned.deletedInXero[module] ?? '') === '')
  if (missing.length === 0 || connection.state !== 'ready') return answer(wanted)
  const prepared = await tandem.gateway.prepare({ ...connection, settings: wanted })
  if (prepared.type === 'problem') return prepared
  await tandem.store.connections.saveReference(connection.id, prepared.value.reference, tandem.clock.now())
  return answer({ ...wanted, provisioned: prepared.value.settings.provisioned })
}
