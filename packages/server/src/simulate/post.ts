import type { Chance } from '@tandem/sandbox'
import type { HookParts } from '../hooks/parts.ts'
import { receiveXero } from '../hooks/xero.ts'
import { receiveZoho } from '../hooks/zoho.ts'
import type { Mail } from './company.ts'
import type { EventClock } from './event-clock.ts'
import type { PostRates } from './scenario.ts'
import { happens } from './streams.ts'

export interface PostParts {
  readonly clock: EventClock
  readonly chance: Chance
  readonly rates: PostRates
  readonly connectionId: string
  /** The product that runs now; undefined while none does. */
  receiver(): HookParts | undefined
  trace(line: string): void
}

const SHUFFLE_MS = 60_000
const DAY_MS = 86_400_000

/** Webhooks on their way to us: lost, doubled, shuffled, a day late. The sender never learns of it. */
export function createPost(parts: PostParts): Mail {
  const receive = async (side: 'zoho' | 'xero', raw: Buffer, signature: string): Promise<number> => {
    const product = parts.receiver()
    if (product === undefined) return 503
    const received =
      side === 'zoho'
        ? await receiveZoho(product, parts.connectionId, raw.toString('utf8'))
        : await receiveXero(product, raw, signature)
    return received === 'rejected' ? 401 : 200
  }
  const post = async (side: 'zoho' | 'xero', request: Request): Promise<Response> => {
    const raw = Buffer.from(await request.arrayBuffer())
    const signature = request.headers.get('x-xero-signature') ?? ''
    const deliver = () => receive(side, raw, signature)
    // Xero's own probes decide about the subscription: they are not for the storm.
    if (side === 'xero' && !raw.includes('resourceId')) return new Response(null, { status: await deliver() })
    return new Response(null, { status: await stormy(parts, deliver) })
  }
  return { zoho: (request) => post('zoho', request), xero: (request) => post('xero', request) }
}

async function stormy(parts: PostParts, deliver: () => Promise<number>): Promise<number> {
  const { chance, clock, rates } = parts
  if (happens(chance, rates.lost)) return 200
  const later = (delayMs: number) => clock.schedule(delayMs, async () => void (await deliver()))
  if (happens(chance, rates.doubled)) later(chance.int(0, SHUFFLE_MS))
  if (happens(chance, rates.dayLate)) {
    later(DAY_MS)
    return 200
  }
  if (!happens(chance, rates.shuffled)) return deliver()
  later(chance.int(0, SHUFFLE_MS))
  return 200
}
