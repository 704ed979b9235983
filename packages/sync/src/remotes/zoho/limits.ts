import type { Chance } from '../../ports/chance.ts'
import type { Clock } from '../../ports/clock.ts'
import { createCreditLedger } from './credits.ts'
import { createSlots, type Priority, type Slots, type Weight } from './slots.ts'

/** What one call takes of the organisation's limits (zoho-crm.md 2.1). */
export interface CallCost {
  readonly credits: number
  readonly weight: Weight
  readonly priority: Priority
}

export type Admission =
  | { readonly type: 'admitted'; readonly release: () => void }
  | { readonly type: 'throttled'; readonly scope: 'day' | 'concurrent'; readonly retryAfterMs: number }

/** The limits of one Zoho organisation, shared by every remote that speaks to it. */
export interface ZohoLimits {
  /** Waits for a free slot and for short pauses; answers `throttled` when waiting would be long. */
  admit(cost: CallCost): Promise<Admission>
  /** What the headers of an answer say of the day's credits. */
  noteHeaders(headers: Readonly<Record<string, string>>): void
  /** After a 429: how long to stay away, and which limit it was most likely (Zoho does not say). */
  noteRefusal(cost: CallCost): { readonly scope: 'day' | 'concurrent'; readonly retryAfterMs: number }
  noteSuccess(): void
}

export type ZohoEdition = 'free' | 'standard' | 'professional' | 'enterprise' | 'ultimate'

/** Simultaneous calls per org and app (zoho-crm.md 2.1). */
const CONCURRENCY: Readonly<Record<ZohoEdition, number>> = {
  free: 5,
  standard: 10,
  professional: 15,
  enterprise: 20,
  ultimate: 25,
}

/** Simultaneous heavy calls, in all editions: COQL, writes of more than ten rows. */
const HEAVY_CONCURRENCY = 10

export interface LimitParts {
  readonly clock: Clock
  readonly chance: Chance
  readonly edition: ZohoEdition
  /** Credits of a rolling day; null when unknown: then only the answers' headers tell. */
  readonly dayCredits: number | null
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000
/** A pause up to this long is waited out inside; longer ones go back to the engine. */
const PATIENCE_MS = 5_000
const DAY_RETRY_MS = 15 * 60_000

export function createZohoLimits(parts: LimitParts): ZohoLimits {
  const slots = createSlots({ total: CONCURRENCY[parts.edition], heavy: HEAVY_CONCURRENCY })
  const ledger = createCreditLedger(parts.clock, parts.dayCredits)
  const pause = createPause(parts)
  const jittered = (milliseconds: number) => Math.round(milliseconds * (0.75 + parts.chance.float() / 2))

  return {
    async admit(cost) {
      if (!ledger.canSpend(cost.credits, cost.priority)) {
        return { type: 'throttled', scope: 'day', retryAfterMs: jittered(DAY_RETRY_MS) }
      }
      const left = pause.left()
      if (left > PATIENCE_MS) return { type: 'throttled', scope: 'concurrent', retryAfterMs: left }
      // Spent before the wait: a queue of calls must not all look at the same last credit.
      ledger.spend(cost.credits)
      return admitted({ slots, clock: parts.clock, pauseLeft: pause.left }, cost)
    },
    noteHeaders: (headers) => ledger.correct(headers),
    noteRefusal(cost) {
      ledger.giveBack(cost.credits)
      if (ledger.looksSpent(cost.credits)) return { scope: 'day', retryAfterMs: jittered(DAY_RETRY_MS) }
      // Coming back as wide as before would be refused for ever; a burst that is refused together counts once.
      if (pause.left() === 0) slots.narrow()
      return { scope: 'concurrent', retryAfterMs: pause.lengthen() }
    },
    noteSuccess() {
      pause.reset()
      slots.noteSuccess()
    },
  }
}

interface Gate {
  readonly slots: Slots
  readonly clock: Clock
  readonly pauseLeft: () => number
}

async function admitted(gate: Gate, cost: CallCost): Promise<Admission> {
  const release = await gate.slots.take(cost.weight, cost.priority)
  for (let left = gate.pauseLeft(); left > 0; left = gate.pauseLeft()) await gate.clock.sleep(left)
  return { type: 'admitted', release }
}

/** Exponential back-off with jitter: Zoho sends no Retry-After (zoho-crm.md 2.1). */
function createPause(parts: LimitParts) {
  let until = 0
  let length = 0
  return {
    left: () => Math.max(0, until - parts.clock.monotonic()),
    lengthen(): number {
      const now = parts.clock.monotonic()
      // Calls already in flight come back refused together: they count as one refusal.
      if (until > now) return until - now
      length = Math.min(LONGEST_PAUSE_MS, length === 0 ? FIRST_PAUSE_MS : length * 2)
      until = now + Math.round(length / 2 + (parts.chance.float() * length) / 2)
      return until - now
    },
    reset() {
      if (until <= parts.clock.monotonic()) length = 0
    },
  }
}
