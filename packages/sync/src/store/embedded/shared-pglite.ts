import { setImmediate } from 'node:timers'
import type { PGlite, QueryOptions, Results, Transaction } from '@electric-sql/pglite'

/**
 * One PGlite session for everybody: the query builder and the job queue. It keeps two promises that PGlite does not.
 * Timers and HTTP run between queries (PGlite resolves in microtasks, so that a loop of queries would starve them). And
 * a failed script is rolled back before anybody else gets a turn, as on a connection of its own.
 */
export class SharedPglite {
  readonly #pglite: PGlite
  readonly #breathe: () => Promise<void>
  #last: Promise<unknown> = Promise.resolve()

  /** `breathe` is replaceable only so that a test can show what happens without it. */
  constructor(pglite: PGlite, breathe: () => Promise<void> = nextTurn) {
    this.#pglite = pglite
    this.#breathe = breathe
  }

  get closed(): boolean {
    return this.#pglite.closed
  }

  get ready(): boolean {
    return this.#pglite.ready
  }

  get waitReady(): Promise<void> {
    return this.#pglite.waitReady
  }

  query<T>(text: string, values?: unknown[], options?: QueryOptions): Promise<Results<T>> {
    return this.#inTurn(() => this.#pglite.query<T>(text, values, options))
  }

  exec(script: string): Promise<Results[]> {
    return this.#inTurn(async () => {
      try {
        return await this.#pglite.exec(script)
      } catch (error) {
        await this.#pglite.exec('rollback').catch(() => undefined)
        throw error
      }
    })
  }

  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#pglite.transaction((inner) => work(breathing(inner, this.#breathe))))
  }

  async close(): Promise<void> {
    await this.#last
    if (!this.#pglite.closed) await this.#pglite.close()
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      try {
        return await work()
      } finally {
        await this.#breathe()
      }
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }
}

/** The same transaction, giving way after each query. */
function breathing(inner: Transaction, breathe: () => Promise<void>): Transaction {
  return {
    query: async (text, values, options) => {
      try {
        return await inner.query(text, values, options)
      } finally {
        await breathe()
      }
    },
    sql: inner.sql.bind(inner),
    exec: inner.exec.bind(inner),
    rollback: inner.rollback.bind(inner),
    listen: inner.listen.bind(inner),
    get closed() {
      return inner.closed
    },
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
