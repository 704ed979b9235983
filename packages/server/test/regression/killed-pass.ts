import type { EnginePorts, PassRequest } from '@tandem/sync/engine.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { createLife, mortal } from '../../src/simulate/mortal.ts'
import { passWith } from '../engine/pass-with.ts'

/** What a pass puts on record once it has something to write; its heartbeat and its reads come when they come. */
const WRITES: readonly string[] = [
  'recordChunk',
  'savePlan',
  'setPlanState',
  'recordDispatch',
  'recordOutcomes',
  'postpone',
  'appendEvents',
  'closeRun',
]

/** A pass in a process of its own, which dies before or after the n-th thing that it puts on record, both counted. */
export async function passKilledAt(
  rig: EngineRig,
  nth: number,
  request: Partial<PassRequest> = {},
): Promise<'killed' | 'ended'> {
  await rig.clock.advance(20_000)
  const life = createLife()
  let crossings = 0
  const store = mortal(rig.store, life, {
    async cross(name) {
      if (!WRITES.includes(name)) return
      crossings += 1
      if (crossings === nth) life.kill()
    },
  })
  const ports: EnginePorts = { ...rig.ports, store }
  const pass = passWith(rig, ports, request).then(() => 'ended' as const)
  return Promise.race([pass, life.stopped.then(() => 'killed' as const)])
}

/** In a process that lives: nothing of the one before it is in its memory. */
export function passOfItsOwn(rig: EngineRig): Promise<'killed' | 'ended'> {
  return passKilledAt(rig, Number.POSITIVE_INFINITY)
}
