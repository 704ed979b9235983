import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import { setInterval } from 'node:timers'
import { z } from 'zod'
import { DataFolderInUse } from './errors.ts'

/** Who holds the folder. Start time and boot tell a living holder from another process that got its number. */
const HOLDER = z.object({
  pid: z.number(),
  startedAt: z.string().nullable(),
  bootId: z.string().nullable(),
  host: z.string(),
  token: z.string(),
})
type Holder = z.infer<typeof HOLDER>

export interface FolderLock {
  release(): void
}

const BEAT_MS = 2000
/** A holder on another host (or container) is judged by its beats alone: 15 missed ones. */
const FOREIGN_SILENCE_MS = 30_000

/**
 * Takes `path` exclusively, never from a living holder. Throws DataFolderInUse. A lock left behind by a killed process
 * is replaced at once.
 */
export function lockFolder(path: string, folder: string): FolderLock {
  const mine: Holder = { ...thisProcess(), token: randomUUID() }
  for (let tries = 0; tries < 5; tries += 1) {
    if (tryCreate(path, mine)) return heldLock(path, mine)
    const other = readHolder(path)
    if (other === undefined) continue
    if (isAlive(other, path)) throw new DataFolderInUse(folder, other.pid)
    removeStale(path, other)
  }
  throw new DataFolderInUse(folder, readHolder(path)?.pid ?? 0)
}

function heldLock(path: string, mine: Holder): FolderLock {
  const beat = setInterval(() => {
    const now = new Date()
    fs.promises.utimes(path, now, now).catch(() => undefined)
  }, BEAT_MS)
  beat.unref()
  return {
    release: () => {
      clearInterval(beat)
      if (readHolder(path)?.token === mine.token) fs.rmSync(path, { force: true })
    },
  }
}

/** Complete content appears at once or not at all: written aside, then linked, which fails when the name is taken. */
function tryCreate(path: string, holder: Holder): boolean {
  const aside = `${path}.${holder.token}`
  fs.writeFileSync(aside, JSON.stringify(holder), { flag: 'wx' })
  try {
    fs.linkSync(aside, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    fs.rmSync(aside, { force: true })
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const parsed = HOLDER.safeParse(JSON.parse(fs.readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : { pid: 0, startedAt: null, bootId: null, host: os.hostname(), token: '' }
  } catch {
    return undefined
  }
}

/** Moved aside and looked at once more: if another process was faster, its fresh lock is put back. */
function removeStale(path: string, stale: Holder): void {
  const aside = `${path}.stale-${randomUUID()}`
  try {
    fs.renameSync(path, aside)
  } catch {
    return
  }
  if (readHolder(aside)?.token !== stale.token) fs.linkSync(aside, path)
  fs.rmSync(aside, { force: true })
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.host !== os.hostname()) return Date.now() - fs.statSync(path).mtimeMs < FOREIGN_SILENCE_MS
  const { bootId } = thisProcess()
  if (holder.bootId !== null && bootId !== null && holder.bootId !== bootId) return false
  if (!isRunning(holder.pid)) return false
  const startedAt = startOf(holder.pid)
  return holder.startedAt === null || startedAt === null || holder.startedAt === startedAt
}

function isRunning(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function thisProcess(): Omit<Holder, 'token'> {
  const bootId = readText('/proc/sys/kernel/random/boot_id')
  return { pid: process.pid, startedAt: startOf(process.pid), bootId, host: os.hostname() }
}

/** Field 22 of /proc/PID/stat (clock ticks since boot), counted behind the name, which may hold spaces; null elsewhere. */
function startOf(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

function readText(path: string): string | null {
  try {
    return fs.readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}
