import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import { type HttpRequest, type HttpResponse, type Network, NetworkFailure } from '../../ports/network.ts'
import type { RemoteUsage } from '../contract.ts'
import type { AccessToken, TokenKeeper } from '../http/token-keeper.ts'
import { type Asked, type Classified, classify, type Effect, uncertain, type ZohoAnswer } from './classify.ts'
import type { ZohoLimits } from './limits.ts'
import { refuseProblem } from './problem.ts'
import { scrub } from './scrub.ts'
import type { Priority, Weight } from './slots.ts'

export interface ZohoCall {
  readonly method: HttpRequest['method']
  /** Path and query below `/crm/v8`, e.g. `/Accounts?fields=id`. */
  readonly path: string
  readonly effect: Effect
  /** For the usage report: `Accounts.list`. */
  readonly purpose: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** 1 when absent (zoho-crm.md 2.1). */
  readonly credits?: number
  /** `light` when absent. */
  readonly weight?: Weight
}

/** Speaks to one org: token, limits, one silent refresh, and every answer as a closed outcome. */
export interface ZohoClient {
  /** `ok` also for refusals of content: the endpoint looks at `problem`. */
  call(call: ZohoCall): Promise<RemoteOutcome<ZohoAnswer>>
  /** Like `call`, but a refusal is an outcome; `about` is named in its message. null: the answer was empty. */
  read(call: ZohoCall, about: string): Promise<RemoteOutcome<ZohoAnswer['body']>>
  usage(): RemoteUsage
}

export interface ClientParts {
  readonly network: Network
  readonly clock: Clock
  readonly tokens: TokenKeeper
  readonly limits: ZohoLimits
  /** The api_domain of the token answer, checked by `trustApiDomain`. */
  readonly apiDomain: string
  readonly priority: Priority
  readonly log: Log
}

/** A batch of a hundred rows may take Zoho long; a read that takes longer than this is better asked again. */
const TIMEOUT_MS: Readonly<Record<Effect, number>> = { read: 30_000, write: 90_000 }

export function createZohoClient(parts: ClientParts): ZohoClient {
  const counts = { calls: 0, throttled: 0, byPurpose: new Map<string, number>() }

  async function call(request: ZohoCall): Promise<RemoteOutcome<ZohoAnswer>> {
    const token = await parts.tokens.current()
    if (token.type !== 'ok') return token
    const first = await attempt(request, token.value)
    if (first.type !== 'staleToken') return settled(first)
    const renewed = await parts.tokens.refreshed(token.value)
    if (renewed.type !== 'ok') return renewed
    const second = await attempt(request, renewed.value)
    if (second.type !== 'staleToken') return settled(second)
    return { type: 'disconnected', code: 'reconnectNeeded', message: `Zoho refuses a fresh token: ${second.message}` }
  }

  async function attempt(request: ZohoCall, token: AccessToken): Promise<Attempted> {
    const cost = { credits: request.credits ?? 1, weight: request.weight ?? 'light', priority: parts.priority }
    const admission = await parts.limits.admit(cost)
    if (admission.type === 'throttled') return admission
    counts.calls += 1
    counts.byPurpose.set(request.purpose, (counts.byPurpose.get(request.purpose) ?? 0) + 1)
    const classified = await exchange(parts, request, token).finally(admission.release)
    if (classified.type === 'answer') parts.limits.noteSuccess()
    if (classified.type !== 'tooMany') return classified
    counts.throttled += 1
    const refusal = parts.limits.noteRefusal(cost)
    parts.log.warn('zohoThrottled', { purpose: request.purpose, ...refusal })
    return { type: 'throttled', ...refusal }
  }

  return {
    call,
    async read(request, about) {
      const outcome = await call(request)
      if (outcome.type !== 'ok') return outcome
      return outcome.value.problem === null ? ok(outcome.value.body) : refuseProblem(outcome.value.problem, about)
    },
    usage: () => ({
      calls: counts.calls,
      throttled: counts.throttled,
      byPurpose: Object.fromEntries(counts.byPurpose),
    }),
  }
}

type Attempted = Exclude<Classified, { readonly type: 'tooMany' }>

function settled(classified: Exclude<Attempted, { readonly type: 'staleToken' }>): RemoteOutcome<ZohoAnswer> {
  return classified.type === 'answer' ? ok(classified.answer) : classified
}

async function exchange(parts: ClientParts, request: ZohoCall, token: AccessToken): Promise<Classified> {
  const asked: Asked = { effect: request.effect, label: `${request.method} ${request.path.split('?')[0]}` }
  let response: HttpResponse
  try {
    response = await parts.network.exchange(httpRequest(parts.apiDomain, request, token))
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error
    return lost(error, { ...asked, label: scrub(error.message, token.accessToken) })
  }
  parts.limits.noteHeaders(response.headers)
  const classified = classify(response, asked)
  return 'message' in classified ? { ...classified, message: scrub(classified.message, token.accessToken) } : classified
}

/** `asked.label` is what the failure said. A call that never left can be repeated, even a write. */
function lost(failure: NetworkFailure, asked: Asked): Classified {
  const code = failure.reason === 'timedOut' ? 'remoteTimedOut' : 'connectionLost'
  const effect = failure.mayHaveArrived ? asked.effect : 'read'
  return uncertain({ ...asked, effect }, { code, message: asked.label })
}

function httpRequest(apiDomain: string, request: ZohoCall, token: AccessToken): HttpRequest {
  return {
    method: request.method,
    url: `${apiDomain}/crm/v8${request.path}`,
    headers: {
      ...request.headers,
      // Not `Bearer`, although the token answer says so (zoho-crm.md 0.2).
      authorization: `Zoho-oauthtoken ${token.accessToken}`,
      accept: 'application/json',
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: request.body,
    timeoutMs: TIMEOUT_MS[request.effect],
    purpose: request.purpose,
  }
}
