import type { NewConflict, Store } from '@tandem/sync/store/contract.ts'
import { createMemoryStore } from '@tandem/sync/store/memory/store.ts'
import type { RigOptions } from '../../src/rig/engine-rig.ts'

/** A memory store that also shows the conflict rows it was given: resolved ones are history, which no report lists yet. */
export function conflictRecorder(): {
  readonly conflicts: readonly NewConflict[]
  readonly openStore: NonNullable<RigOptions['openStore']>
} {
  const conflicts: NewConflict[] = []
  return {
    conflicts,
    async openStore(parts) {
      const store: Store = createMemoryStore(parts)
      return {
        ...store,
        async claimLane(connectionId, owner, ttlMs) {
          const lane = await store.claimLane(connectionId, owner, ttlMs)
          if (lane === undefined) return undefined
          return {
            ...lane,
            async recordChunk(recorded) {
              conflicts.push(...recorded.chunk.conflicts)
              return lane.recordChunk(recorded)
            },
          }
        },
      }
    },
  }
}
