import type { Weather } from '../simulate/world.ts'

/** Thrown where a database or a disk would throw; the message tells it from the product's own throws. */
export class InjectedFailure extends Error {
  constructor(at: string) {
    super(`${INJECTED} ${at}`)
    this.name = 'InjectedFailure'
  }
}
export const INJECTED = 'Injected failure:'

/** Counts the opportunities of one attempt; only while the journey is under way. */
export interface Counter {
  isArmed: boolean
  seen: number
  /** The opportunity that was struck; undefined when the journey had fewer. */
  struck: string | undefined
  /** 0 strikes none. */
  readonly target: number
}

export function createCounter(target: number): Counter {
  return { isArmed: false, seen: 0, struck: undefined, target }
}

/** Counts this opportunity; true when it is the one to strike. */
export function isStruck(counter: Counter, what: string): boolean {
  if (!counter.isArmed) return false
  counter.seen += 1
  if (counter.seen !== counter.target) return false
  counter.struck = what
  return true
}

/** `committed`: nothing stands between it and the disk any more: a lost answer says nothing about the effect. */
export interface Statement {
  readonly text: string
  readonly isCommitting: boolean
}
export type StatementFate = 'pass' | 'failBefore' | 'failAfter'

/** What one kind of failure does at each seam. */
export interface Hooks extends Partial<Pick<Weather, 'troubleFor' | 'onWay' | 'onStore'>> {
  readonly onStatement?: (statement: Statement) => StatementFate
}

export interface Attempt {
  readonly counter: Counter
  /** Ends the process that runs now. */
  kill(): void
}

/** One way in which an opportunity fails. */
export interface FailureKind {
  readonly name: string
  readonly seam: 'call' | 'operation' | 'statement'
  hooks(attempt: Attempt): Hooks
}
