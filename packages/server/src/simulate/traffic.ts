import type { Side } from '@tandem/sync/model/side.ts'
import type { WireWatch } from './wire.ts'

/** What the remotes bore, for I6: calls at once, and refusals for being too many that nobody pretended. */
export interface Traffic {
  readonly calls: Record<Side, number>
  readonly writes: Record<Side, number>
  readonly most: Record<Side, number>
  readonly refused: Record<Side, number>
}

export function createTraffic(): Traffic & Pick<WireWatch, 'arrived' | 'left'> & { refuse(side: Side): void } {
  const now = { zoho: 0, xero: 0 }
  const traffic = {
    calls: { zoho: 0, xero: 0 },
    writes: { zoho: 0, xero: 0 },
    most: { zoho: 0, xero: 0 },
    refused: { zoho: 0, xero: 0 },
  }
  return {
    ...traffic,
    arrived({ side, isWrite }) {
      now[side] += 1
      traffic.calls[side] += 1
      if (isWrite) traffic.writes[side] += 1
      traffic.most[side] = Math.max(traffic.most[side], now[side])
    },
    left({ side }) {
      now[side] -= 1
    },
    refuse(side) {
      traffic.refused[side] += 1
    },
  }
}
