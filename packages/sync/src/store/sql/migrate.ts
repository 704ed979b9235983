import { sql } from 'kysely'
import { type CrashPoints, noCrash } from '../../ports/crash-point.ts'
import { MIGRATIONS } from './migrations/list.ts'
import type { Database } from './schema.ts'

/** Brings the schema `tandem` up to date. Safe to run from several processes at once and at every open. */
export async function migrate(db: Database, now: number, crash: CrashPoints = noCrash): Promise<void> {
  await makeLedger(db)
  await db.transaction().execute(async (tx) => {
    await sql`lock table tandem.migration in exclusive mode`.execute(tx)
    const { rows } = await sql<{ name: string }>`select name from tandem.migration`.execute(tx)
    const applied = new Set(rows.map((row) => row.name))
    for (const migration of MIGRATIONS) {
      if (applied.has(migration.name)) continue
      for (const statement of migration.statements) await sql.raw(statement).execute(tx)
      await sql`insert into tandem.migration (name, applied_at) values (${migration.name}, ${now})`.execute(tx)
      crash.reached('C15')
    }
  })
}

const LEDGER = [
  'create schema if not exists tandem',
  'create table if not exists tandem.migration (name text primary key, applied_at bigint not null)',
]

/** `if not exists` still fails when two processes create at the same instant: the second try then finds it. */
async function makeLedger(db: Database): Promise<void> {
  for (const statement of LEDGER) {
    const run = () => sql.raw(statement).execute(db)
    await run().catch(run)
  }
}
