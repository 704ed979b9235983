import type { Chance } from '../../ports/chance.ts'
import type { Clock } from '../../ports/clock.ts'
import { type HttpRequest, type HttpResponse, type Network, NetworkFailure } from '../../ports/network.ts'
import type { Sealer } from '../../ports/sealer.ts'
import type { RotateClaim, SealedCredential, VaultStore } from '../../store/contract.ts'

/** Fixtures of the connectors' tests: time by hand, a vault in memory, an in-process network. */

export interface TestClock extends Clock {
  /** Moves time forward, waking sleepers in their order and letting each do its work before the next. */
  advance(milliseconds: number): Promise<void>
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

export function createTestClock(startMs = Date.parse('2026-10-06T03:15:20.123Z')): TestClock {
  let elapsed = 0
  let sleepers: readonly Sleeper[] = []
  const wakeDue = async () => {
    const due = sleepers.filter((sleeper) => sleeper.at <= elapsed)
    sleepers = sleepers.filter((sleeper) => sleeper.at > elapsed)
    for (const sleeper of due) sleeper.wake()
    await settleMicrotasks()
  }
  return {
    now: () => startMs + elapsed,
    monotonic: () => elapsed,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers = [...sleepers, { at: elapsed + milliseconds, wake }]
      }),
    async advance(milliseconds) {
      const end = elapsed + milliseconds
      await settleMicrotasks()
      for (;;) {
        const next = Math.min(end, ...sleepers.map((sleeper) => sleeper.at))
        elapsed = Math.max(elapsed, next)
        await wakeDue()
        if (elapsed >= end && sleepers.every((sleeper) => sleeper.at > end)) return
      }
    },
  }
}

/** Everything that can go on without time passing has done so. */
export function settleMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export function createTestChance(): Chance {
  let count = 0
  return {
    float: () => 0.5,
    uuid() {
      count += 1
      return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
    },
  }
}

/** Keeps the binding to its row, and nothing else. */
export const testSealer: Sealer = {
  seal: (text, aad) => `${aad}|${text}`,
  open: (sealed, aad) => (sealed.startsWith(`${aad}|`) ? sealed.slice(aad.length + 1) : undefined),
}

export interface TestVault extends VaultStore {
  /** Sealed texts that were stored, oldest first. */
  readonly stored: readonly string[]
}

/** One credential with the claim rules of the store's contract. */
export function createTestVault(initial: SealedCredential): TestVault {
  let credential = initial
  let claim: { readonly owner: string; readonly until: number } | undefined
  const stored: string[] = []
  return {
    stored,
    save: async () => credential.id,
    read: async (id) => (id === credential.id ? credential : undefined),
    async rotate(_id, knownRotation, request): Promise<RotateClaim> {
      if (credential.rotation > knownRotation) return { type: 'newer', credential }
      if (claim !== undefined && claim.until > request.nowMs && claim.owner !== request.owner) return { type: 'busy' }
      claim = { owner: request.owner, until: request.nowMs + request.claimTtlMs }
      return { type: 'mine' }
    },
    async finishRotation(_id, owner, sealed) {
      // As the real vault: kept even when the claim ran out meanwhile (C12).
      if (claim?.owner === owner) claim = undefined
      stored.push(sealed)
      credential = { ...credential, sealed, rotation: credential.rotation + 1 }
    },
    async abandonRotation(_id, owner) {
      if (claim?.owner === owner) claim = undefined
    },
  }
}

export interface ScriptedNetwork extends Network {
  readonly requests: readonly HttpRequest[]
}

/** Answers in order; an Error is thrown. Past the end it fails the test. */
export function createScriptedNetwork(answers: readonly (Partial<HttpResponse> | Error)[]): ScriptedNetwork {
  const requests: HttpRequest[] = []
  return {
    requests,
    async exchange(request) {
      const answer = answers[requests.length]
      requests.push(request)
      if (answer === undefined) throw new Error(`No answer left for ${request.method} ${request.url}`)
      if (answer instanceof Error) throw answer
      return { status: 200, headers: {}, body: '', ...answer }
    },
  }
}

/** An in-process server behind the port. A dropped connection may have arrived, as over a real wire. */
export function createAppNetwork(handle: (request: Request) => Response | Promise<Response>): ScriptedNetwork {
  const requests: HttpRequest[] = []
  return {
    requests,
    async exchange(request) {
      requests.push(request)
      const { method, url, headers, body } = request
      try {
        const response = await handle(new Request(url, { method, headers: { ...headers }, body: body ?? null }))
        return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
      } catch (error) {
        throw new NetworkFailure(error instanceof Error ? error.message : 'dropped', true)
      }
    },
  }
}
