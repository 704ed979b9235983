import { holdsRecords } from '../model/modules.ts'
import { salesPerson, type User, userById } from '../model/org.ts'
import { invalidData } from '../problem.ts'
import type { World } from '../world.ts'
import type { Outcome } from '../write/outcome.ts'
import { changeOf, deleteOne, insertOne, updateOne, type WriteSession } from '../write/write-records.ts'

/** Someone who works in the CRM's own pages; a sales person unless another user is named. */
export interface Person {
  readonly world: World
  readonly user: User
}

export function personOf(world: World, userId: string | undefined): Person {
  const org = world.org()
  return { world, user: (userId === undefined ? undefined : userById(org, userId)) ?? salesPerson(org) }
}

export function editByHand(person: Person, module: string, values: Record<string, unknown>): Outcome {
  return byHand(person, module, (session) => updateOne(session, { raw: values, path: '$.data[0]' }))
}

export function createByHand(person: Person, module: string, values: Record<string, unknown>): Outcome {
  return byHand(person, module, (session) => insertOne(session, { raw: values, path: '$.data[0]' }))
}

export function deleteByHand(person: Person, module: string, id: string): Outcome {
  return byHand(person, module, (session) => deleteOne(session, id))
}

function byHand(person: Person, moduleName: string, work: (session: WriteSession) => Outcome): Outcome {
  const session = sessionOf(person, moduleName)
  if (session === undefined) return { kind: 'refused', problem: invalidData({ module: moduleName }, 'no such module') }
  const outcome = work(session)
  person.world.publish(session.changes)
  return outcome
}

function sessionOf(person: Person, moduleName: string): WriteSession | undefined {
  const module = person.world.module(moduleName)
  if (module === undefined || !holdsRecords(module)) return undefined
  return { ...person, module, by: 'person', unmodifiedSinceMs: undefined, changes: [] }
}

/** Edits many rows within one second, as an import does (zoho-crm.md 9 trap 6). */
export function bulkTouch(person: Person, moduleName: string, count: number): { readonly ids: readonly string[] } {
  const session = sessionOf(person, moduleName)
  if (session === undefined) return { ids: [] }
  const { world, user } = person
  const modifiedMs = world.second()
  const rows = world.table(moduleName).ordered('id').slice(0, count)
  for (const before of rows) {
    const values = { ...before.values, Description: `Touched at ${modifiedMs / 1000}` }
    const record = { ...before, values, modifiedMs, modifiedBy: user.id }
    world.save(moduleName, record)
    const affected = ['Description', 'Modified_Time']
    session.changes.push(changeOf(session, { operation: 'update', record, before, affected }))
  }
  world.publish(session.changes)
  return { ids: rows.map((row) => row.id) }
}
