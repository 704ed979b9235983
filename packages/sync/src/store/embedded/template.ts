import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { z } from 'zod'
import { installBoss } from '../queue/boss.ts'
import { migrate } from '../sql/migrate.ts'
import { MIGRATIONS } from '../sql/migrations/list.ts'
import type { TandemTables } from '../sql/schema.ts'
import { DurableNodeFS } from './durable-fs.ts'
import { SharedPglite } from './shared-pglite.ts'
import { DURABLE_PARAMS } from './start-params.ts'

/**
 * An initialised database to copy: making one takes seconds and 800 MB, copying it a third of a second. Built once per
 * version of PGlite and schema, in a cache that may be thrown away.
 */
export async function templateFolder(cacheDir: string = defaultCacheDir()): Promise<string> {
  const ready = path.join(cacheDir, `database-${templateName()}`)
  if (fs.existsSync(ready)) return ready
  fs.mkdirSync(cacheDir, { recursive: true })
  const building = `${ready}.${process.pid}-${randomUUID()}`
  try {
    await build(building)
    renameInto(building, ready)
  } finally {
    fs.rmSync(building, { recursive: true, force: true })
  }
  return ready
}

async function build(folder: string): Promise<void> {
  const pglite = await PGlite.create({ fs: new DurableNodeFS(folder), startParams: [...DURABLE_PARAMS] })
  const shared = new SharedPglite(pglite)
  const db = new Kysely<TandemTables>({ dialect: new PGliteDialect({ pglite: shared }) })
  await migrate(db, 0)
  await installBoss(shared)
  await shared.exec('checkpoint')
  await db.destroy()
}

/** Somebody else may have built the same in the meantime: then theirs stays. */
function renameInto(from: string, to: string): void {
  try {
    fs.renameSync(from, to)
  } catch (error) {
    if (!fs.existsSync(to)) throw error
  }
}

const PACKAGE = z.object({ version: z.string() })

function templateName(): string {
  const main = fileURLToPath(import.meta.resolve('@electric-sql/pglite'))
  const text = fs.readFileSync(path.join(path.dirname(main), '..', 'package.json'), 'utf8')
  const { version } = PACKAGE.parse(JSON.parse(text))
  const schema = createHash('sha256')
    .update(JSON.stringify([MIGRATIONS, DURABLE_PARAMS]))
    .digest('hex')
  return `${version}-${schema.slice(0, 16)}`
}

/** Beside the installed packages; in the user's cache where those are read-only. */
function defaultCacheDir(): string {
  const main = fileURLToPath(import.meta.resolve('@electric-sql/pglite'))
  const modules = main.slice(0, main.lastIndexOf(`${path.sep}@electric-sql${path.sep}`))
  const beside = path.join(modules, '.cache', 'tandem')
  try {
    fs.mkdirSync(beside, { recursive: true })
    fs.accessSync(beside, fs.constants.W_OK)
    return beside
  } catch {
    return path.join(os.homedir(), '.cache', 'tandem')
  }
}

/** Copies the template to `target` so that it is there completely or not at all, also after a power cut. */
export function placeDatabase(template: string, target: string): void {
  const aside = `${target}.new-${randomUUID()}`
  try {
    fs.cpSync(template, aside, { recursive: true, mode: fs.constants.COPYFILE_FICLONE })
    syncTree(aside)
    fs.renameSync(aside, target)
    syncPath(path.dirname(target))
  } finally {
    fs.rmSync(aside, { recursive: true, force: true })
  }
}

function syncTree(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const inner = path.join(folder, entry.name)
    if (entry.isDirectory()) syncTree(inner)
    else if (entry.isFile()) syncPath(inner)
  }
  syncPath(folder)
}

function syncPath(name: string): void {
  const descriptor = fs.openSync(name, 'r')
  try {
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}
