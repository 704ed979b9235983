import { createHash } from 'node:crypto'
import type { VirtualClock } from '../../core/clock.ts'
import { type ApiAnswer, ApiProblem } from '../api/problem.ts'

export const IDEMPOTENCY_LIFE_MS = 6 * 60_000
export const MAX_KEY_LENGTH = 128
const METHODS = ['PUT', 'POST', 'PATCH']

interface Remembered {
  readonly fingerprint: string
  readonly firstMs: number
  readonly answer: Promise<ApiAnswer>
}

export interface IdempotentRequest {
  readonly key: string | undefined
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly body: string
}

/** The Idempotency-Key store of xero.md 3: per app, six minutes, errors included, a concurrent second call waits. */
export interface IdempotencyStore {
  once(request: IdempotentRequest, work: () => Promise<ApiAnswer>): Promise<ApiAnswer>
  size(): number
}

export function createIdempotencyStore(clock: VirtualClock): IdempotencyStore {
  const remembered = new Map<string, Remembered>()

  function forgetOld() {
    for (const [key, entry] of remembered) {
      // First calls come in order, so the rest is younger.
      if (clock.now() - entry.firstMs < IDEMPOTENCY_LIFE_MS) return
      remembered.delete(key)
    }
  }

  return {
    size: () => remembered.size,
    async once(request, work) {
      const { key } = request
      if (key === undefined || key === '' || !METHODS.includes(request.method)) return work()
      if (key.length > MAX_KEY_LENGTH)
        throw misuse(
          `Idempotency Key: ${key} is ${key.length} characters long. The maximum length is ${MAX_KEY_LENGTH}.`,
        )
      forgetOld()
      const fingerprint = createHash('sha256').update(`${request.method} ${request.url}\n${request.body}`).digest('hex')
      const known = remembered.get(key)
      if (known === undefined) {
        const answer = work()
        remembered.set(key, { fingerprint, firstMs: clock.now(), answer })
        return answer
      }
      if (known.fingerprint !== fingerprint) throw misuse(`Idempotency Key: ${key} is used with a different request.`)
      return known.answer
    },
  }
}

const misuse = (message: string) => new ApiProblem({ status: 400, contentType: 'text/plain', body: message })
