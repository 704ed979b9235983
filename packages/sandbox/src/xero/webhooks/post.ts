import type { NumberedEvent } from './signature.ts'

export type Deliver = (request: Request) => Promise<Response>

/** A receiver must answer within 5 seconds (xero.md 6). Real time: the receiver does not live on the virtual clock. */
export const ANSWER_LIMIT_MS = 5_000

export interface DeliveryRecord {
  readonly atMs: number
  readonly kind: 'events' | 'probe' | 'badProbe' | 'forged'
  readonly events: number
  readonly status: number | 'failed'
}

/** Posts one body; a status, or `failed` for no answer in time. Redirects are not followed. */
export async function post(
  deliver: Deliver,
  url: string,
  message: { body: string; signature: string },
): Promise<number | 'failed'> {
  const request = new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-xero-signature': message.signature },
    body: message.body,
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  })
  try {
    const response = await deliver(request)
    await response.body?.cancel()
    return response.status
  } catch {
    return 'failed'
  }
}

export const isAccepted = (status: number | 'failed'): boolean => status !== 'failed' && status >= 200 && status < 300

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0']

/** https, port 443, a public host (xero.md 6); anything goes under the switch `allowLoopbackNotify`. */
export function urlFault(url: string, loopback: 'allowed' | 'refused'): string | undefined {
  if (!URL.canParse(url)) return 'Not a URL'
  const { protocol, hostname, port } = new URL(url)
  if (loopback === 'allowed') return undefined
  if (protocol !== 'https:' || port !== '') return 'The webhook URL must be https on port 443'
  if (LOOPBACK.includes(hostname) || hostname.endsWith('.localhost')) return 'The webhook URL must be public'
  return undefined
}

/** Events of one POST, at most this many. */
export const EVENTS_PER_POST = 100

export const reversed = (events: readonly NumberedEvent[]): readonly NumberedEvent[][] =>
  events.toReversed().map((event) => [event])
