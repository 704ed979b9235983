import { KINDS, zohoModulesOf } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { type Answer, answer } from '../problem.ts'
import type { Tandem } from '../tandem.ts'

/**
 * The settings with the CRM fields that a kind needs which they switch on: made before anything of it is synced, as when
 * a connection is made (R05). The same object where nothing was missing. A problem: Zoho did not let us, and nothing is
 * stored.
 */
export async function withFieldsInPlace(
  tandem: Tandem,
  connection: Connection,
  settings: ConnectionSettings,
): Promise<Answer<ConnectionSettings>> {
  const isNew = KINDS.some((kind) => settings.kinds[kind].isOn && !connection.settings.kinds[kind].isOn)
  const isMissing = zohoModulesOf(settings).some((module) => (settings.provisioned.xeroId[module] ?? '') === '')
  if (connection.state !== 'ready' || !isNew || !isMissing) return answer(settings)
  const prepared = await tandem.gateway.prepare({ ...connection, settings })
  if (prepared.type === 'problem') return prepared
  await tandem.store.connections.saveReference(connection.id, prepared.value.reference, tandem.clock.now())
  return answer({ ...settings, provisioned: prepared.value.settings.provisioned })
}
