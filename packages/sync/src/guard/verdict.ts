import type { Code } from '../model/codes.ts'
import { KINDS, type Kind } from '../model/kind.ts'
import type { Op } from '../model/op.ts'
import type { ConnectionSettings, GuardLimit } from '../model/settings.ts'
import { canonicalText } from '../model/value.ts'

/** What a plan adds up to, gathered chunk by chunk, so that a plan of any size is judged in little memory. */
export interface PlanTally {
  readonly creates: Map<string, number>
  readonly updates: Map<string, number>
  readonly deletes: Map<string, number>
  /** `kind/side/field=value` to how many updates write it. */
  readonly sameValues: Map<string, number>
}

export function emptyTally(): PlanTally {
  return { creates: new Map(), updates: new Map(), deletes: new Map(), sameValues: new Map() }
}

/**
 * Write-backs of ids, numbers and filled blanks follow their create and are not counted as updates. Nor are tasks that are
 * completed, as many invoices may be paid on one day; that many are made at once is worth a look.
 */
export function addToTally(tally: PlanTally, ops: readonly Op[]): void {
  for (const op of ops) {
    const key = `${op.kind}/${op.side}`
    if (op.role === 'task' ? op.verb === 'update' : op.role !== 'main' && op.verb === 'create') continue
    if (op.verb === 'create') raise(tally.creates, key)
    if (op.verb === 'delete') raise(tally.deletes, key)
    const changes = op.changes.filter(({ reason }) => reason !== 'crossReference' && reason !== 'create')
    if (op.verb !== 'update' || changes.length === 0) continue
    raise(tally.updates, key)
    for (const change of changes) raise(tally.sameValues, `${key}/${change.field}=${canonicalText(change.after)}`)
  }
}

function raise(counts: Map<string, number>, key: string) {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

export interface GuardInput {
  readonly tally: PlanTally
  readonly settings: ConnectionSettings
  /** Live links per kind before this plan. */
  readonly linkCounts: Readonly<Partial<Record<Kind, number>>>
  readonly deletesToday: Readonly<Record<string, number>>
  /** First sync and historical runs always wait for approval of their preview (C16). */
  readonly isApprovalCompulsory: boolean
  readonly opCount: number
}

export type GuardVerdict =
  | { readonly type: 'go' }
  | { readonly type: 'hold'; readonly code: Code; readonly detail: string }

/** Go, or hold the whole plan (design section 6, I9). */
export function judgePlan(input: GuardInput): GuardVerdict {
  if (input.isApprovalCompulsory && input.opCount > 0) {
    return {
      type: 'hold',
      code: 'approvalNeeded',
      detail: `${input.opCount} writes wait for approval of their preview`,
    }
  }
  return (
    exceeded(input.tally.deletes, input.settings.guard.deletes, { input, code: 'tooManyDeletes' }) ??
    tooManyDeletesToday(input) ??
    exceeded(input.tally.creates, input.settings.guard.creates, { input, code: 'tooManyCreates' }) ??
    exceeded(input.tally.updates, input.settings.guard.updates, { input, code: 'tooManyUpdates' }) ??
    exceeded(input.tally.sameValues, input.settings.guard.sameValue, { input, code: 'sameValueEverywhere' }) ?? {
      type: 'go',
    }
  )
}

function exceeded(
  counts: ReadonlyMap<string, number>,
  limit: GuardLimit,
  at: { readonly input: GuardInput; readonly code: Code },
): GuardVerdict | undefined {
  for (const [key, count] of counts) {
    const allowed = Math.max(limit.count, Math.floor((linksOf(key, at.input) * limit.percent) / 100))
    if (count > allowed)
      return { type: 'hold', code: at.code, detail: `${key.split('=')[0]}: ${count}, allowed ${allowed}` }
  }
  return undefined
}

function tooManyDeletesToday(input: GuardInput): GuardVerdict | undefined {
  for (const [key, count] of input.tally.deletes) {
    const today = (input.deletesToday[key] ?? 0) + count
    if (today > input.settings.guard.deletesPerDay) {
      return {
        type: 'hold',
        code: 'tooManyDeletes',
        detail: `${key}: ${today} today, allowed ${input.settings.guard.deletesPerDay}`,
      }
    }
  }
  return undefined
}

function linksOf(key: string, { linkCounts }: GuardInput): number {
  const kind = KINDS.find((one) => key.startsWith(`${one}/`))
  return kind === undefined ? 0 : (linkCounts[kind] ?? 0)
}

/** More engine writes on one link than this in the window, with no foreign edit between, look like a ping-pong. */
export const QUARANTINE_WRITES = 5
export const QUARANTINE_WINDOW_MS = 10 * 60_000

export function isPingPong(writesInWindow: number): boolean {
  return writesInWindow > QUARANTINE_WRITES
}
