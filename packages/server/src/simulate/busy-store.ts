import type { EventClock } from './event-clock.ts'

/** A store whose database works outside the simulation's jobs: virtual time stands still while it does. */
export function busyStore<T extends object>(target: T, clock: EventClock): T {
  return new Proxy(target, {
    get(owner, name): unknown {
      const member: unknown = Reflect.get(owner, name)
      if (typeof name !== 'string') return member
      if (typeof member === 'function') return busyCall(name, member.bind(owner), clock)
      return typeof member === 'object' && member !== null ? busyStore(member, clock) : member
    },
  })
}

function busyCall(name: string, call: (...args: readonly unknown[]) => unknown, clock: EventClock) {
  return async (...args: readonly unknown[]) => {
    const answer = await clock.busyWhile(Promise.resolve(call(...args)))
    return name === 'claimLane' && typeof answer === 'object' && answer !== null ? busyStore(answer, clock) : answer
  }
}
