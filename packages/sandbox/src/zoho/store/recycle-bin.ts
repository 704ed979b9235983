import type { VirtualClock } from '../../core/clock.ts'
import type { StoredRecord } from '../model/record.ts'

const DAY_MS = 86_400_000
/** Recycle bin 60 days, permanent rows visible 120 days (zoho-crm.md 3.7). */
const RECYCLE_DAYS = 60
const PERMANENT_DAYS = 120

export interface DeletedEntry {
  readonly module: string
  readonly record: StoredRecord
  readonly deletedMs: number
  readonly deletedBy: string
  readonly type: 'recycle' | 'permanent'
}

export interface RecycleBin {
  add(entry: DeletedEntry): void
  /** Newest first, within the windows in which Zoho still shows them. */
  list(module?: string): readonly DeletedEntry[]
  find(id: string): DeletedEntry | undefined
  /** Takes a recycled record out, to be restored. */
  take(id: string): DeletedEntry | undefined
  purge(id: string, atMs: number): boolean
  clear(): void
}

export function createRecycleBin(clock: VirtualClock): RecycleBin {
  let entries = new Map<string, DeletedEntry>()

  /** Recycled rows turn permanent by themselves after 60 days; after 120 nothing is shown. */
  function aged(entry: DeletedEntry): DeletedEntry | undefined {
    const days = (clock.now() - entry.deletedMs) / DAY_MS
    if (days > PERMANENT_DAYS) return undefined
    return entry.type === 'recycle' && days > RECYCLE_DAYS ? { ...entry, type: 'permanent' } : entry
  }
  const find = (id: string) => {
    const entry = entries.get(id)
    return entry === undefined ? undefined : aged(entry)
  }

  return {
    add: (entry) => void entries.set(entry.record.id, entry),
    list: (module) =>
      [...entries.values()]
        .filter((entry) => module === undefined || entry.module === module)
        .map(aged)
        .filter((entry) => entry !== undefined)
        .sort((a, b) => b.deletedMs - a.deletedMs || (a.record.id < b.record.id ? 1 : -1)),
    find,
    take(id) {
      const entry = find(id)
      if (entry?.type !== 'recycle') return undefined
      entries.delete(id)
      return entry
    },
    purge(id, atMs) {
      const entry = find(id)
      if (entry?.type !== 'recycle') return false
      entries.set(id, { ...entry, type: 'permanent', deletedMs: atMs })
      return true
    },
    clear() {
      entries = new Map()
    },
  }
}
