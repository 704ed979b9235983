import type { Chance } from '../core/chance.ts'
import type { VirtualClock } from '../core/clock.ts'
import type { FaultBoard } from '../core/faults.ts'
import { createIds } from './model/ids.ts'
import { wholeSecond } from './model/instants.ts'
import type { Module } from './model/modules.ts'
import { standardModules } from './model/modules.ts'
import type { Org } from './model/org.ts'
import type { StoredRecord } from './model/record.ts'
import { emptyOrg } from './seed/org.ts'
import { type Associations, createAssociations } from './store/associations.ts'
import { createRecycleBin, type RecycleBin } from './store/recycle-bin.ts'
import { createSearchReplica, type SearchReplica } from './store/search-replica.ts'
import { createTable, type Table } from './store/table.ts'
import type { ZohoSwitches } from './switch-list.ts'

/** Something that happened to a record, for those who watch (zoho-crm.md 6). */
export interface Change {
  readonly module: string
  readonly id: string
  readonly operation: 'insert' | 'update' | 'delete'
  readonly affected: readonly string[]
  readonly record: StoredRecord
  /** The record before, when it was an update. */
  readonly before: StoredRecord | undefined
  readonly by: 'api' | 'person'
}

/** Everything the org holds. The one place with state; what decides about it is pure and elsewhere. */
export interface World {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly switches: ZohoSwitches
  readonly faults: FaultBoard
  readonly bin: RecycleBin
  readonly search: SearchReplica
  /** Links that are no lookups. */
  readonly associations: Associations
  nextId(): string
  /** Now in whole seconds. */
  second(): number
  org(): Org
  setOrg(org: Org): void
  module(apiName: string): Module | undefined
  modules(): readonly Module[]
  /** Puts a module in place of the one of its name, or beside the others when it is new. */
  putModule(module: Module): void
  table(module: string): Table
  /** Stores a record and lets the search index know. */
  save(module: string, record: StoredRecord): void
  erase(module: string, id: string): StoredRecord | undefined
  publish(changes: readonly Change[]): void
  onChange(listener: (changes: readonly Change[]) => void): void
  clear(): void
}

export interface WorldParts {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly switches: ZohoSwitches
  readonly faults: FaultBoard
}

export function createWorld(parts: WorldParts): World {
  const ids = createIds()
  const nextId = () => ids.next()
  const bin = createRecycleBin(parts.clock)
  const associations = createAssociations()
  const search = createSearchReplica(parts.clock, () => searchLagMs(parts.switches))
  const listeners: ((changes: readonly Change[]) => void)[] = []
  let org = emptyOrg({ nextId, nowMs: parts.clock.now() })
  let modules = new Map(standardModules(nextId).map((module) => [module.apiName, module]))
  let tables = new Map<string, Table>()

  function table(name: string): Table {
    const known = tables.get(name)
    if (known !== undefined) return known
    const fresh = createTable()
    tables.set(name, fresh)
    return fresh
  }

  return {
    ...parts,
    bin,
    search,
    associations,
    nextId,
    second: () => wholeSecond(parts.clock.now()),
    org: () => org,
    setOrg(value) {
      org = value
    },
    module: (apiName) => asAdminSet(modules.get(apiName), parts.switches),
    modules: () => [...modules.values()],
    putModule: (module) => void modules.set(module.apiName, withAccountName(module, 'no')),
    table,
    save(module, record) {
      table(module).put(record)
      search.write(module, record.id, record)
    },
    erase(module, id) {
      search.write(module, id, undefined)
      return table(module).remove(id)
    },
    publish(changes) {
      if (changes.length > 0) for (const listener of listeners) listener(changes)
    },
    onChange: (listener) => void listeners.push(listener),
    clear() {
      ids.restart()
      bin.clear()
      search.clear()
      associations.clear()
      tables = new Map()
      org = emptyOrg({ nextId, nowMs: parts.clock.now() })
      modules = new Map(standardModules(nextId).map((module) => [module.apiName, module]))
    },
  }
}

function searchLagMs(switches: ZohoSwitches): number {
  switch (switches.get('searchLag')) {
    case '0s':
      return 0
    case '5min':
      return 300_000
    default:
      return 30_000
  }
}

/** An admin may mark account names unique at any time (zoho-crm.md 9 trap 15); the switch is that setting. */
function asAdminSet(module: Module | undefined, switches: ZohoSwitches): Module | undefined {
  if (module?.apiName !== 'Accounts' || switches.is('accountNameUnique', 'no')) return module
  return withAccountName(module, 'caseInsensitive')
}

function withAccountName(module: Module, unique: 'no' | 'caseInsensitive'): Module {
  if (module.apiName !== 'Accounts') return module
  const fields = module.fields.map((field) => (field.apiName === 'Account_Name' ? { ...field, unique } : field))
  return { ...module, fields }
}
