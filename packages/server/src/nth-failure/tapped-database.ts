import type { PGlite, Transaction } from '@electric-sql/pglite'
import { InjectedFailure, type Statement, type StatementFate } from './failure.ts'

/** Decides about every statement before it reaches the database. */
export interface StatementTap {
  onStatement: (statement: Statement) => StatementFate
}

/** The embedded database with a tap on its one session: beneath the query builder, so that commits pass it too. */
export function tapped(pglite: PGlite, tap: StatementTap): PGlite {
  return new Proxy(pglite, {
    get(owner, name): unknown {
      if (name === 'query') {
        const query: PGlite['query'] = (text, ...rest) =>
          through(tap, { text, isCommitting: true }, () => owner.query(text, ...rest))
        return query
      }
      if (name === 'transaction') {
        const transaction: PGlite['transaction'] = (work) => tappedTransaction(owner, tap, work)
        return transaction
      }
      const member: unknown = Reflect.get(owner, name)
      return typeof member === 'function' ? member.bind(owner) : member
    },
  })
}

async function tappedTransaction<T>(
  pglite: PGlite,
  tap: StatementTap,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const [result, fate] = await pglite.transaction(async (inner) => {
    const done = await work(tappedInner(inner, tap))
    const commit = tap.onStatement({ text: 'commit', isCommitting: true })
    if (commit === 'failBefore') throw new InjectedFailure('commit')
    return [done, commit] as const
  })
  if (fate === 'failAfter') throw new InjectedFailure('acknowledgement of a commit')
  return result
}

function tappedInner(inner: Transaction, tap: StatementTap): Transaction {
  const query: Transaction['query'] = (text, ...rest) =>
    through(tap, { text, isCommitting: false }, () => inner.query(text, ...rest))
  return new Proxy(inner, {
    get(owner, name): unknown {
      if (name === 'query') return query
      const member: unknown = Reflect.get(owner, name)
      return typeof member === 'function' ? member.bind(owner) : member
    },
  })
}

async function through<T>(tap: StatementTap, statement: Statement, run: () => Promise<T>): Promise<T> {
  const fate = tap.onStatement(statement)
  if (fate === 'failBefore') throw new InjectedFailure(statement.text)
  const answer = await run()
  if (fate === 'failAfter') throw new InjectedFailure(`answer of ${statement.text}`)
  return answer
}
