/**
 * A process that can be killed: once it is dead, nothing that it waits for ever comes, so that none of its code runs
 * on, no `finally` either. What it has sent is on its way all the same.
 */
export interface Life {
  isDead(): boolean
  kill(): void
  /** Stops it for a while, heartbeat and all, until the promise ends (a long collection, a laptop's lid). */
  freeze(until: Promise<void>): void
  /** Ends when the process is killed or frozen: nobody need wait for its work any longer. */
  readonly stopped: Promise<'killed' | 'frozen'>
  /** The work's outcome while the process lives; for ever pending once it is dead. */
  while<T>(work: () => Promise<T>): Promise<T>
}

const NEVER = new Promise<never>(() => undefined)

export function createLife(): Life {
  let isDead = false
  let thawed: Promise<void> | undefined
  const stop = Promise.withResolvers<'killed' | 'frozen'>()
  return {
    stopped: stop.promise,
    isDead: () => isDead,
    kill() {
      isDead = true
      stop.resolve('killed')
    },
    freeze(until) {
      thawed = until
      stop.resolve('frozen')
    },
    async while(work) {
      if (isDead) return NEVER
      try {
        const value = await work()
        await thawed
        return isDead ? NEVER : value
      } catch (error) {
        await thawed
        if (isDead) return NEVER
        throw error
      }
    },
  }
}

export interface Boundary {
  /** Before (`into`) and after (`out of`) every call of the process' store. */
  cross(name: string, way: 'into' | 'outOf'): Promise<void>
}

/** The object with every method of it, and of what it answers with methods of its own (a lane), under the process' life. */
export function mortal<T extends object>(target: T, life: Life, boundary: Boundary): T {
  return new Proxy(target, {
    get(owner, name): unknown {
      const member: unknown = Reflect.get(owner, name)
      if (typeof name !== 'string') return member
      if (typeof member === 'function') return mortalCall(name, member.bind(owner), { life, boundary })
      return typeof member === 'object' && member !== null ? mortal(member, life, boundary) : member
    },
  })
}

interface Under {
  readonly life: Life
  readonly boundary: Boundary
}

function mortalCall(name: string, call: (...args: readonly unknown[]) => unknown, { life, boundary }: Under) {
  return (...args: readonly unknown[]) =>
    life.while(async () => {
      await boundary.cross(name, 'into')
      if (life.isDead()) return undefined
      const answer = await call(...args)
      if (!life.isDead()) await boundary.cross(name, 'outOf')
      return name === 'claimLane' && typeof answer === 'object' && answer !== null
        ? mortal(answer, life, boundary)
        : answer
    })
}
