import { type Attempt, type FailureKind, type Hooks, InjectedFailure, isStruck } from './failure.ts'

/** Does the process outlive it? */
type Then = 'goes on' | 'dies'

/** An operation of the store: refused, or done with its answer lost. */
function operation(when: 'before' | 'after', then: Then): FailureKind {
  return {
    name: `operation fails ${when}, process ${then}`,
    seam: 'operation',
    hooks: (attempt) => operationHooks({ when, then }, attempt),
  }
}

function operationHooks(of: { readonly when: 'before' | 'after'; readonly then: Then }, attempt: Attempt): Hooks {
  let waiting: string | undefined
  return {
    async onStore(life, name, way) {
      if (way === 'into') {
        if (!isStruck(attempt.counter, name)) return
        waiting = name
        if (of.when === 'after') return
      } else if (waiting !== name || of.when === 'before') return
      waiting = undefined
      if (of.then === 'dies') life.kill()
      else throw new InjectedFailure(`operation ${name}`)
    },
  }
}

export const OPERATION_FAILURES: readonly FailureKind[] = [
  operation('before', 'goes on'),
  operation('after', 'goes on'),
  operation('before', 'dies'),
  operation('after', 'dies'),
]

/** A statement of the database: refused (its transaction rolls back), or committed with the acknowledgement lost. */
function statement(when: 'before' | 'after', then: Then): FailureKind {
  return {
    name: `${when === 'before' ? 'statement fails' : 'commit unacknowledged'}, process ${then}`,
    seam: 'statement',
    hooks: (attempt) => ({
      onStatement({ text, isCommitting }) {
        // Before its commit nothing of a transaction lasts: whether the answer came makes no difference.
        if (when === 'after' && !isCommitting) return 'pass'
        if (!isStruck(attempt.counter, text)) return 'pass'
        if (then === 'dies') attempt.kill()
        return when === 'before' ? 'failBefore' : 'failAfter'
      },
    }),
  }
}

export const STATEMENT_FAILURES: readonly FailureKind[] = [
  statement('before', 'goes on'),
  statement('before', 'dies'),
  statement('after', 'goes on'),
  statement('after', 'dies'),
]
