import type { Clock } from '../../ports/clock.ts'
import type { Priority } from './slots.ts'

/**
 * API credits of a rolling 24 hours (zoho-crm.md 2.1). Other apps of the customer spend from the same purse, so our own
 * count is corrected by `X-API-CREDITS-REMAINING`, which Zoho sends once half the day's budget is gone.
 */
export interface CreditLedger {
  canSpend(credits: number, priority: Priority): boolean
  spend(credits: number): void
  /** A refused call cost nothing. */
  giveBack(credits: number): void
  correct(headers: Readonly<Record<string, string>>): void
  /** After a refusal: are the credits gone, rather than the slots taken? */
  looksSpent(credits: number): boolean
}

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
/** Background work leaves this much, so that a person's button and the customer's other apps still work. */
const RESERVE = 500
/** What a header said is believed this long: credits come back by the minute. */
const HEADER_AGE_MS = 15 * MINUTE_MS

export function createCreditLedger(clock: Clock, dayCredits: number | null): CreditLedger {
  const spentByMinute = new Map<number, number>()
  let said: { remaining: number; readonly at: number } | undefined

  const minute = () => Math.floor(clock.monotonic() / MINUTE_MS)
  const add = (credits: number) => void spentByMinute.set(minute(), (spentByMinute.get(minute()) ?? 0) + credits)

  function spent(): number {
    let total = 0
    for (const [at, credits] of spentByMinute) {
      if (at <= minute() - DAY_MINUTES) spentByMinute.delete(at)
      else total += credits
    }
    return total
  }

  function remaining(): number {
    const own = dayCredits === null ? Number.POSITIVE_INFINITY : dayCredits - spent()
    const isFresh = said !== undefined && clock.monotonic() - said.at < HEADER_AGE_MS
    return isFresh && said !== undefined ? Math.min(own, said.remaining) : own
  }

  return {
    // A small org's whole day is little more than the reserve: there the reserve shrinks to a tenth.
    canSpend(credits, priority) {
      const reserve = priority === 'interactive' ? 0 : Math.min(RESERVE, (dayCredits ?? Number.POSITIVE_INFINITY) / 10)
      return remaining() - credits >= reserve
    },
    spend(credits) {
      add(credits)
      if (said !== undefined) said.remaining -= credits
    },
    giveBack(credits) {
      add(-credits)
      if (said !== undefined) said.remaining += credits
    },
    correct(headers) {
      const text = headers['x-api-credits-remaining']
      const value = text === undefined ? Number.NaN : Number(text)
      if (Number.isFinite(value)) said = { remaining: value, at: clock.monotonic() }
    },
    looksSpent: (credits) => remaining() < credits,
  }
}
