import { isSource, type ZohoCollection, zohoModulesOf } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { subscribeZoho } from '../connect/channels.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'

/** Where a person sees what a custom module would have held. */
function insteadOf(module: ZohoCollection): string {
  switch (module) {
    case 'XeroAccounts':
      return 'The chart of accounts is to be seen in Xero alone then.'
    case 'XeroPayments':
      return 'What is paid is to be seen on the invoices themselves.'
    default:
      return ''
  }
}

/**
 * Settings that switch a kind on need its fields in the CRM, and a custom module where it has one: both are made before
 * the settings are stored, or nothing is changed.
 */
export async function withNewKinds(
  tandem: Tandem,
  connection: Connection,
  settings: ConnectionSettings,
): Promise<Answer<ConnectionSettings>> {
  const isReady = (of: ConnectionSettings) => (module: string) => (of.provisioned.xeroId[module] ?? '') !== ''
  // What invoices are only made from (deals) has no partner in Xero to name.
  const modules = zohoModulesOf(settings).filter((module) => !isSource(module))
  const known = zohoModulesOf(connection.settings)
  const added = modules.filter((module) => !known.includes(module))
  if (connection.state !== 'ready' || added.every(isReady(settings))) return answer(settings)
  const draft = { ...connection, settings }
  const prepared = await tandem.gateway.prepare(draft)
  if (prepared.type === 'problem') return prepared
  const missing = modules.filter((module) => !isReady(prepared.value.settings)(module))
  if (missing.length > 0) {
    return problem(
      'remoteRefused',
      `Zoho CRM does not let us make the module ${missing.join(' and ')}: its edition has no custom modules, or the signed-in user may not make them.`,
      `Nothing was changed. ${missing.map(insteadOf).join(' ')}`.trimEnd(),
    )
  }
  await tandem.store.connections.saveReference(connection.id, prepared.value.reference, tandem.clock.now())
  await subscribeZoho(tandem, { ...draft, settings: prepared.value.settings })
  return answer(prepared.value.settings)
}
