import { createChance } from '@tandem/sandbox/core/chance.ts'
import { createClock, type VirtualClock } from '@tandem/sandbox/core/clock.ts'
import { createXeroSandbox, type XeroSandbox } from '@tandem/sandbox/xero/index.ts'
import { smallCompany } from '@tandem/sandbox/xero/testing.ts'
import type { RemoteOutcome } from '../src/model/outcome.ts'
import type { Clock } from '../src/ports/clock.ts'
import { noCrash } from '../src/ports/crash-point.ts'
import { silentLog } from '../src/ports/log.ts'
import type { XeroRemote } from '../src/remotes/contract.ts'
import { createMemoryLedger } from '../src/remotes/http/budget-ledger.ts'
import type { CallPriority } from '../src/remotes/http/call-budget.ts'
import { createLimiter, type Limiter } from '../src/remotes/http/limiter.ts'
import {
  createAppNetwork,
  createTestChance,
  createTestVault,
  type ScriptedNetwork,
  settleMicrotasks,
  testSealer,
} from '../src/remotes/http/testing.ts'
import { createTokenKeeper, type TokenKeeper } from '../src/remotes/http/token-keeper.ts'
import { firstTokens, sealTokens } from '../src/remotes/http/tokens.ts'
import { readXeroCallback } from '../src/remotes/xero/callback.ts'
import { listXeroConnections } from '../src/remotes/xero/connections.ts'
import { XERO_BUDGET } from '../src/remotes/xero/limits.ts'
import { createXeroLogin, type XeroLogin } from '../src/remotes/xero/oauth.ts'
import { createXeroRemote } from '../src/remotes/xero/remote.ts'

/** The connector against the Xero sandbox in one process, connected through the real consent. Time moves only by sleep. */
export interface XeroBench {
  readonly sandbox: XeroSandbox
  readonly clock: VirtualClock
  readonly network: ScriptedNetwork
  readonly login: XeroLogin
  readonly tokens: TokenKeeper
  readonly limiter: Limiter
  readonly remote: XeroRemote
  readonly apiUrl: string
  readonly tenantId: string
  remoteFor(priority: CallPriority): XeroRemote
  /** What a person does inside Xero; answers what the sandbox made. */
  act(body: Readonly<Record<string, unknown>>): Promise<unknown>
  state(): Promise<unknown>
}

export const BASE = 'http://localhost:4020'
export const REDIRECT = 'http://localhost:4000/connect/xero/callback'
const URLS = { login: BASE, identity: BASE, api: BASE }

export interface BenchOptions {
  readonly counts?: { readonly contacts: number; readonly items: number; readonly invoices: number }
  readonly prepare?: (sandbox: XeroSandbox) => void
}

export async function openXeroBench(options: BenchOptions = {}): Promise<XeroBench> {
  const clock = createClock({ startMs: Date.parse('2026-10-06T03:15:20.123Z'), rate: 0 })
  const company = options.counts === undefined ? {} : { company: smallCompany(options.counts) }
  const sandbox = createXeroSandbox({ clock, chance: createChance(7), ...company })
  sandbox.setBaseUrl(BASE)
  // A dropped connection must stay one: Hono would answer it with a 500.
  sandbox.app.onError((error) => {
    throw error
  })
  options.prepare?.(sandbox)
  const handle = async (request: Request) => sandbox.app.fetch(request)
  const network = createAppNetwork(handle)
  const { clientId, clientSecret } = sandbox.credentials
  const login = createXeroLogin({ network, urls: URLS, app: { clientId, clientSecret } })
  const tokens = await connect({ clock, login, handle, appId: clientId })
  const connections = unwrap(await listXeroConnections({ network, tokens, apiUrl: BASE }, null))
  const tenantId = connections[0]?.tenantId ?? ''
  const engineClock = engineClockOf(clock)
  const limiter = createLimiter(XERO_BUDGET, engineClock, createMemoryLedger())
  const chance = createTestChance()
  const remoteFor = (priority: CallPriority) =>
    createXeroRemote({
      network,
      clock: engineClock,
      chance,
      tokens,
      limiter,
      tenantId,
      apiUrl: BASE,
      priority,
      log: silentLog,
    })
  const control = async (path: string, init: RequestInit) => {
    const response = await handle(new Request(`${BASE}/__sandbox/${path}`, init))
    const answer: unknown = await response.json()
    return answer
  }
  return {
    sandbox,
    clock,
    network,
    login,
    tokens,
    limiter,
    remote: remoteFor('interactive'),
    apiUrl: BASE,
    tenantId,
    remoteFor,
    act: (body) => control('act', { method: 'POST', body: JSON.stringify(body) }),
    state: () => control('state', { method: 'GET' }),
  }
}

/** The sandbox's time as the engine's; a sleep is a jump, once everything else has come to rest. */
function engineClockOf(clock: VirtualClock): Clock {
  const startMs = clock.now()
  return {
    now: () => clock.now(),
    monotonic: () => clock.now() - startMs,
    async sleep(milliseconds) {
      const until = clock.now() + milliseconds
      await settleMicrotasks()
      if (clock.now() < until) await clock.advance(until - clock.now())
    },
  }
}

interface ConnectParts {
  readonly clock: VirtualClock
  readonly login: XeroLogin
  readonly handle: (request: Request) => Promise<Response>
  readonly appId: string
}

async function connect({ clock, login, handle, appId }: ConnectParts): Promise<TokenKeeper> {
  const consent = await handle(
    new Request(login.authorizationUrl({ redirectUri: REDIRECT, state: 'state-1', organisations: 'one' })),
  )
  const back = new URL(consent.headers.get('location') ?? '')
  const callback = readXeroCallback(back.searchParams, 'state-1')
  if (callback.type !== 'code') throw new Error(`The consent ended as ${callback.type}`)
  const { grant, userId } = unwrap(await login.exchangeCode({ code: callback.code, redirectUri: REDIRECT }))
  const tokens = firstTokens(grant, clock.now())
  if (tokens === undefined) throw new Error('No refresh token was granted')
  const owner = { id: 'credential', system: 'xero', appId, remoteUserId: userId } as const
  const vault = createTestVault({ ...owner, rotation: 1, sealed: sealTokens(testSealer, owner, tokens) })
  return createTokenKeeper({
    crash: noCrash,
    vault,
    sealer: testSealer,
    clock: engineClockOf(clock),
    chance: createTestChance(),
    credentialId: owner.id,
    refresh: login.refresh,
  })
}

export function unwrap<T>(outcome: RemoteOutcome<T>): T {
  if (outcome.type === 'ok') return outcome.value
  throw new Error(`Expected ok: ${JSON.stringify(outcome)}`)
}
