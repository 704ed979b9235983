import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { createLife, mortal } from '../../src/simulate/mortal.ts'
import { passWith } from './pass-with.ts'

/** A pass in a process of its own, killed as it is about to put this on record for the first time. */
export async function passKilledInto(rig: EngineRig, operation: string): Promise<void> {
  await rig.clock.advance(20_000)
  const life = createLife()
  const store = mortal(rig.store, life, {
    async cross(name, way) {
      if (name === operation && way === 'into') life.kill()
    },
  })
  const pass = passWith(rig, { ...rig.ports, store }).then(() => 'ended' as const)
  const end = await Promise.race([pass, life.stopped])
  if (end !== 'killed') throw new Error(`The pass ended without ${operation}`)
}
