import type { ControlAnswer } from '../../core/control.ts'
import { holdsRecords } from '../model/modules.ts'
import type { Change } from '../world.ts'
import { affectedFields } from '../write/compose.ts'
import type { Person } from './person.ts'

/** Merges two accounts (zoho-crm.md 3.7, 9 trap 21): the winner keeps its id, references move, the loser is deleted. */
export function mergeAccounts(
  person: Person,
  pair: { readonly winner: string; readonly loser: string },
): ControlAnswer {
  const { world, user } = person
  const table = world.table('Accounts')
  const winner = table.get(pair.winner)
  const loser = table.get(pair.loser)
  if (winner === undefined || loser === undefined || winner.id === loser.id) {
    return { ok: false, message: 'merge needs two different live accounts' }
  }
  const changes = moveReferences(person, pair)
  const nowMs = world.second()
  const missing = Object.entries(loser.values).filter(([name]) => (winner.values[name] ?? null) === null)
  const merged = {
    ...winner,
    values: { ...winner.values, ...Object.fromEntries(missing) },
    modifiedMs: nowMs,
    modifiedBy: user.id,
  }
  world.save('Accounts', merged)
  world.erase('Accounts', loser.id)
  const type = world.switches.is('mergeLoser', 'permanent') ? 'permanent' : 'recycle'
  world.bin.add({ module: 'Accounts', record: loser, deletedMs: nowMs, deletedBy: user.id, type })
  const base = { module: 'Accounts', by: 'person' } as const
  const affected = ['Modified_Time']
  changes.push({ ...base, id: winner.id, operation: 'update', affected, record: merged, before: winner })
  changes.push({ ...base, id: loser.id, operation: 'delete', affected: [], record: loser, before: loser })
  world.publish(changes)
  return { ok: true, result: { winner: winner.id, loser: loser.id, moved: changes.length - 2 } }
}

function moveReferences(person: Person, pair: { readonly winner: string; readonly loser: string }): Change[] {
  const { world, user } = person
  const changes: Change[] = []
  for (const module of world.modules()) {
    const lookups = module.fields.filter((field) => field.lookup === 'Accounts' && field.kind === 'lookup')
    if (lookups.length === 0 || !holdsRecords(module)) continue
    for (const before of world.table(module.apiName).ordered('id')) {
      const moved = lookups.filter((field) => before.values[field.apiName] === pair.loser)
      if (moved.length === 0) continue
      const values = { ...before.values, ...Object.fromEntries(moved.map((field) => [field.apiName, pair.winner])) }
      const record = { ...before, values, modifiedMs: world.second(), modifiedBy: user.id }
      world.save(module.apiName, record)
      const affected = [...affectedFields(module, before, record), 'Modified_Time']
      const change = { module: module.apiName, id: record.id, operation: 'update', by: 'person' } as const
      changes.push({ ...change, affected, record, before })
    }
  }
  return changes
}
