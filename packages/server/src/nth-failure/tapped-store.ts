import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { noCrash } from '@tandem/sync/ports/crash-point.ts'
import { SharedPglite } from '@tandem/sync/store/embedded/shared-pglite.ts'
import { placeDatabase, templateFolder } from '@tandem/sync/store/embedded/template.ts'
import { memoryQueue } from '@tandem/sync/store/memory/queue.ts'
import { migrate } from '@tandem/sync/store/sql/migrate.ts'
import type { TandemTables } from '@tandem/sync/store/sql/schema.ts'
import { createSqlStore } from '@tandem/sync/store/sql/store.ts'
import { Kysely, PGliteDialect, sql } from 'kysely'
import type { Database } from './stage.ts'
import { type StatementTap, tapped } from './tapped-database.ts'

/** One embedded database for many attempts, emptied before each; without fsync, which no statement can see. */
export interface TappedStore extends Database {
  close(): Promise<void>
}

export async function openTappedStore(): Promise<TappedStore> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-nth-'))
  const database = path.join(folder, 'database')
  placeDatabase(await templateFolder(), database)
  const tap: StatementTap = { onStatement: () => 'pass' }
  const pglite = new SharedPglite(tapped(await PGlite.create(database), tap))
  const db = new Kysely<TandemTables>({ dialect: new PGliteDialect({ pglite }) })
  await migrate(db, 0)
  return {
    tap,
    async open({ clock, chance }) {
      tap.onStatement = () => 'pass'
      await emptyTables(db)
      return createSqlStore({
        db,
        clock,
        chance,
        crash: noCrash,
        queue: memoryQueue(),
        tidy: async () => undefined,
        // The database outlives the attempt.
        close: async () => undefined,
      })
    },
    async close() {
      await db.destroy()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function emptyTables(db: Kysely<TandemTables>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select quote_ident(tablename) as name from pg_tables
    where schemaname = 'tandem' and tablename not like '%migration%'`.execute(db)
  const names = rows.map(({ name }) => `tandem.${name}`).join(', ')
  await sql.raw(`truncate ${names} restart identity cascade`).execute(db)
}
