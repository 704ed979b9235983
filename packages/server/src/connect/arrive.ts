import type { Side } from '@tandem/sync/model/side.ts'
import type { Connection, XeroEnd, ZohoEnd } from '@tandem/sync/store/contract.ts'
import type { XeroGrant } from '../gateway/contract.ts'
import { connectionView } from '../operations/connections.ts'
import type { ConsentRequest } from '../operations/contract.ts'
import { missingRights, toldRights } from '../operations/rights.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import type { ConsentView } from '../views/connection.ts'
import { subscribeZoho } from './channels.ts'
import { isSameOrg, pair, takenBy } from './pair.ts'
import { clearPending, type Pending, readPending, writePending } from './pending.ts'
import { renewFields } from './renew-fields.ts'

export interface Arrival {
  readonly system: Side
  readonly purpose: ConsentRequest['purpose']
  readonly query: URLSearchParams
}

/** Somebody came back from a consent page with a state of ours: exchange the code, then renew, pair, or wait for the other end. */
export async function arrive(tandem: Tandem, arrival: Arrival): Promise<Answer<ConsentView>> {
  const { system, query } = arrival
  const name = system === 'zoho' ? 'Zoho CRM' : 'Xero'
  const error = query.get('error')
  if (error === 'access_denied') {
    return problem(
      'consentDenied',
      `${name} says that access was not allowed.`,
      `Start again: tandem connect ${system}.`,
    )
  }
  if (error !== null) {
    return problem('consentDenied', `${name} refused the sign-in (${error.slice(0, 60)}).`, CHECK_APP)
  }
  const code = query.get('code')
  if (code === null)
    return problem('badInput', 'The callback carries no code.', `Start again: tandem connect ${system}.`)
  return system === 'zoho' ? arriveZoho(tandem, arrival, code) : arriveXero(tandem, arrival, code)
}

const CHECK_APP = 'Check the scopes and the redirect URI of the app against .env.example.'

async function arriveZoho(tandem: Tandem, { purpose, query }: Arrival, code: string): Promise<Answer<ConsentView>> {
  const end = await tandem.gateway.finishZoho({
    code,
    location: query.get('location') ?? '',
    accountsServer: query.get('accounts-server') ?? '',
  })
  if (end.type === 'problem') return end
  const holder = await holderOf(tandem, (one) => isSameOrg(one.zoho, end.value))
  if (holder !== undefined) {
    if (purpose === 'connect' && holder.state === 'ready') return takenBy(holder.name)
    return renew(tandem, holder, { zoho: end.value, xero: holder.xero })
  }
  const pending = { ...(await readPending(tandem.folder)), zoho: end.value }
  await writePending(tandem.folder, pending)
  return settlePair(tandem, pending)
}

async function arriveXero(tandem: Tandem, { purpose }: Arrival, code: string): Promise<Answer<ConsentView>> {
  const grant = await tandem.gateway.finishXero(code)
  if (grant.type === 'problem') return grant
  const ids = new Set(grant.value.tenants.map((one) => one.tenantId))
  const broken = await holderOf(tandem, (one) => ids.has(one.xero.tenantId) && one.state === 'paused')
  const named = await holderOf(tandem, (one) => ids.has(one.xero.tenantId))
  const holder = purpose === 'renew' ? named : broken
  if (holder !== undefined) return renew(tandem, holder, { zoho: holder.zoho, xero: xeroEndOf(holder, grant.value) })
  const free = await freeTenants(tandem, grant.value)
  if (free.length === 0) return takenBy(named?.name ?? 'another connection')
  const [only, second] = free
  const chosen = only !== undefined && second === undefined ? only.tenantId : null
  const xero = { credentialId: grant.value.credentialId, tenants: [...free], chosen }
  const pending = { ...(await readPending(tandem.folder)), xero }
  await writePending(tandem.folder, pending)
  return settlePair(tandem, pending)
}

/** Both ends there and chosen: a connection. Otherwise says what is missing. */
export async function settlePair(tandem: Tandem, pending: Pending): Promise<Answer<ConsentView>> {
  const { zoho, xero } = pending
  if (xero !== null && xero.chosen === null) {
    return answer({ type: 'chooseTenant', tenants: xero.tenants.map(({ tenantId, name }) => ({ tenantId, name })) })
  }
  const tenant = xero?.tenants.find((one) => one.tenantId === xero.chosen)
  if (xero === null || tenant === undefined) return answer(half('zoho', zoho?.orgName ?? ''))
  if (zoho === null) return answer(half('xero', tenant.name))
  const end: XeroEnd = {
    credentialId: xero.credentialId,
    xeroConnectionId: tenant.xeroConnectionId,
    tenantId: tenant.tenantId,
    tenantName: tenant.name,
  }
  const paired = await pair(tandem, { zoho, xero: end })
  if (paired.type === 'problem') return paired
  await clearPending(tandem.folder)
  return answer({ type: 'connected', connection: paired.value.connection, notes: [...paired.value.notes] })
}

function half(system: Side, organisation: string): ConsentView {
  return { type: 'half', system, organisation }
}

async function renew(
  tandem: Tandem,
  connection: Connection,
  ends: { readonly zoho: ZohoEnd; readonly xero: XeroEnd },
): Promise<Answer<ConsentView>> {
  const saved = await tandem.store.connections.setEnds(connection.id, ends)
  if (saved.type === 'taken') return takenBy(saved.by)
  await tandem.store.connections.setState(connection.id, 'ready', null)
  const renewed: Connection = { ...connection, ...ends, state: 'ready', pausedCode: null }
  await subscribeZoho(tandem, renewed)
  const added = await renewFields(tandem, renewed)
  const missing = await missingRights(tandem, renewed)
  const lacking = missing.length === 0 ? [] : [`Zoho did not grant all that the settings need: ${toldRights(missing)}.`]
  const notes = [
    'The sign-in was renewed.',
    ...(added.length === 0 ? ['Nothing else has changed.'] : added),
    ...lacking,
  ]
  return answer({ type: 'connected', connection: await connectionView(tandem, renewed), notes })
}

function xeroEndOf(holder: Connection, grant: XeroGrant): XeroEnd {
  const tenant = grant.tenants.find((one) => one.tenantId === holder.xero.tenantId)
  return {
    ...holder.xero,
    credentialId: grant.credentialId,
    xeroConnectionId: tenant?.xeroConnectionId ?? holder.xero.xeroConnectionId,
  }
}

async function holderOf(tandem: Tandem, isIt: (one: Connection) => boolean): Promise<Connection | undefined> {
  return (await tandem.store.connections.list()).find((one) => one.state !== 'disconnected' && isIt(one))
}

async function freeTenants(tandem: Tandem, grant: XeroGrant) {
  const all = await tandem.store.connections.list()
  const taken = new Set(all.filter((one) => one.state !== 'disconnected').map((one) => one.xero.tenantId))
  return grant.tenants.filter((one) => !taken.has(one.tenantId))
}
