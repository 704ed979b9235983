import type { StoredRecord } from '../model/record.ts'
import type { World } from '../world.ts'

/** Un-deletes (zoho-crm.md 3.7): same id. Whether Modified_Time moves and watchers hear of an insert are switches. */
export function restoreRecord(world: World, id: string, by: 'api' | 'person'): StoredRecord | undefined {
  const entry = world.bin.take(id)
  if (entry === undefined) return undefined
  const isBumped = world.switches.is('restoreBumpsModified', 'yes')
  const record = isBumped ? { ...entry.record, modifiedMs: world.second() } : entry.record
  world.save(entry.module, record)
  if (world.switches.is('notifyRestore', 'yes')) {
    const change = { module: entry.module, id, operation: 'insert', affected: [], by } as const
    world.publish([{ ...change, record, before: undefined }])
  }
  return record
}
