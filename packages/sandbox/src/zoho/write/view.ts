import type { Field } from '../model/field.ts'
import type { Module } from '../model/modules.ts'
import type { Org } from '../model/org.ts'
import { type StoredRecord, textOf } from '../model/record.ts'
import type { World } from '../world.ts'
import { rulesFrom, type WriteRules } from './rules.ts'

/** What the deciding functions may see of the org while they judge one record. */
export interface OrgView {
  readonly org: Org
  readonly rules: WriteRules
  readonly nowMs: number
  nextId(): string
  find(module: string, id: string): StoredRecord | undefined
  module(apiName: string): Module | undefined
  /** Another record that already holds this text in a unique field. */
  holder(
    module: string,
    field: Field,
    value: { readonly text: string; readonly selfId: string | undefined },
  ): Holder | undefined
}

export interface Holder {
  readonly record: StoredRecord
  readonly details: 'full' | 'reduced'
}

export function viewOf(world: World): OrgView {
  return {
    org: world.org(),
    rules: rulesFrom(world.switches),
    nowMs: world.second(),
    nextId: world.nextId,
    find: (module, id) => world.table(module).get(id),
    module: world.module,
    holder(module, field, value) {
      const record = liveHolder(world, { module, field, ...value }) ?? binnedHolder(world, { module, field, ...value })
      if (record === undefined) return undefined
      return { record, details: world.switches.is('duplicateDetails', 'full') ? 'full' : 'reduced' }
    },
  }
}

interface HolderQuery {
  readonly module: string
  readonly field: Field
  readonly text: string
  readonly selfId: string | undefined
}

function liveHolder(world: World, query: HolderQuery): StoredRecord | undefined {
  const table = world.table(query.module)
  return table
    .idsByText(query.field.apiName, query.text)
    .filter((id) => id !== query.selfId)
    .map((id) => table.get(id))
    .find((record) => record !== undefined && isSame(query, record))
}

/** Recycle bin rows do not block uniqueness unless a switch says so (zoho-crm.md 9 trap 9). */
function binnedHolder(world: World, query: HolderQuery): StoredRecord | undefined {
  if (world.switches.is('binBlocksUnique', 'no')) return undefined
  return world.bin.list(query.module).find((entry) => entry.type === 'recycle' && isSame(query, entry.record))?.record
}

function isSame(query: HolderQuery, record: StoredRecord): boolean {
  const held = textOf(record.values[query.field.apiName])
  if (query.field.unique === 'caseSensitive') return held === query.text
  return held.toLowerCase() === query.text.toLowerCase()
}
