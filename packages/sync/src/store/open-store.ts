import type { Chance } from '../ports/chance.ts'
import type { Clock } from '../ports/clock.ts'
import { type CrashPoints, noCrash } from '../ports/crash-point.ts'
import type { Store } from './contract.ts'
import { openEmbedded } from './embedded/open.ts'
import { openPostgres } from './postgres/open.ts'
import { embeddedQueue, postgresQueue } from './queue/boss.ts'
import { freeWhatTheDeadHold } from './sql/free.ts'
import { migrate } from './sql/migrate.ts'
import { createSqlStore } from './sql/store.ts'
import { vacuumHotTables } from './sql/tidy.ts'

export interface StoreOptions {
  readonly clock: Clock
  readonly chance: Chance
  /** Folder of the embedded database; used when there is no `databaseUrl`. */
  readonly dataDir: string
  /** A PostgreSQL server, for when one process is not enough. */
  readonly databaseUrl?: string
  readonly cacheDir?: string
  readonly crash?: CrashPoints
}

/**
 * The store on the embedded database, or on a server with `databaseUrl`; its schema is brought up to date first. Throws
 * DataFolderInUse, DataFolderUnreadable or DatabaseUnreachable (`./embedded/errors.ts`).
 */
export function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl } = options
  return databaseUrl === undefined ? openEmbeddedStore(options) : openServerStore(options, databaseUrl)
}

async function openEmbeddedStore({ clock, chance, dataDir, cacheDir, crash = noCrash }: StoreOptions): Promise<Store> {
  const opened = await openEmbedded({ dataDir, ...(cacheDir === undefined ? {} : { cacheDir }) })
  const { db, pglite } = opened
  try {
    await migrate(db, clock.now(), crash)
    await freeWhatTheDeadHold(db)
  } catch (error) {
    await opened.close()
    throw error
  }
  const queue = embeddedQueue(pglite)
  return createSqlStore({
    db,
    clock,
    chance,
    crash,
    queue,
    tidy: () => vacuumHotTables(db),
    close: async () => {
      await queue.stop()
      await opened.close()
    },
  })
}

async function openServerStore({ clock, chance, crash = noCrash }: StoreOptions, url: string): Promise<Store> {
  const { db, close } = await openPostgres({ url })
  try {
    await migrate(db, clock.now(), crash)
  } catch (error) {
    await close()
    throw error
  }
  const queue = postgresQueue(url)
  return createSqlStore({
    db,
    clock,
    chance,
    crash,
    queue,
    // a server has autovacuum
    tidy: async () => undefined,
    close: async () => {
      await queue.stop()
      await close()
    },
  })
}
