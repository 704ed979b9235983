import type { LinkState } from '../../model/link-state.ts'
import type { PlanChunk } from '../../model/plan.ts'

/**
 * Links that a person has set apart since the chunk was planned: what it decided of them is void, however long the process
 * was frozen in between. Of one that was detached before, a plan says nothing but which people have left it.
 */
export function detachedSince(
  { linkChanges, ops, conflicts, holds }: PlanChunk,
  stateOf: (linkId: string) => LinkState | undefined,
): readonly string[] {
  const decided = [...linkChanges.filter(({ event }) => event !== null), ...ops, ...conflicts, ...holds]
  const ids = new Set(decided.flatMap(({ linkId }) => linkId ?? []))
  return [...ids].filter((id) => stateOf(id) === 'detached').sort()
}
