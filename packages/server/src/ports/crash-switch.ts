import { subscribe } from 'node:diagnostics_channel'
import { type CrashPoint, type CrashPoints, noCrash } from '@tandem/sync/ports/crash-point.ts'
import type { CrashAt } from '../config.ts'

/** Ends this process where TANDEM_CRASH_AT says, by a real signal: no `finally`, no flush. null: never. */
export function createCrashSwitch(at: CrashAt | null): CrashPoints {
  if (at === null) return noCrash
  let hits = 0
  return {
    reached(point) {
      if (point !== at.point) return
      hits += 1
      if (hits === at.hit) strike(point)
    },
  }
}

const FREEZE_DELAY_MS = 300

function strike(point: CrashPoint): void {
  switch (point) {
    case 'C6':
      onceWritten(() => process.kill(process.pid, 'SIGKILL'))
      return
    case 'C17':
      // A moment later, when the transactions of other batches have ended and nothing but the call is under way.
      onceWritten(() => setTimeout(() => process.kill(process.pid, 'SIGSTOP'), FREEZE_DELAY_MS))
      return
    case 'C18':
      process.kill(process.pid, 'SIGTERM')
      return
    default:
      process.kill(process.pid, 'SIGKILL')
  }
}

/** The call was begun just now; the built-in fetch tells when its last byte has left. */
function onceWritten(act: () => unknown): void {
  let isDone = false
  subscribe('undici:request:bodySent', (message) => {
    if (isDone || !isWrite(message)) return
    isDone = true
    setImmediate(act)
  })
}

function isWrite(message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('request' in message)) return false
  const { request } = message
  return typeof request === 'object' && request !== null && 'method' in request && request.method !== 'GET'
}
