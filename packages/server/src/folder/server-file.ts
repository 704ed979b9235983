import { z } from 'zod'
import type { DataFolder } from './data-folder.ts'

/** Where the server of this data folder listens, so that the CLI talks to it: the embedded database has one owner. */
export interface ServerAddress {
  readonly url: string
  readonly pid: number
}

const addressSchema = z.object({ url: z.string(), pid: z.number().int() })

export async function announceServer(folder: DataFolder, url: string): Promise<void> {
  await folder.write('server.json', `${JSON.stringify({ url, pid: process.pid })}\n`)
}

export async function withdrawServer(folder: DataFolder): Promise<void> {
  await folder.remove('server.json')
}

/** undefined when no server runs, also when one died without withdrawing its file. */
export async function findServer(folder: DataFolder): Promise<ServerAddress | undefined> {
  const content = await folder.read('server.json')
  if (content === undefined) return undefined
  const parsed = addressSchema.safeParse(parseJson(content))
  if (!parsed.success || !isAlive(parsed.data.pid)) return undefined
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Signal 0 asks without disturbing; EPERM means that it lives under another user. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
