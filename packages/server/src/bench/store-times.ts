import type { Lane, Store } from '@tandem/sync/store/contract.ts'

export type StoreTimes = Record<string, { calls: number; wallMs: number }>

export interface TimedStore {
  readonly store: Store
  /** Calls and wall time by operation of the lane since the last call of this. */
  take(): StoreTimes
}

/** Times every operation of a lane: where the store's time goes. Waiting for other statements is in it. */
export function timedStore(inner: Store): TimedStore {
  let times: StoreTimes = {}
  const note = (name: string, wallMs: number) => {
    const time = times[name] ?? { calls: 0, wallMs: 0 }
    times[name] = { calls: time.calls + 1, wallMs: time.wallMs + wallMs }
  }
  const claimLane: Store['claimLane'] = async (...claim) => {
    const lane = await inner.claimLane(...claim)
    return lane === undefined ? undefined : timedLane(lane, note)
  }
  const store = new Proxy(inner, {
    get: (target, name) => (name === 'claimLane' ? claimLane : Reflect.get(target, name)),
  })
  return {
    store,
    take() {
      const taken = times
      times = {}
      return taken
    },
  }
}

function timedLane(lane: Lane, note: (name: string, wallMs: number) => void): Lane {
  return new Proxy(lane, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...given: readonly unknown[]) => {
        const startedAt = performance.now()
        try {
          return await Reflect.apply(member, target, given)
        } finally {
          note(String(name), performance.now() - startedAt)
        }
      }
    },
  })
}
