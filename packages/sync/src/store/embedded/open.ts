import fs from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import type { TandemTables } from '../sql/schema.ts'
import { DurableNodeFS } from './durable-fs.ts'
import { DataFolderUnreadable } from './errors.ts'
import { lockFolder } from './folder-lock.ts'
import { SharedPglite } from './shared-pglite.ts'
import { DURABLE_PARAMS } from './start-params.ts'
import { placeDatabase, templateFolder } from './template.ts'

export interface EmbeddedOptions {
  /** Holds `database/` and `database.lock`; made if it is not there. */
  readonly dataDir: string
  /** Where the template for new databases is kept. */
  readonly cacheDir?: string
}

export interface EmbeddedDatabase {
  readonly db: Kysely<TandemTables>
  /** The session that queue and query builder share. */
  readonly pglite: SharedPglite
  close(): Promise<void>
}

/**
 * Opens the database in a folder, making it if need be. Throws DataFolderInUse while another process has it and
 * DataFolderUnreadable when what is there is no database of ours or is damaged.
 */
export async function openEmbedded({ dataDir, cacheDir }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  fs.mkdirSync(dataDir, { recursive: true })
  const lock = lockFolder(path.join(dataDir, 'database.lock'), dataDir)
  try {
    const folder = path.join(dataDir, 'database')
    if (!fs.existsSync(folder)) placeDatabase(await templateFolder(cacheDir), folder)
    const pglite = new SharedPglite(await start(folder, dataDir))
    const db = new Kysely<TandemTables>({ dialect: new PGliteDialect({ pglite }) })
    return {
      db,
      pglite,
      close: async () => {
        await db.destroy()
        await pglite.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function start(folder: string, dataDir: string): Promise<PGlite> {
  if (!fs.existsSync(path.join(folder, 'PG_VERSION'))) {
    throw new DataFolderUnreadable(dataDir, 'database/PG_VERSION is missing')
  }
  dropLeftOverLock(folder)
  try {
    const pglite = await PGlite.create({ fs: new DurableNodeFS(folder), startParams: [...DURABLE_PARAMS] })
    await pglite.query('select 1')
    return pglite
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DataFolderUnreadable(dataDir, reason, { cause: error })
  }
}

/**
 * PostgreSQL's own lock file. Who was killed while writing it leaves it empty or torn, and PostgreSQL refuses to start on
 * such a one. Nobody else can have the folder: ours is the lock that counts.
 */
function dropLeftOverLock(folder: string): void {
  fs.rmSync(path.join(folder, 'postmaster.pid'), { force: true })
}
