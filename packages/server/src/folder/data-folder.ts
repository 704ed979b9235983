import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Answer, answer, problem } from '../problem.ts'

/** The small files beside the embedded database. All are readable by their owner only. */
export interface DataFolder {
  readonly path: string
  read(name: FileName): Promise<string | undefined>
  /** Whole or not at all: written beside and renamed. */
  write(name: FileName, content: string): Promise<void>
  remove(name: FileName): Promise<void>
}

/**
 * `api-token`: what the CLI shows the server. `secret.key`: the master key where the environment has none.
 * `server.json`: where the running server listens. `pending.json`: a half-made pair (`connect/pending.ts`).
 */
export type FileName = 'api-token' | 'secret.key' | 'server.json' | 'pending.json'

const OWNER_ONLY = 0o600

/** Opens or makes the folder; says what is wrong with it instead of throwing. */
export async function openDataFolder(path: string): Promise<Answer<DataFolder>> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    const found = await stat(path)
    if (!found.isDirectory()) return unusable(path, 'it is a file, not a folder')
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    return unusable(path, reasonOf(error))
  }
  return answer(filesOf(path))
}

function filesOf(path: string): DataFolder {
  return {
    path,
    read: (name) => readFile(join(path, name), 'utf8').catch(whenAbsent),
    async write(name, content) {
      const beside = join(path, `.${name}.${process.pid}`)
      await writeFile(beside, content, { mode: OWNER_ONLY })
      await rename(beside, join(path, name))
    },
    remove: (name) => rm(join(path, name), { force: true }),
  }
}

/** The token that every /v1 call carries; made on first use. */
export function readApiToken(folder: DataFolder): Promise<string> {
  return readOrMake(folder, 'api-token', 'base64url')
}

/** The master key in base64; made on first use. Keep a copy: without it the stored tokens are lost. */
export function readSecretKeyFile(folder: DataFolder): Promise<string> {
  return readOrMake(folder, 'secret.key', 'base64')
}

const SECRET_BYTES = 32

async function readOrMake(folder: DataFolder, name: FileName, encoding: 'base64' | 'base64url'): Promise<string> {
  const known = await folder.read(name)
  if (known !== undefined) return known.trim()
  const made = randomBytes(SECRET_BYTES).toString(encoding)
  await folder.write(name, `${made}\n`)
  return made
}

function whenAbsent(error: unknown): undefined {
  if (errnoOf(error) === 'ENOENT') return undefined
  throw error
}

function unusable(path: string, reason: string) {
  return problem(
    'dataFolderUnusable',
    `The data folder ${path} cannot be used: ${reason}.`,
    'Give this user read and write access to it, or name another folder in TANDEM_DATA_DIR.',
  )
}

function reasonOf(error: unknown): string {
  switch (errnoOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'this user may not read and write there'
    case 'EROFS':
      return 'its disk is read-only'
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a part of its path is a file, not a folder'
    case 'ENOSPC':
      return 'its disk is full'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}

export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
