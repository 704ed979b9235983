import type { Call } from '../simulate/wire.ts'
import { addressOf } from './call-failures.ts'
import { type Attempt, type FailureKind, type Hooks, isStruck } from './failure.ts'

/** Killed at a boundary of the network: about to send, with the request on its way, with the answer on its way. */
type Point = 'about to send' | 'request on its way' | 'answer on its way'

function crash(point: Point): FailureKind {
  return { name: `killed, ${point}`, seam: 'call', hooks: (attempt) => hooksOf(point, attempt) }
}

function hooksOf(point: Point, { counter }: Attempt): Hooks {
  let fatal: Call | undefined
  return {
    troubleFor(call) {
      if (!isStruck(counter, addressOf(call))) return undefined
      fatal = call
      // Nothing leaves a process that dies before it sends.
      return point === 'about to send' ? { type: 'refusedConnection' } : undefined
    },
    async onWay(life, call, leg) {
      if (call === fatal && leg === (point === 'answer on its way' ? 'back' : 'there')) life.kill()
    },
  }
}

export const CRASHES: readonly FailureKind[] = [
  crash('about to send'),
  crash('request on its way'),
  crash('answer on its way'),
]
