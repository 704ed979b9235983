import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'kysely'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { DataFolderInUse, DataFolderUnreadable } from '../../src/store/embedded/errors.ts'
import { openEmbedded } from '../../src/store/embedded/open.ts'
import { SharedPglite } from '../../src/store/embedded/shared-pglite.ts'
import { migrate } from '../../src/store/sql/migrate.ts'
import { temporaryFolder } from './temporary-folder.ts'

const folders: { remove(): void }[] = []

function freshFolder(): string {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder.path
}

afterEach(() => {
  vi.restoreAllMocks()
  for (const folder of folders.splice(0)) folder.remove()
})

function child(script: string, dataDir: string): ChildProcess {
  const file = fileURLToPath(new URL(`./child/${script}`, import.meta.url))
  return spawn(process.execPath, [file, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function outputOf(process: ChildProcess): Promise<string> {
  let text = ''
  process.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  await new Promise((resolve) => process.once('close', resolve))
  return text
}

describe('embedded database', () => {
  test('every acknowledged transaction is synced to the disk (bug: a power cut loses confirmed writes)', async () => {
    const { db, close } = await openEmbedded({ dataDir: freshFolder() })
    await sql`create table public.proof (n integer)`.execute(db)
    const syncs = vi.spyOn(fs, 'fsyncSync')
    for (let n = 0; n < 50; n += 1) await sql`insert into public.proof values (${n})`.execute(db)
    expect(syncs.mock.calls.length).toBeGreaterThanOrEqual(50)
    await close()
  })

  test('a second process is refused in plain words (bug: both open it and the indexes are corrupted)', async () => {
    const dataDir = freshFolder()
    const { close } = await openEmbedded({ dataDir })
    const answer = await outputOf(child('open-folder.ts', dataDir))
    expect(answer).toContain('DataFolderInUse')
    expect(answer).toContain(`is in use by process ${process.pid}: use the running server or stop it`)
    await expect(openEmbedded({ dataDir })).rejects.toBeInstanceOf(DataFolderInUse)
    await close()
    expect(await outputOf(child('open-folder.ts', dataDir))).toBe('opened')
  })

  test('a lock left by a dead process, or by another with its number, is taken over (bug: a crash locks the folder for ever)', async () => {
    const dataDir = freshFolder()
    const lock = path.join(dataDir, 'database.lock')
    const { close } = await openEmbedded({ dataDir })
    const mine: object = JSON.parse(fs.readFileSync(lock, 'utf8'))
    await close()
    for (const stale of [{ pid: 2 ** 22 - 3 }, { startedAt: '1' }, { bootId: 'an earlier boot' }]) {
      fs.writeFileSync(lock, JSON.stringify({ ...mine, ...stale, token: 'old' }))
      const again = await openEmbedded({ dataDir })
      await again.close()
    }
    fs.writeFileSync(lock, JSON.stringify({ ...mine, host: 'another-host', token: 'old' }))
    await expect(openEmbedded({ dataDir })).rejects.toBeInstanceOf(DataFolderInUse)
    fs.utimesSync(lock, new Date(0), new Date(0))
    const again = await openEmbedded({ dataDir })
    await again.close()
  })

  test('kill -9 in the middle of writing loses nothing acknowledged (bug: a crash skips work, I7)', async () => {
    const dataDir = freshFolder()
    const writer = child('write-rows.ts', dataDir)
    let text = ''
    writer.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n150\n')) writer.kill('SIGKILL')
    })
    await new Promise((resolve) => writer.once('close', resolve))
    const acknowledged = Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1))
    expect(acknowledged).toBeGreaterThanOrEqual(150)
    const { db, close } = await openEmbedded({ dataDir })
    await migrate(db, 0)
    const { rows } = await sql<{ remoteId: string }>`
      select remote_id as "remoteId" from tandem.dirty where connection_id = 'killed'`.execute(db)
    const found = new Set(rows.map((row) => row.remoteId))
    const lost = Array.from({ length: acknowledged + 1 }, (_, n) => n).filter(
      (n) => !found.has(`A${n}`) || !found.has(`B${n}`),
    )
    expect(lost).toEqual([])
    await close()
  })

  test('a folder that is no database, or a damaged one, is told (bug: a stack trace, or a new database over the old)', async () => {
    const strange = freshFolder()
    fs.mkdirSync(path.join(strange, 'database'))
    fs.writeFileSync(path.join(strange, 'database', 'notes.txt'), 'mine')
    await expect(openEmbedded({ dataDir: strange })).rejects.toBeInstanceOf(DataFolderUnreadable)
    expect(fs.readdirSync(strange)).toEqual(['database'])
    const damaged = freshFolder()
    const { close } = await openEmbedded({ dataDir: damaged })
    await close()
    fs.writeFileSync(path.join(damaged, 'database', 'global', 'pg_control'), 'rubbish')
    await expect(openEmbedded({ dataDir: damaged })).rejects.toBeInstanceOf(DataFolderUnreadable)
  })
})

const QUERIES = 2000

/** Milliseconds that HTTP took at worst while a loop of queries ran on the same thread. */
async function worstLatency(pglite: SharedPglite): Promise<number> {
  const server = http.createServer((_request, response) => response.end('ok'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  let worst = 0
  let isDone = false
  const caller = (async () => {
    while (!isDone) {
      const start = performance.now()
      await new Promise<void>((resolve, reject) => {
        http
          .get({ port, host: '127.0.0.1', agent: false }, (answer) => answer.resume().on('end', resolve))
          .on('error', reject)
      })
      worst = Math.max(worst, performance.now() - start)
    }
  })()
  await new Promise((resolve) => setTimeout(resolve, 50))
  for (let n = 0; n < QUERIES; n += 1)
    await pglite.query('insert into public.load (n, t) values ($1, $2)', [n, 'some text'])
  isDone = true
  await caller
  server.close()
  return worst
}

describe('event loop', () => {
  test('HTTP is answered while thousands of queries run (bug: the portal hangs during a sync)', async () => {
    const raw = await PGlite.create()
    await raw.exec('create table public.load (n integer, t text)')
    const shared = await worstLatency(new SharedPglite(raw))
    const starved = await worstLatency(new SharedPglite(raw, async () => undefined))
    process.stdout.write(`worst HTTP latency: ${shared.toFixed(0)} ms, without giving way ${starved.toFixed(0)} ms\n`)
    expect(shared).toBeLessThan(500)
    expect(starved).toBeGreaterThan(shared * 3)
    await raw.close()
  })
})
