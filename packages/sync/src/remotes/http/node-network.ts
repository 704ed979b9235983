import { type CrashPoints, noCrash } from '../../ports/crash-point.ts'
import { type HttpRequest, type HttpResponse, type Network, NetworkFailure } from '../../ports/network.ts'

/** A page of 1,000 documents with lines is about 10 MB; whatever is far larger is no answer that we asked for. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024

/** Errors before the first byte went out: the remote cannot have acted. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])

/** The real network, on the built-in fetch. Redirects are answers, never followed: they would carry tokens elsewhere. */
export function createNodeNetwork(crash: CrashPoints): Network {
  return {
    async exchange(request) {
      try {
        return await exchange(request, isRecordWrite(request) ? crash : noCrash)
      } catch (error) {
        throw error instanceof NetworkFailure ? error : failureOf(error, request)
      }
    },
  }
}

/** A remote's record may change by it. Channels and fields of ours are no records. */
function isRecordWrite({ purpose }: HttpRequest): boolean {
  return purpose?.endsWith('.write') === true
}

export const nodeNetwork = createNodeNetwork(noCrash)

async function exchange(request: HttpRequest, crash: CrashPoints): Promise<HttpResponse> {
  const answer = fetch(request.url, {
    method: request.method,
    headers: { ...request.headers },
    body: request.body ?? null,
    redirect: 'manual',
    signal: AbortSignal.timeout(request.timeoutMs),
  })
  crash.reached('C6')
  crash.reached('C17')
  const response = await answer
  crash.reached('C7')
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await readBody(response, request),
  }
}

async function readBody(response: Response, request: HttpRequest): Promise<string> {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  // Leaving the loop by throw cancels the stream, and with it the download.
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) throw new NetworkFailure(`${target(request)} answered more than we read`, true)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function failureOf(error: unknown, request: HttpRequest): NetworkFailure {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new NetworkFailure(`${target(request)} did not answer within ${request.timeoutMs} ms`, true, 'timedOut')
  }
  const code = causeCode(error)
  return new NetworkFailure(`${target(request)} failed: ${code}`, !NEVER_LEFT.has(code))
}

/** undici wraps the cause, and tries of several addresses come as an AggregateError with its own code. */
function causeCode(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string')
    return cause.code
  return 'connection lost'
}

/** Without the query, which can carry secrets. */
function target(request: HttpRequest): string {
  const url = URL.parse(request.url)
  return `${request.method} ${url === null ? 'an invalid address' : url.origin + url.pathname}`
}
