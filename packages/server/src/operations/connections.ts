import { mappingGeneration, validateSettings } from '@tandem/sync/mapping/generate.ts'
import type { Code } from '@tandem/sync/model/codes.ts'
import { looksAtLeads } from '@tandem/sync/model/kind.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { canonicalText } from '@tandem/sync/model/value.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { subscribeZoho, unsubscribeZoho } from '../connect/channels.ts'
import { type Answer, answer, type Failed, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import type { ConnectionView } from '../views/connection.ts'
import { valueSchema } from '../views/json-value.ts'
import { parseSettings } from '../views/settings.ts'
import { withDealsReady } from './deals-ready.ts'
import { withDeletesReady } from './deletes-ready.ts'
import { findConnection } from './find.ts'
import { handTasks } from './list-views.ts'
import { lookAgain } from './look-again.ts'
import { mappingChange, refusedMapping } from './mapping-change.ts'
import { refusedModel } from './model-guard.ts'
import { withNewKinds } from './new-kinds.ts'
import { withPaymentsSince } from './payments-since.ts'
import { withSendingSince } from './sending-since.ts'
import { withTasksReady } from './tasks-ready.ts'
import { toChoose } from './to-choose.ts'

export async function listConnections(tandem: Tandem): Promise<Answer<readonly ConnectionView[]>> {
  const all = await tandem.store.connections.list()
  return answer(await Promise.all(all.map((one) => connectionView(tandem, one))))
}

export async function showConnection(tandem: Tandem, id: string | undefined): Promise<Answer<ConnectionView>> {
  const found = await findConnection(tandem, id)
  return found.type === 'ok' ? answer(await connectionView(tandem, found.value)) : found
}

export async function connectionView(tandem: Tandem, connection: Connection): Promise<ConnectionView> {
  const counts = await tandem.store.reports.counts(connection.id)
  return {
    id: connection.id,
    name: connection.name,
    state: connection.state,
    pausedCode: connection.pausedCode,
    zohoOrg: connection.zoho.orgName,
    zohoDataCentre: connection.zoho.dataCentre,
    xeroTenant: connection.xero.tenantName,
    firstSyncDone: connection.firstSyncDone,
    links: { ...counts.links },
    marks: counts.marks,
    inbox: counts.inbox,
    toChoose: [...toChoose(connection)],
    toDo: handTasks(connection, tandem.config.language).map((task) => task.title),
  }
}

/** Gives the Xero connection back and stops Zoho's notifications; what was synced stays where it is. */
export async function disconnect(tandem: Tandem, id: string): Promise<Answer<ConnectionView>> {
  const found = await findConnection(tandem, id)
  if (found.type === 'problem') return found
  await unsubscribeZoho(tandem, found.value)
  const given = await tandem.gateway.disconnectXero(found.value.xero)
  if (given.type === 'problem') return given
  await tandem.store.connections.setState(found.value.id, 'disconnected', null)
  return answer({ ...(await connectionView(tandem, found.value)), state: 'disconnected' })
}

export async function readSettings(tandem: Tandem, id: string | undefined): Promise<Answer<ConnectionSettings>> {
  const found = await findConnection(tandem, id)
  return found.type === 'ok' ? answer(found.value.settings) : found
}

export async function saveSettings(tandem: Tandem, id: string, input: unknown): Promise<Answer<ConnectionSettings>> {
  const found = await findConnection(tandem, id)
  if (found.type === 'problem') return found
  const parsed = parseSettings(input)
  if (parsed.type === 'problem') return parsed
  const refused = await refusedModel(tandem, found.value, parsed.value)
  return refused ?? storeSettings(tandem, found.value, parsed.value)
}

/** Stores settings that were parsed; a mapping that cannot work changes nothing, a changed one waits for its preview. */
export async function storeSettings(
  tandem: Tandem,
  connection: Connection,
  chosen: ConnectionSettings,
): Promise<Answer<ConnectionSettings>> {
  const wanted = withSendingSince(tandem, connection, chosen)
  const remapped = mappingChange(connection.settings, wanted)
  const refused = newFaults(connection, wanted) ?? (remapped === 'keep' ? null : refusedMapping(connection, wanted))
  if (refused !== null) return refused
  const allowed = await withTasksReady(tandem, connection, wanted)
  if (allowed.type === 'problem') return allowed
  const complete = await withNewKinds(tandem, connection, allowed.value)
  if (complete.type === 'problem') return complete
  const ready = await withDealsReady(tandem, connection, complete.value)
  if (ready.type === 'problem') return ready
  const flagging = await withDeletesReady(tandem, connection, ready.value)
  if (flagging.type === 'problem') return flagging
  const settings = withPaymentsSince(tandem, connection, flagging.value)
  const isOther = changesMapping(connection, { ...settings, mapping: connection.settings.mapping })
  const isRelinked = settings.customerModel !== connection.settings.customerModel
  const change = isRelinked
    ? 'preview'
    : remapped === 'keep'
      ? isOther
        ? 'bump'
        : 'keep'
      : isOther
        ? 'preview'
        : remapped
  await tandem.store.connections.saveSettings(connection.id, settings, change)
  // A module more, or one less, to be told of.
  if (isWatchedOtherwise(connection.settings, settings)) await subscribeZoho(tandem, { ...connection, settings })
  // What waited for this choice goes on at once (R42b).
  await lookAgain(tandem, connection.id)
  if (connection.firstSyncDone) await tandem.store.queue.send({ name: 'pass.marks', key: connection.id, data: null })
  return answer(settings)
}

/** Does another module concern this connection now? One of a new kind was told of when its fields were made. */
function isWatchedOtherwise(before: ConnectionSettings, after: ConnectionSettings): boolean {
  if (before.wonDeals.isOn !== after.wonDeals.isOn || before.customerModel !== after.customerModel) return true
  return looksAtLeads(before) !== looksAtLeads(after)
}

const NEVER_CHOSEN: readonly Code[] = ['accountNotValid', 'taxNotValid']

/** A ledger account or tax rate that cannot do what it is chosen for is refused; one that went bad later is only told. */
function newFaults({ settings, reference }: Connection, wanted: ConnectionSettings): Failed | null {
  if (reference === null) return null
  const known = new Set(validateSettings(settings, reference).map((fault) => fault.detail))
  const faults = validateSettings(wanted, reference).filter(
    (fault) => NEVER_CHOSEN.includes(fault.code) && !known.has(fault.detail),
  )
  const [first] = faults
  if (first === undefined) return null
  const details = faults.map((fault) => fault.detail).join('; ')
  return problem('badInput', `These settings cannot be used: ${details} (${first.code}).`, 'Nothing was changed.')
}

/** Settings that decide what corresponds to what: shadows made under others are re-baselined (design section 3). */
const MAPPING_SETTINGS = [
  'kinds',
  'customerModel',
  'taxMap',
  'fieldPolicies',
  'invoicePrefix',
  'quotePrefix',
  'quoteStatusMap',
  'addToXero',
  'missingItems',
  'itemCodeCase',
  'deletedInXero',
] as const

function changesMapping({ settings: before, reference }: Connection, after: ConnectionSettings): boolean {
  if (MAPPING_SETTINGS.some((name) => textOf(before[name]) !== textOf(after[name]))) return true
  return reference !== null && mappingGeneration(before, reference) !== mappingGeneration(after, reference)
}

function textOf(setting: unknown): string {
  const parsed = valueSchema.safeParse(setting)
  return parsed.success ? canonicalText(parsed.data) : JSON.stringify(setting)
}
