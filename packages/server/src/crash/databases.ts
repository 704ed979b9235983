import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '@tandem/sync/store/embedded/open.ts'
import { openStore } from '@tandem/sync/store/open-store.ts'
import { serverBinaries, startPostgres } from '@tandem/sync/store/postgres/throwaway.ts'
import pg from 'pg'
import { systemChance, systemClock } from '../ports/system.ts'
import type { DatabaseName } from './crash-case.ts'

/** Where one case keeps everything; gone after it. */
export interface FreshDatabase {
  readonly environment: Readonly<Record<string, string>>
  remove(): Promise<void>
}

/** `none`: the product's first start finds no tables of its own and makes them. */
type Tables = 'migrated' | 'none'

export interface Databases {
  fresh(name: DatabaseName, tables: Tables): Promise<FreshDatabase>
}

/** null: only the embedded one. */
export function databasesAt(serverUrl: string | null): Databases {
  return {
    fresh(name, tables) {
      if (name === 'embedded') return freshEmbedded(tables)
      if (serverUrl === null) throw new Error('No PostgreSQL server was started')
      return freshOnServer(serverUrl, tables)
    },
  }
}

export interface DatabaseServer {
  readonly url: string | null
  stop(): Promise<void>
}

/** A PostgreSQL server of our own where one is asked for; undefined when its binaries are not installed. */
export async function startDatabaseServer(names: readonly DatabaseName[]): Promise<DatabaseServer | undefined> {
  if (!names.includes('postgres')) return { url: null, stop: async () => undefined }
  const binaries = serverBinaries()
  if (binaries === undefined) return undefined
  const server = await startPostgres(binaries)
  await makeTemplate(server.url)
  return server
}

async function freshEmbedded(tables: Tables): Promise<FreshDatabase> {
  const folder = await freshFolder()
  if (tables === 'none') {
    const { pglite, close } = await openEmbedded({ dataDir: folder })
    await pglite.exec('drop schema tandem cascade')
    await close()
  }
  return { environment: { TANDEM_DATA_DIR: folder }, remove: () => removeFolder(folder) }
}

const TEMPLATE = 'tandem_template'

async function freshOnServer(url: string, tables: Tables): Promise<FreshDatabase> {
  const name = `case_${randomUUID().replaceAll('-', '')}`
  const folder = await freshFolder()
  await execute(url, `create database ${name} template ${tables === 'none' ? 'template0' : TEMPLATE}`)
  return {
    environment: {
      TANDEM_DATA_DIR: folder,
      DATABASE_URL: urlOf(url, name),
      TANDEM_SECRET_KEY: randomBytes(32).toString('base64'),
    },
    async remove() {
      await execute(url, `drop database ${name} with (force)`)
      await removeFolder(folder)
    },
  }
}

/** Migrated once: copying it is quicker than migrating for every case. */
async function makeTemplate(url: string): Promise<void> {
  await execute(url, `create database ${TEMPLATE}`)
  const store = await openStore({
    clock: systemClock,
    chance: systemChance,
    dataDir: '',
    databaseUrl: urlOf(url, TEMPLATE),
  })
  await store.close()
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

export function freshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'tandem-crash-'))
}

/** A process that was killed a moment ago may still be letting go of a file. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 })
}
