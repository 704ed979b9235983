import type { VirtualClock } from '../../core/clock.ts'
import type { ZohoSwitches } from '../switch-list.ts'

const MINUTE_MS = 60_000
const WINDOW_MINUTES = 24 * 60

/** API credits over a rolling 24 hours (zoho-crm.md 2.1). */
export interface Credits {
  budget(): number
  used(): number
  remaining(): number
  charge(cost: number): void
  /** Sets the budget of the org, or what is left of it. */
  adjust(change: { readonly budget?: number | undefined; readonly remaining?: number | undefined }): void
  clear(): void
}

/** Users that count for the budget: 50,000 plus an amount per user by edition. */
const LICENSES = 3
const PER_USER: Record<string, number> = { standard: 250, professional: 500, enterprise: 1000, ultimate: 2000 }

export function createCredits(clock: VirtualClock, switches: ZohoSwitches): Credits {
  let spentByMinute = new Map<number, number>()
  let chosenBudget: number | undefined

  const budget = () => chosenBudget ?? editionBudget(switches.get('edition'))
  const minute = () => Math.floor(clock.now() / MINUTE_MS)
  function used(): number {
    const oldest = minute() - WINDOW_MINUTES
    let total = 0
    for (const [at, cost] of spentByMinute) {
      if (at <= oldest) spentByMinute.delete(at)
      else total += cost
    }
    return total
  }
  const charge = (cost: number) => void spentByMinute.set(minute(), (spentByMinute.get(minute()) ?? 0) + cost)

  return {
    budget,
    used,
    remaining: () => Math.max(0, budget() - used()),
    charge,
    adjust(change) {
      if (change.budget !== undefined) chosenBudget = change.budget
      if (change.remaining === undefined) return
      spentByMinute = new Map()
      charge(Math.max(0, budget() - change.remaining))
    },
    clear() {
      spentByMinute = new Map()
      chosenBudget = undefined
    },
  }
}

function editionBudget(edition: string): number {
  return edition === 'free' ? 5_000 : 50_000 + LICENSES * (PER_USER[edition] ?? 0)
}

/** Simultaneous calls per org and app (zoho-crm.md 2.1). */
export function concurrencyLimit(edition: string): number {
  const limits: Record<string, number> = { free: 5, standard: 10, professional: 15, enterprise: 20, ultimate: 25 }
  return limits[edition] ?? 20
}

/** Simultaneous calls of the heavy kind, in every edition. */
export const HEAVY_LIMIT = 10
