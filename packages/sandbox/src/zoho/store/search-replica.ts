import type { VirtualClock } from '../../core/clock.ts'
import type { StoredRecord } from '../model/record.ts'

/** The search index: a copy of the tables that trails behind them (zoho-crm.md 3.8). */
export interface SearchReplica {
  write(module: string, id: string, record: StoredRecord | undefined): void
  /** Fills a module at once, without lag: seeded records were indexed long ago. */
  fill(module: string, records: Iterable<StoredRecord>): void
  /** Newest id first. */
  rows(module: string): readonly StoredRecord[]
  clear(): void
}

interface Pending {
  readonly dueMs: number
  readonly module: string
  readonly id: string
  readonly record: StoredRecord | undefined
}

export function createSearchReplica(clock: VirtualClock, lagMs: () => number): SearchReplica {
  const indexed = new Map<string, Map<string, StoredRecord>>()
  let pending: Pending[] = []

  const rowsOf = (module: string) => {
    const known = indexed.get(module)
    if (known !== undefined) return known
    const fresh = new Map<string, StoredRecord>()
    indexed.set(module, fresh)
    return fresh
  }
  function catchUp() {
    const now = clock.now()
    const due = pending.filter((one) => one.dueMs <= now)
    if (due.length === 0) return
    pending = pending.filter((one) => one.dueMs > now)
    for (const one of due) {
      if (one.record === undefined) rowsOf(one.module).delete(one.id)
      else rowsOf(one.module).set(one.id, one.record)
    }
  }

  return {
    write(module, id, record) {
      pending.push({ dueMs: clock.now() + lagMs(), module, id, record })
      if (pending.length % 1000 === 0) catchUp()
    },
    fill(module, records) {
      const rows = rowsOf(module)
      for (const record of records) rows.set(record.id, record)
    },
    rows(module) {
      catchUp()
      return [...rowsOf(module).values()].sort((a, b) => (a.id < b.id ? 1 : -1))
    },
    clear() {
      indexed.clear()
      pending = []
    },
  }
}
