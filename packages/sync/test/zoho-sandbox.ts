import { generateCompany } from '@tandem/sandbox/company/generate.ts'
import { createChance } from '@tandem/sandbox/core/chance.ts'
import { createClock, type VirtualClock } from '@tandem/sandbox/core/clock.ts'
import { createZohoSandbox, type ZohoSandbox } from '@tandem/sandbox/zoho/index.ts'
import type { RemoteOutcome, RowOutcome } from '../src/model/outcome.ts'
import { ok } from '../src/model/outcome.ts'
import type { ValueObject } from '../src/model/value.ts'
import type { Chance } from '../src/ports/chance.ts'
import type { Clock } from '../src/ports/clock.ts'
import { silentLog } from '../src/ports/log.ts'
import { type Network, NetworkFailure } from '../src/ports/network.ts'
import type { WriteRow, ZohoRemote } from '../src/remotes/contract.ts'
import type { AccessToken, TokenKeeper } from '../src/remotes/http/token-keeper.ts'
import { refreshGrant, type ZohoApp } from '../src/remotes/zoho/oauth.ts'
import { createZohoRemote, type ZohoRemoteParts } from '../src/remotes/zoho/remote.ts'

/** Everything a connector test needs, in one process: no port is opened. */
export interface ZohoBench {
  readonly sandbox: ZohoSandbox
  readonly time: VirtualClock
  readonly clock: Clock
  readonly chance: Chance
  readonly network: Network
  readonly app: ZohoApp
  readonly tokens: TokenKeeper
  /** A keeper for another grant. */
  keeperFor(refreshToken: string): TokenKeeper
  remote(change?: Partial<ZohoRemoteParts>): ZohoRemote
  /** Callbacks that the sandbox has posted. */
  readonly delivered: { readonly url: string; readonly body: string }[]
  /** What a person does inside the CRM. */
  act(action: Readonly<Record<string, unknown>>): Promise<unknown>
}

export const BASE = 'http://localhost:4010'

export const FIELDS = {
  Accounts: ['Account_Name', 'Phone', 'Website', 'Billing_Street', 'Billing_City'],
  Contacts: ['First_Name', 'Last_Name', 'Email', 'Account_Name'],
  Products: ['Product_Name', 'Product_Code', 'Unit_Price', 'Product_Active'],
  Invoices: ['Subject', 'Account_Name', 'Invoice_Date', 'Status', 'Grand_Total'],
}

export function zohoBench(size?: {
  readonly contacts: number
  readonly items: number
  readonly invoices: number
}): ZohoBench {
  const time = createClock({ startMs: Date.parse('2026-10-06T02:00:00Z'), rate: 0 })
  const company =
    size === undefined ? undefined : generateCompany({ seed: 7, ...size, shape: 'zohoOnly', today: '2026-10-06' })
  const delivered: ZohoBench['delivered'] = []
  const sandbox = createZohoSandbox({
    clock: time,
    chance: createChance(1),
    autoConsent: true,
    async deliver(request) {
      delivered.push({ url: request.url, body: await request.text() })
      return new Response()
    },
    ...(company === undefined ? {} : { company }),
  })
  const clock: Clock = { now: time.now, monotonic: time.now, sleep: (milliseconds) => time.advance(milliseconds) }
  const dice = createChance(2)
  const chance: Chance = { uuid: dice.guid, float: dice.float }
  const network = inProcess(sandbox)
  const { clientId, clientSecret } = sandbox.credentials
  const app = {
    network,
    clientId,
    clientSecret,
    accountsUrl: BASE,
    redirectUri: 'http://localhost:4000/oauth/zoho/callback',
  }
  const tokens = plainKeeper(app, sandbox.credentials.refreshToken, clock)
  return {
    sandbox,
    delivered,
    time,
    clock,
    chance,
    network,
    app,
    tokens,
    keeperFor: (refreshToken) => plainKeeper(app, refreshToken, clock),
    remote: (change = {}) =>
      createZohoRemote({
        network,
        clock,
        chance,
        tokens,
        apiDomain: BASE,
        fields: FIELDS,
        priority: 'background',
        edition: 'enterprise',
        log: silentLog,
        provisionedXeroId: {},
        ...change,
      }),
    async act(action) {
      const request = new Request(`${BASE}/__sandbox/act`, { method: 'POST', body: JSON.stringify(action) })
      const response = await sandbox.app.fetch(request)
      const text = await response.text()
      if (!response.ok) throw new Error(text)
      return JSON.parse(text)
    },
  }
}

/** The sandbox's own fetch as a network; a dropped connection may have arrived. */
function inProcess(sandbox: ZohoSandbox): Network {
  return {
    async exchange({ method, url, headers, body }) {
      try {
        const response = await sandbox.app.fetch(
          new Request(url, { method, headers: { ...headers }, body: body ?? null }),
        )
        return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
      } catch (error) {
        if (error instanceof Error && error.name === 'DroppedConnection') throw new NetworkFailure('dropped', true)
        throw error
      }
    },
  }
}

/** A keeper without a vault: one process, no storage. */
function plainKeeper(app: ZohoApp, refreshToken: string, clock: Clock): TokenKeeper {
  let held: AccessToken | undefined
  async function renew(): Promise<RemoteOutcome<AccessToken>> {
    const grant = await refreshGrant(app, { accountsServer: BASE, refreshToken })
    if (grant.type !== 'ok') return grant
    const { accessToken, expiresInSeconds, scopes } = grant.value
    held = {
      accessToken,
      expiresAt: clock.now() + expiresInSeconds * 1000,
      rotation: (held?.rotation ?? 0) + 1,
      scopes,
    }
    return ok(held)
  }
  return {
    current: async () => (held === undefined ? renew() : ok(held)),
    refreshed: (stale) => (held !== undefined && held.rotation > stale.rotation ? Promise.resolve(ok(held)) : renew()),
  }
}

/** The value of an outcome that must be ok. */
export function must<T>(outcome: RemoteOutcome<T>): T {
  if (outcome.type !== 'ok') throw new Error(`Expected ok, got ${JSON.stringify(outcome)}`)
  return outcome.value
}

export const createRow = (payload: ValueObject): WriteRow => ({ remoteId: null, payload, unmodifiedSince: null })

export async function write(
  remote: ZohoRemote,
  request: Parameters<ZohoRemote['prepare']>[0],
): Promise<readonly RowOutcome[]> {
  return must(await remote.send(remote.prepare(request), 'key'))
}

export async function createAccounts(remote: ZohoRemote, names: readonly string[]): Promise<readonly string[]> {
  const rows = names.map((name) => createRow({ Account_Name: name }))
  const outcomes = await write(remote, { collection: 'Accounts', verb: 'create', rows })
  return outcomes.map((row) => (row.type === 'ok' ? row.remoteId : `not ok: ${row.type}`))
}
