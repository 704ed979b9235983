import type { Clock } from '@tandem/sync/ports/clock.ts'
import type { HttpRequest, Network } from '@tandem/sync/ports/network.ts'
import { SYSTEMS, type System, type Traffic } from './result.ts'

/** The real network, with what went over it counted per system. API calls only: tokens are nobody's budget. */
export interface CountingNetwork extends Network {
  /** What was counted since the last call of this, and the virtual instant of the last write's answer. */
  take(): { readonly traffic: Readonly<Record<System, Traffic>>; readonly lastWriteAt: number | null }
}

interface Count {
  calls: number
  writes: number
  refused429: number
  inFlight: number
  maxInFlight: number
  charsRead: number
}

const API_PATHS = /^\/(crm|api\.xro|connections)/

export function countingNetwork(
  inner: Network,
  of: { readonly origins: Readonly<Record<System, string>>; readonly clock: Clock },
): CountingNetwork {
  let counts = { zoho: emptyCount(), xero: emptyCount() }
  let lastWriteAt: number | null = null
  return {
    async exchange(request) {
      const url = new URL(request.url)
      const system = SYSTEMS.find((one) => url.origin === of.origins[one])
      if (system === undefined || !API_PATHS.test(url.pathname)) return inner.exchange(request)
      const count = counts[system]
      count.calls += 1
      count.inFlight += 1
      count.maxInFlight = Math.max(count.maxInFlight, count.inFlight)
      try {
        const response = await inner.exchange(request)
        count.charsRead += response.body.length
        if (response.status === 429) count.refused429 += 1
        if (isWrite(request, url)) {
          count.writes += 1
          lastWriteAt = of.clock.now()
        }
        return response
      } finally {
        count.inFlight -= 1
      }
    },
    take() {
      const taken = { traffic: { zoho: trafficOf(counts.zoho), xero: trafficOf(counts.xero) }, lastWriteAt }
      counts = { zoho: emptyCount(), xero: emptyCount() }
      lastWriteAt = null
      return taken
    },
  }
}

/** COQL reads by POST. */
function isWrite(request: HttpRequest, url: URL): boolean {
  return request.method !== 'GET' && !url.pathname.endsWith('/coql')
}

function emptyCount(): Count {
  return { calls: 0, writes: 0, refused429: 0, inFlight: 0, maxInFlight: 0, charsRead: 0 }
}

function trafficOf({ inFlight: _, ...traffic }: Count): Traffic {
  return traffic
}
