import type { StoredRecord } from '../model/record.ts'

export type SortKey = 'id' | 'Created_Time' | 'Modified_Time'

/** The records of one module, with orderings that survive writes cheaply: 20,000 rows are not re-sorted per page. */
export interface Table {
  get(id: string): StoredRecord | undefined
  put(record: StoredRecord): void
  remove(id: string): StoredRecord | undefined
  size(): number
  /** Ascending; ties by id. */
  ordered(key: SortKey): readonly StoredRecord[]
  /** Ids whose text value equals this one, letter case aside. */
  idsByText(field: string, text: string): readonly string[]
}

export function createTable(): Table {
  const records = new Map<string, StoredRecord>()
  const orderings = {
    id: ordering('id'),
    Created_Time: ordering('Created_Time'),
    Modified_Time: ordering('Modified_Time'),
  }
  const textIndexes = new Map<string, TextIndex>()

  function touch(before: StoredRecord | undefined, after: StoredRecord | undefined) {
    const id = after?.id ?? before?.id
    if (id === undefined) return
    for (const one of Object.values(orderings)) one.touched.add(id)
    for (const [field, index] of textIndexes) {
      if (before !== undefined) index.drop(before.values[field], id)
      if (after !== undefined) index.add(after.values[field], id)
    }
  }

  return {
    get: (id) => records.get(id),
    put(record) {
      touch(records.get(record.id), record)
      records.set(record.id, record)
    },
    remove(id) {
      const record = records.get(id)
      touch(record, undefined)
      records.delete(id)
      return record
    },
    size: () => records.size,
    ordered: (key) => refreshed(orderings[key], records),
    idsByText(field, text) {
      let index = textIndexes.get(field)
      if (index === undefined) {
        index = createTextIndex()
        for (const record of records.values()) index.add(record.values[field], record.id)
        textIndexes.set(field, index)
      }
      return index.ids(text)
    },
  }
}

interface Ordering {
  rows: readonly StoredRecord[]
  readonly touched: Set<string>
  readonly compare: (a: StoredRecord, b: StoredRecord) => number
}

function ordering(key: SortKey): Ordering {
  return { rows: [], touched: new Set(), compare: comparison(key) }
}

export function sortValue(record: StoredRecord, key: SortKey): string | number {
  switch (key) {
    case 'id':
      return record.id
    case 'Created_Time':
      return record.createdMs
    case 'Modified_Time':
      return record.modifiedMs
  }
}

export function comparison(key: SortKey): (a: StoredRecord, b: StoredRecord) => number {
  return (a, b) => {
    const left = sortValue(a, key)
    const right = sortValue(b, key)
    if (left !== right) return left < right ? -1 : 1
    if (a.id === b.id) return 0
    return a.id < b.id ? -1 : 1
  }
}

/** Takes the touched rows out and merges them back: the sort sees two sorted runs, which costs one pass. */
function refreshed(one: Ordering, records: ReadonlyMap<string, StoredRecord>): readonly StoredRecord[] {
  if (one.touched.size === 0) return one.rows
  const kept = one.rows.filter((row) => !one.touched.has(row.id))
  const changed: StoredRecord[] = []
  for (const id of one.touched) {
    const record = records.get(id)
    if (record !== undefined) changed.push(record)
  }
  one.touched.clear()
  changed.sort(one.compare)
  one.rows = [...kept, ...changed].sort(one.compare)
  return one.rows
}

interface TextIndex {
  add(value: unknown, id: string): void
  drop(value: unknown, id: string): void
  ids(text: string): readonly string[]
}

function createTextIndex(): TextIndex {
  const idsByText = new Map<string, Set<string>>()
  return {
    add(value, id) {
      if (typeof value !== 'string') return
      const key = value.toLowerCase()
      const ids = idsByText.get(key)
      if (ids === undefined) idsByText.set(key, new Set([id]))
      else ids.add(id)
    },
    drop(value, id) {
      if (typeof value === 'string') idsByText.get(value.toLowerCase())?.delete(id)
    },
    ids: (text) => [...(idsByText.get(text.toLowerCase()) ?? [])],
  }
}
