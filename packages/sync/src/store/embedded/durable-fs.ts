import fs from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type Init = NodeFS['init']
type Started = Awaited<ReturnType<Init>>

/**
 * PGlite on a folder with a real fsync. As shipped, it is switched off, and switched on it still reaches no system call,
 * because the file system has no such operation: an acknowledged commit would not survive a power cut.
 */
export class DurableNodeFS extends NodeFS {
  override async init(...parameters: Parameters<Init>): Promise<Started> {
    const started = await super.init(...parameters)
    const preRun = started.emscriptenOpts.preRun
    if (!Array.isArray(preRun)) throw new Error('PGlite changed: no preRun list to add fsync to')
    preRun.push((module: unknown) => {
      Reflect.set(inside(module, ['NODEFS', 'stream_ops']), 'fsync', syncStream)
    })
    return started
  }
}

function inside(root: unknown, path: readonly string[]): object {
  let value = root
  for (const name of path) value = isObject(value) ? Reflect.get(value, name) : undefined
  if (!isObject(value)) throw new Error(`PGlite changed: no ${path.join('.')} to add fsync to`)
  return value
}

/** Emscripten's file systems are partly functions with properties. */
function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

const NOT_SYNCABLE = new Set(['EBADF', 'EINVAL'])
/** Emscripten's EIO: PostgreSQL panics on it, as it should. */
const INPUT_OUTPUT_ERROR = 29

/** 0, or an errno of the WASM libc. Streams without a native descriptor have nothing to sync. */
function syncStream(stream: object): number {
  const descriptor: unknown = Reflect.get(stream, 'nfd')
  if (typeof descriptor !== 'number') return 0
  try {
    fs.fsyncSync(descriptor)
    return 0
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
    return typeof code === 'string' && NOT_SYNCABLE.has(code) ? 0 : INPUT_OUTPUT_ERROR
  }
}
