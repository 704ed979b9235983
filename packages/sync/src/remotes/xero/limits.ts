import type { HttpResponse } from '../../ports/network.ts'
import type { BudgetRules, LimitSighting } from '../http/call-budget.ts'
import type { Classified } from './classify.ts'

/** Per app and organisation (xero.md 2.1). The day is 1,000 on the Starter tier: the first answer's header tells. */
export const XERO_BUDGET: BudgetRules = {
  perWindow: 60,
  windowMs: 60_000,
  inFlight: 5,
  perDay: 5000,
  interactiveShare: 0.15,
  longestWaitMs: 90_000,
}

export function limitSighting(response: HttpResponse, classified: Classified): LimitSighting {
  return {
    windowLeft: count(response.headers['x-minlimit-remaining']),
    dayLeft: count(response.headers['x-daylimit-remaining']),
    refused: classified.type === 'throttled' ? { scope: classified.scope, forMs: classified.retryAfterMs } : null,
  }
}

function count(header: string | undefined): number | null {
  return header !== undefined && /^\d+$/.test(header.trim()) ? Number(header) : null
}
