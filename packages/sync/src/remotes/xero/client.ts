import { ok, type RemoteFailure, type RemoteOutcome } from '../../model/outcome.ts'
import type { Log } from '../../ports/log.ts'
import { type HttpResponse, type Network, NetworkFailure } from '../../ports/network.ts'
import type { RemoteUsage } from '../contract.ts'
import { type CallPriority, NOTHING_SEEN } from '../http/call-budget.ts'
import type { Limiter, Permit } from '../http/limiter.ts'
import type { AccessToken, TokenKeeper } from '../http/token-keeper.ts'
import { type Classified, classify, type Effect, uncertain, type XeroAnswer } from './classify.ts'
import { limitSighting } from './limits.ts'

export interface XeroCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Path and query below the Accounting API's base, e.g. `/Contacts?page=1`. */
  readonly path: string
  readonly effect: Effect
  /** For the usage report: `Contacts.list`. */
  readonly purpose: string
  /** Beyond token, tenant and content type. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Speaks to one organisation: token, tenant, call budget, one silent refresh, and every answer as a closed outcome. */
export interface XeroClient {
  /** `ok` for 2xx, 400 and 404: the endpoint knows what those mean. */
  call(call: XeroCall): Promise<RemoteOutcome<XeroAnswer>>
  usage(): RemoteUsage
}

export interface XeroClientPorts {
  readonly network: Network
  readonly tokens: TokenKeeper
  readonly limiter: Limiter
  readonly tenantId: string
  /** XERO_API_URL, without trailing slash. */
  readonly apiUrl: string
  readonly priority: CallPriority
  readonly log: Log
}

/** Fifty documents can take Xero many seconds; a time-out turns a slow write into an unknown one (xero.md 7.27). */
const TIMEOUT_MS = 60_000

export function createXeroClient(ports: XeroClientPorts): XeroClient {
  return new AccountingClient(ports)
}

class AccountingClient implements XeroClient {
  readonly #ports: XeroClientPorts
  readonly #byPurpose = new Map<string, number>()
  #calls = 0
  #throttled = 0

  constructor(ports: XeroClientPorts) {
    this.#ports = ports
  }

  async call(call: XeroCall): Promise<RemoteOutcome<XeroAnswer>> {
    const token = await this.#ports.tokens.current()
    if (token.type !== 'ok') return token
    const first = await this.#attempt(call, token.value)
    if (first.type !== 'staleToken') return settled(first)
    // A 401 was not executed, so even a write goes out again with the new token.
    const renewed = await this.#ports.tokens.refreshed(token.value)
    if (renewed.type !== 'ok') return renewed
    const second = await this.#attempt(call, renewed.value)
    if (second.type !== 'staleToken') return settled(second)
    return { type: 'disconnected', code: 'reconnectNeeded', message: second.message }
  }

  usage(): RemoteUsage {
    return { calls: this.#calls, throttled: this.#throttled, byPurpose: Object.fromEntries(this.#byPurpose) }
  }

  async #attempt(call: XeroCall, token: AccessToken): Promise<Classified> {
    const permit = await this.#ports.limiter.acquire(this.#ports.priority)
    if (permit.type !== 'ok') return permit
    this.#calls += 1
    this.#byPurpose.set(call.purpose, (this.#byPurpose.get(call.purpose) ?? 0) + 1)
    const classified = await this.#exchange(call, token, permit.value)
    if (classified.type === 'throttled') {
      this.#throttled += 1
      this.#ports.log.warn('xeroThrottled', {
        purpose: call.purpose,
        scope: classified.scope,
        retryAfterMs: classified.retryAfterMs,
      })
    }
    return 'message' in classified ? { ...classified, message: scrub(classified.message, token) } : classified
  }

  async #exchange(call: XeroCall, token: AccessToken, permit: Permit): Promise<Classified> {
    let response: HttpResponse
    try {
      response = await this.#ports.network.exchange(httpRequest(this.#ports, call, token))
    } catch (error) {
      if (error instanceof NetworkFailure && !error.mayHaveArrived) permit.giveBack()
      else permit.done(NOTHING_SEEN)
      return networkOutcome(error, call.effect)
    }
    const classified = classify(response, call.effect)
    permit.done(limitSighting(response, classified))
    return classified
  }
}

function settled(classified: Exclude<Classified, { type: 'staleToken' }>): RemoteOutcome<XeroAnswer> {
  return classified.type === 'answer' ? ok(classified.answer) : classified
}

function networkOutcome(error: unknown, effect: Effect): RemoteFailure {
  if (!(error instanceof NetworkFailure)) throw error
  const code = error.reason === 'timedOut' ? 'remoteTimedOut' : 'connectionLost'
  return uncertain(error.mayHaveArrived ? effect : 'read', code, error.message)
}

function httpRequest(ports: XeroClientPorts, call: XeroCall, token: AccessToken) {
  return {
    method: call.method,
    url: `${ports.apiUrl}/api.xro/2.0${call.path}`,
    headers: {
      ...call.headers,
      // Without it Xero answers XML (xero.md 2.5).
      accept: 'application/json',
      authorization: `Bearer ${token.accessToken}`,
      'xero-tenant-id': ports.tenantId,
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: call.body,
    timeoutMs: TIMEOUT_MS,
    purpose: call.purpose,
  }
}

/** Tokens are 1 to 2 kB of Bearer: whoever reads a log could use one. */
const scrub = (message: string, token: AccessToken) => message.replaceAll(token.accessToken, '[token]')
