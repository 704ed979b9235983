import type { Kind } from '../model/kind.ts'
import type { OpVerb } from '../model/op.ts'
import type { SkipReason } from '../model/plan.ts'
import type { Side } from '../model/side.ts'
import type { RunReport } from '../store/contract.ts'

type Total = 'refused' | 'dropped' | 'conflicts' | 'holds'

/** Counts of one run while it goes; `toReport` is what the run row keeps. */
export interface Tally {
  confirmed(op: { readonly kind: Kind; readonly side: Side; readonly verb: OpVerb }): void
  skipped(reason: SkipReason): void
  add(total: Total, count: number): void
  writeCount(): number
  toReport(calls: RunReport['calls'], inbox: Pick<RunReport, 'opened' | 'waiting'>): RunReport
}

export function createTally(): Tally {
  const created: Record<string, number> = {}
  const updated: Record<string, number> = {}
  const skips: Record<string, number> = {}
  const writes: Record<Side, number> = { zoho: 0, xero: 0 }
  const totals: Record<Total, number> = { refused: 0, dropped: 0, conflicts: 0, holds: 0 }
  const raise = (counts: Record<string, number>, key: string) => {
    counts[key] = (counts[key] ?? 0) + 1
  }
  return {
    confirmed(op) {
      writes[op.side] += 1
      raise(op.verb === 'create' ? created : updated, `${op.kind}.${op.side}`)
    },
    skipped: (reason) => raise(skips, reason),
    add(total, count) {
      totals[total] += count
    },
    writeCount: () => writes.zoho + writes.xero,
    toReport: (calls, inbox) => ({ created, updated, skipped: skips, ...totals, calls, writes, ...inbox }),
  }
}
