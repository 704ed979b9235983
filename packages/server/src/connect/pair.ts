import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import type { Connection, XeroEnd, ZohoEnd } from '@tandem/sync/store/contract.ts'
import { connectionView } from '../operations/connections.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import type { ConnectionView } from '../views/connection.ts'
import { subscribeZoho } from './channels.ts'

export interface Paired {
  readonly connection: ConnectionView
  /** What was done beside, and what could not be, for the person who connects. */
  readonly notes: readonly string[]
}

/**
 * Makes a connection of two signed-in ends: reads both organisations, provisions the CRM fields, suggests the tax map,
 * and only then stores it, ready or not at all.
 */
export async function pair(tandem: Tandem, ends: Ends): Promise<Answer<Paired>> {
  const all = await tandem.store.connections.list()
  const holder = all.find((one) => one.state !== 'disconnected' && overlaps(one, ends) !== 'not')
  if (holder !== undefined) return takenBy(holder.name)
  const former = all.filter((one) => one.state === 'disconnected' && overlaps(one, ends) !== 'not')
  const same = former.find((one) => overlaps(one, ends) === 'both')
  const draft: Connection = same === undefined ? draftConnection(tandem, ends) : { ...same, ...ends }
  const prepared = await tandem.gateway.prepare(draft)
  if (prepared.type === 'problem') return prepared
  for (const one of former) if (one !== same) await giveFree(tandem, one)
  const { settings, reference } = prepared.value
  const ready: Connection = { ...draft, settings, reference, referenceAt: tandem.clock.now(), state: 'ready' }
  const stored = same === undefined ? await storeNew(tandem, ready) : await storeAgain(tandem, ready)
  if (stored.type === 'taken') return takenBy(stored.by)
  const notes = [...prepared.value.notes, ...(await channelNotes(tandem, ready))]
  return answer({ connection: await connectionView(tandem, ready), notes })
}

interface Ends {
  readonly zoho: ZohoEnd
  readonly xero: XeroEnd
}

/** R03: strictly one to one, so that one end in common is enough to be in the way. */
function overlaps(one: Connection, ends: Ends): 'both' | 'one' | 'not' {
  const shared = [isSameOrg(one.zoho, ends.zoho), one.xero.tenantId === ends.xero.tenantId].filter(Boolean).length
  return shared === 2 ? 'both' : shared === 1 ? 'one' : 'not'
}

async function storeNew(tandem: Tandem, ready: Connection) {
  const { generation: _generation, firstSyncDone: _done, ...fresh } = ready
  return tandem.store.connections.create(fresh)
}

/** The same two organisations as before a disconnect: their links, choices and history go on. */
async function storeAgain(tandem: Tandem, { id, zoho, xero, settings, reference }: Connection) {
  const { connections } = tandem.store
  const saved = await connections.setEnds(id, { zoho, xero })
  if (saved.type === 'taken') return saved
  await connections.saveSettings(id, settings, 'keep')
  if (reference !== null) await connections.saveReference(id, reference, tandem.clock.now())
  await connections.setState(id, 'ready', null)
  return saved
}

/** A connection that has ended keeps its history, but no longer its organisations. */
async function giveFree(tandem: Tandem, { id, zoho, xero }: Connection): Promise<void> {
  await tandem.store.connections.setEnds(id, { zoho: { ...zoho, zgid: '' }, xero: { ...xero, tenantId: '' } })
}

export function takenBy(name: string) {
  return problem(
    'taken',
    `That organisation is already part of the connection "${name}": one Zoho org and one Xero organisation are paired strictly one to one.`,
    'To renew its sign-in, add --renew; to pair it anew, disconnect it first: tandem connections disconnect ID.',
  )
}

export function isSameOrg(left: ZohoEnd, right: ZohoEnd): boolean {
  return left.zgid === right.zgid && left.dataCentre === right.dataCentre
}

function draftConnection(tandem: Tandem, ends: Ends): Connection {
  return {
    id: tandem.chance.uuid(),
    name: `${ends.zoho.orgName} - ${ends.xero.tenantName}`,
    zoho: ends.zoho,
    xero: ends.xero,
    settings: { ...DEFAULT_SETTINGS, publicUrl: tandem.config.publicUrl },
    generation: 1,
    state: 'connecting',
    pausedCode: null,
    reference: null,
    referenceAt: null,
    firstSyncDone: false,
  }
}

async function channelNotes(tandem: Tandem, connection: Connection): Promise<readonly string[]> {
  const outcome = await subscribeZoho(tandem, connection)
  switch (outcome.type) {
    case 'subscribed':
      return ['Zoho tells us of every save.']
    case 'notReachable':
      return [`Changes in Zoho are found by polling: ${outcome.reason}.`]
    case 'failed':
      return [`Zoho refused to notify us (${outcome.reason}); its changes are found by polling.`]
  }
}
