import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { DatabaseUnreachable } from '../embedded/errors.ts'
import type { TandemTables } from '../sql/schema.ts'

export interface PostgresDatabase {
  readonly db: Kysely<TandemTables>
  close(): Promise<void>
}

const POOL_SIZE = 10
const CONNECT_TIMEOUT_MS = 10_000

const SESSION = [
  // as embedded: a look-up by index is never dearer than reading the whole table
  'random_page_cost=1.1',
  // a process that is frozen between two statements keeps its row locks no longer than its lease: another one takes over (R11)
  'idle_in_transaction_session_timeout=5s',
]

/** A pool on a server, tried once before it is handed out. Throws DatabaseUnreachable. */
export async function openPostgres({ url }: { readonly url: string }): Promise<PostgresDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: SESSION.map((setting) => `-c ${setting}`).join(' '),
    types: { getTypeParser },
  })
  // an idle connection that breaks is replaced at its next use; unheard, it would end the process
  pool.on('error', () => undefined)
  // so would one that breaks between two statements of a transaction: the next statement is refused and says so
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    throw new DatabaseUnreachable({ cause: error })
  }
  const db = new Kysely<TandemTables>({ dialect: new PostgresDialect({ pool }) })
  return { db, close: () => db.destroy() }
}

const INT8 = 20

/** Our bigints are instants and counts, all safe as numbers; pg would answer them as text. */
const getTypeParser: typeof pg.types.getTypeParser = (id: number, format?: 'text' | 'binary') => {
  if (id === INT8) return Number
  return format === 'binary' ? pg.types.getTypeParser(id, 'binary') : pg.types.getTypeParser(id, 'text')
}
