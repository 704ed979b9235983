import { type Chance, createChance } from '@tandem/sandbox/core/chance.ts'
import { type HttpRequest, type HttpResponse, type Network, NetworkFailure } from '../../src/ports/network.ts'
import type { LockstepClock } from './lockstep-clock.ts'

/** How one call to the login server goes. */
const TROUBLES = [
  'lostAnswer',
  'lostOnTheWay',
  'refused',
  'errorBefore',
  'errorAfter',
  'timedOut',
  'appliedLate',
] as const
type Trouble = (typeof TROUBLES)[number]

export interface ShakyNetwork extends Network {
  /** Refreshes that reached the network. */
  sent(): number
  readonly struck: ReadonlyMap<Trouble, number>
  calm(): void
}

export interface ShakyParts {
  readonly clock: LockstepClock
  readonly seed: number
  /** Share of the calls that go wrong. */
  readonly share: number
  handle(request: Request): Response | Promise<Response>
}

/** The road to the login server, over which everything may get lost; the server itself is the sandbox's. */
export function createShakyNetwork(parts: ShakyParts): ShakyNetwork {
  const { clock } = parts
  const chance: Chance = createChance(parts.seed)
  const struck = new Map<Trouble, number>()
  let isCalm = false
  let count = 0

  const reach = (request: HttpRequest) => clock.during(answered(parts, request))

  async function exchange(request: HttpRequest): Promise<HttpResponse> {
    const trouble = !isCalm && chance.float() < parts.share ? chance.pick(TROUBLES) : null
    if (trouble !== null) struck.set(trouble, (struck.get(trouble) ?? 0) + 1)
    const givenUpAt = clock.now() + request.timeoutMs
    await clock.sleep(chance.int(20, 400))
    switch (trouble) {
      case 'refused':
        throw new NetworkFailure('refused', false)
      case 'lostOnTheWay':
        throw new NetworkFailure('reset', true)
      case 'errorBefore':
        return { status: 503, headers: {}, body: 'offline' }
      case 'timedOut':
        await clock.sleep(givenUpAt - clock.now())
        throw new NetworkFailure('timed out', true, 'timedOut')
      case 'appliedLate':
        void clock.sleep(chance.int(request.timeoutMs, 3 * request.timeoutMs)).then(() => reach(request))
        await clock.sleep(givenUpAt - clock.now())
        throw new NetworkFailure('timed out', true, 'timedOut')
      case 'lostAnswer':
      case 'errorAfter':
      case null:
        break
    }
    const answer = await reach(request)
    await clock.sleep(chance.int(20, 400))
    if (trouble === 'lostAnswer') throw new NetworkFailure('reset', true)
    return trouble === 'errorAfter' ? { status: 500, headers: {}, body: 'oops' } : answer
  }

  return {
    struck,
    sent: () => count,
    calm() {
      isCalm = true
    },
    exchange(request) {
      count += 1
      return exchange(request)
    },
  }
}

async function answered(parts: ShakyParts, { method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
  const response = await parts.handle(new Request(url, { method, headers: { ...headers }, body: body ?? null }))
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
}
