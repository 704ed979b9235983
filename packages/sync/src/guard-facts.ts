import type { GuardInput } from './guard/verdict.ts'
import { KINDS, type Kind } from './model/kind.ts'
import type { PlanCount } from './model/plan.ts'
import type { Side } from './model/side.ts'
import type { PlannedPass } from './plan-pass.ts'
import type { Walk } from './walk.ts'

const DAY_MS = 24 * 60 * 60_000

/** What guard judges by, read from the store: sizes of today's links and of today's deletes. */
export async function guardFacts(
  walk: Walk,
  planned: PlannedPass,
): Promise<{ readonly input: GuardInput; readonly counts: readonly PlanCount[] }> {
  const since = walk.ports.clock.now() - DAY_MS
  const deletesToday: Record<string, number> = {}
  for (const key of planned.tally.deletes.keys()) {
    const { kind, side } = parseKey(key)
    deletesToday[key] = await walk.lane.deletesToday(kind, side, since)
  }
  const input: GuardInput = {
    tally: planned.tally,
    settings: walk.connection.settings,
    linkCounts: await linkCounts(walk),
    deletesToday,
    isApprovalCompulsory: !walk.connection.firstSyncDone || walk.request.trigger === 'historical',
    opCount: planned.opCount,
  }
  return { input, counts: countsOf(planned) }
}

async function linkCounts(walk: Walk): Promise<GuardInput['linkCounts']> {
  const counts: Partial<Record<Kind, number>> = {}
  for (const kind of KINDS) counts[kind] = await walk.lane.countLinks(kind)
  return counts
}

function countsOf(planned: PlannedPass): readonly PlanCount[] {
  const { creates, updates, deletes } = planned.tally
  const of = (counts: ReadonlyMap<string, number>, verb: PlanCount['verb']) =>
    [...counts].map(([key, count]) => ({ ...parseKey(key), verb, count }))
  return [...of(creates, 'create'), ...of(updates, 'update'), ...of(deletes, 'delete')]
}

function parseKey(key: string): { readonly kind: Kind; readonly side: Side } {
  const [name, side] = key.split('/')
  return { kind: KINDS.find((kind) => kind === name) ?? 'contact', side: side === 'xero' ? 'xero' : 'zoho' }
}
