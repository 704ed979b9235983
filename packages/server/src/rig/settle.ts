import type { PassResult } from '@tandem/sync/engine.ts'
import type { EngineRig } from './engine-rig.ts'

export interface Settled {
  /** `quiet`: two passes in a row wrote nothing and none was cut short. */
  readonly end: 'quiet' | 'held' | 'stopped' | 'restless'
  readonly passes: readonly PassResult[]
}

export interface SettleOptions {
  /** `wait`: a held plan ends it. `approve`: it is approved, as a person would. */
  readonly held?: 'wait' | 'approve'
  /** Virtual milliseconds between passes. */
  readonly pauseMs?: number
  readonly limit?: number
}

/** Passes until the two sides are at rest: more than the remotes' settling times go by between them. */
export async function settle(rig: EngineRig, options: SettleOptions = {}): Promise<Settled> {
  const { held = 'approve', pauseMs = 20_000, limit = 12 } = options
  const passes: PassResult[] = []
  let quiet = 0
  while (passes.length < limit) {
    await rig.clock.advance(pauseMs)
    const result = await (held === 'approve' ? rig.syncApproved() : rig.pass())
    passes.push(result)
    if (result.type === 'held') return { end: 'held', passes }
    if (result.type === 'stopped') return { end: 'stopped', passes }
    if (result.type === 'interrupted') await rig.clock.advance(Math.max(0, result.retryAt - rig.clock.now()))
    quiet = result.type === 'done' && writesOf(result) === 0 ? quiet + 1 : 0
    if (quiet === 2) return { end: 'quiet', passes }
  }
  return { end: 'restless', passes }
}

/** Passes in which no list is read, as after a restart: what nobody has told of has to be asked for. */
export async function passUntold(rig: EngineRig, count: number): Promise<void> {
  for (let passes = 0; passes < count; passes += 1) {
    await rig.clock.advance(90_000)
    await rig.pass({ detect: 'marksOnly', trigger: 'recover' })
  }
}

export function writesOf(result: PassResult): number {
  return 'report' in result ? result.report.writes.zoho + result.report.writes.xero : 0
}
