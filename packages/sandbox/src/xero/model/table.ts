export interface Row {
  readonly id: string
  readonly updatedMs: number
}

/**
 * Undo for writes: inside `attempt`, everything a table changes is taken back when the work throws. Attempts nest, so a
 * refused element of a batch can be undone without the others.
 */
export class Journal {
  #undo: (() => void)[] = []
  #depth = 0

  attempt<T>(work: () => T): T {
    const mark = this.#undo.length
    this.#depth += 1
    try {
      return work()
    } catch (error) {
      while (this.#undo.length > mark) this.#undo.pop()?.()
      throw error
    } finally {
      this.#depth -= 1
      if (this.#depth === 0) this.#undo = []
    }
  }

  record(undo: () => void): void {
    if (this.#depth > 0) this.#undo.push(undo)
  }
}

export interface TableOptions<R, Index extends string> {
  readonly journal: Journal
  readonly indexes: Readonly<Record<Index, (row: R) => readonly string[]>>
  readonly now: () => number
  /** How long lists lag behind writes, in milliseconds (switch `listLag`). */
  readonly lagMs: () => number
}

interface LaggingWrite<R> {
  readonly id: string
  readonly before: R | undefined
  readonly atMs: number
}

/** Rows of one kind: by id, by each index, and in the default list order (UpdatedDateUTC, id; xero.md 2.3). */
export class Table<R extends Row, Index extends string> {
  readonly #options: TableOptions<R, Index>
  readonly #rows = new Map<string, R>()
  readonly #indexes = new Map<string, Map<string, Set<string>>>()
  readonly #extractors: readonly [string, (row: R) => readonly string[]][]
  #sorted: readonly R[] = []
  #dirty = new Set<string>()
  #lagging: LaggingWrite<R>[] = []

  constructor(options: TableOptions<R, Index>) {
    this.#options = options
    this.#extractors = Object.entries(options.indexes)
    for (const [name] of this.#extractors) this.#indexes.set(name, new Map())
  }

  get size(): number {
    return this.#rows.size
  }

  get(id: string): R | undefined {
    return this.#rows.get(id)
  }

  find(index: Index, key: string): readonly R[] {
    const ids = this.#indexes.get(index)?.get(key)
    if (ids === undefined) return []
    return [...ids].map((id) => this.#rows.get(id)).filter((row) => row !== undefined)
  }

  put(row: R): void {
    const before = this.#replace(row.id, row)
    this.#options.journal.record(() => void this.#replace(row.id, before))
  }

  remove(id: string): void {
    const before = this.#replace(id, undefined)
    this.#options.journal.record(() => void this.#replace(id, before))
  }

  /** All rows in list order. */
  all(): readonly R[] {
    if (this.#dirty.size > 0) this.#settle()
    return this.#sorted
  }

  /** All rows as a list call sees them: with a lag, recent writes still show their earlier state. */
  listed(): readonly R[] {
    const lagMs = this.#options.lagMs()
    if (lagMs === 0) return this.all()
    this.#lagging = this.#lagging.filter((write) => write.atMs + lagMs > this.#options.now())
    const shownBefore = new Map<string, R | undefined>()
    for (const write of this.#lagging) if (!shownBefore.has(write.id)) shownBefore.set(write.id, write.before)
    const current = this.all().filter((row) => !shownBefore.has(row.id))
    return [...current, ...[...shownBefore.values()].filter((row) => row !== undefined)].sort(byListOrder)
  }

  #replace(id: string, after: R | undefined): R | undefined {
    const before = this.#rows.get(id)
    if (before !== undefined) this.#index(before, 'drop')
    if (after === undefined) this.#rows.delete(id)
    else {
      this.#rows.set(id, after)
      this.#index(after, 'add')
    }
    this.#dirty.add(id)
    if (this.#options.lagMs() > 0) this.#lagging.push({ id, before, atMs: this.#options.now() })
    return before
  }

  #index(row: R, change: 'add' | 'drop'): void {
    for (const [name, extract] of this.#extractors) {
      const index = this.#indexes.get(name)
      for (const key of extract(row)) {
        const ids = index?.get(key)
        if (change === 'drop') {
          ids?.delete(row.id)
          if (ids?.size === 0) index?.delete(key)
        } else if (ids === undefined) index?.set(key, new Set([row.id]))
        else ids.add(row.id)
      }
    }
  }

  /** Nearly every change goes to the end of the order, so a merge is enough; a full sort is the exception. */
  #settle(): void {
    const kept = this.#sorted.filter((row) => !this.#dirty.has(row.id))
    const changed = [...this.#dirty].map((id) => this.#rows.get(id)).filter((row) => row !== undefined)
    changed.sort(byListOrder)
    this.#dirty = new Set()
    const last = kept.at(-1)
    const first = changed[0]
    const merged = [...kept, ...changed]
    if (last !== undefined && first !== undefined && byListOrder(last, first) > 0) merged.sort(byListOrder)
    this.#sorted = merged
  }
}

export function byListOrder(a: Row, b: Row): number {
  return a.updatedMs - b.updatedMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
