import type { MatchPools } from './input.ts'

/** For what is matched with nobody. */
export const NO_POOLS: MatchPools = {
  keys: { zoho: new Map(), xero: new Map() },
  byId: { zoho: new Map(), xero: new Map() },
  join: () => undefined,
  complete: () => undefined,
}
