import { sql } from 'kysely'
import type { Database } from './schema.ts'

const HOT = ['dirty', 'op', 'link', 'link_part', 'dispatch', 'conflict', 'hold', 'event'] as const

/** Dead rows and statistics. A server does this by itself; the embedded database has no background processes. */
export async function vacuumHotTables(db: Database): Promise<void> {
  for (const table of HOT) await sql.raw(`vacuum (analyze) tandem.${table}`).execute(db)
}
