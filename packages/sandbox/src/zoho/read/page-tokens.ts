import type { Chance } from '../../core/chance.ts'
import type { VirtualClock } from '../../core/clock.ts'

const LIFE_MS = 24 * 3_600_000

/** Where the next page starts: after a row (keyset), or at an offset. `seen` counts rows for the 100,000 cap. */
export interface PageCursor {
  readonly after: { readonly value: string | number; readonly id: string } | undefined
  readonly offset: number
  readonly page: number
}

interface Held {
  readonly cursor: PageCursor
  /** User and every other parameter: a token is bound to them (zoho-crm.md 3.1, 9 trap 3). */
  readonly binding: string
  readonly expiresMs: number
}

export interface PageTokens {
  issue(cursor: PageCursor, binding: string): { readonly token: string; readonly expiresMs: number }
  read(token: string, binding: string): PageCursor | 'unknown' | 'expired' | 'mismatch'
  clear(): void
}

export function createPageTokens(clock: VirtualClock, chance: Chance): PageTokens {
  const held = new Map<string, Held>()
  return {
    issue(cursor, binding) {
      const token = `${chance.guid()}${chance.guid()}`.replaceAll('-', '')
      const expiresMs = clock.now() + LIFE_MS
      held.set(token, { cursor, binding, expiresMs })
      return { token, expiresMs }
    },
    read(token, binding) {
      const found = held.get(token)
      if (found === undefined) return 'unknown'
      if (found.expiresMs <= clock.now()) return 'expired'
      return found.binding === binding ? found.cursor : 'mismatch'
    },
    clear: () => held.clear(),
  }
}
