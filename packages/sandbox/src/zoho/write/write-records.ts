import { isWellFormedId } from '../model/ids.ts'
import { idText, isObject, type JsonObject } from '../model/json.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import type { User } from '../model/org.ts'
import type { StoredRecord } from '../model/record.ts'
import { INVALID_ID_MESSAGE, invalidData, mandatoryNotFound, type Problem } from '../problem.ts'
import type { Change, World } from '../world.ts'
import { affectedFields, inserted, updated } from './compose.ts'
import { convertedProblem, guardProblem } from './guard.ts'
import { judge } from './judge.ts'
import type { Outcome, UpsertTrace } from './outcome.ts'
import { uniqueFields } from './unique.ts'
import { viewOf } from './view.ts'

/** Who writes what, where. One session serves one call; it collects the changes that watchers will hear of. */
export interface WriteSession {
  readonly world: World
  readonly module: Module
  readonly user: User
  readonly by: 'api' | 'person'
  /** `If-Unmodified-Since` in milliseconds (zoho-crm.md 3.6). */
  readonly unmodifiedSinceMs: number | undefined
  readonly changes: Change[]
}

interface Sent {
  readonly raw: unknown
  readonly path: string
}

const refused = (problem: Problem): Outcome => ({ kind: 'refused', problem })

export function insertOne(session: WriteSession, sent: Sent, trace?: UpsertTrace): Outcome {
  if (!isObject(sent.raw)) return refused(notAnObject(sent.path))
  const view = viewOf(session.world)
  const judgement = judge({ view, module: session.module, before: undefined, path: sent.path }, sent.raw)
  if (!judgement.ok) return refused(judgement.problem)
  const record = inserted(session.module, judgement.draft, { view, userId: session.user.id })
  session.world.save(session.module.apiName, record)
  session.changes.push(changeOf(session, { operation: 'insert', record, before: undefined, affected: [] }))
  return { kind: 'added', record, ...(trace === undefined ? {} : { upsert: trace }) }
}

/** Updates the record whose id stands in the sent object. */
export function updateOne(session: WriteSession, sent: Sent, trace?: UpsertTrace): Outcome {
  if (!isObject(sent.raw)) return refused(notAnObject(sent.path))
  if (sent.raw.id === undefined || sent.raw.id === null) return refused(mandatoryNotFound('id', `${sent.path}.id`))
  const id = idText(sent.raw.id)
  const before = id === undefined ? undefined : session.world.table(session.module.apiName).get(id)
  if (before === undefined) {
    return refused(invalidData({ api_name: 'id', json_path: `${sent.path}.id` }, INVALID_ID_MESSAGE))
  }
  const guard = guardProblem(session, before) ?? convertedProblem(session, { before, path: sent.path })
  if (guard !== undefined) return refused(guard)
  return applyUpdate(session, { before, input: sent.raw, path: sent.path, trace })
}

interface UpdateRequest {
  readonly before: StoredRecord
  readonly input: JsonObject
  readonly path: string
  readonly trace: UpsertTrace | undefined
}

function applyUpdate(session: WriteSession, request: UpdateRequest): Outcome {
  const { before, input, path, trace } = request
  const view = viewOf(session.world)
  const judgement = judge({ view, module: session.module, before, path }, input)
  if (!judgement.ok) return refused(judgement.problem)
  const record = updated(session.module, { before, draft: judgement.draft }, { view, userId: session.user.id })
  if (record !== before) {
    session.world.save(session.module.apiName, record)
    const affected = [...affectedFields(session.module, before, record), 'Modified_Time']
    session.changes.push(changeOf(session, { operation: 'update', record, before, affected }))
  }
  return { kind: 'updated', record, ...(trace === undefined ? {} : { upsert: trace }) }
}

export interface UpsertPlan {
  /** Fields to match by, in order (zoho-crm.md 3.5). */
  readonly checkFields: readonly string[]
}

/** System duplicate field and user-defined unique fields; what the caller lists comes first (zoho-crm.md 3.5). */
export function upsertPlan(
  module: Module,
  listed: readonly string[] | undefined,
): UpsertPlan | { readonly bad: string } {
  const unique = uniqueFields(module).map((field) => field.apiName)
  const allowed = new Set([module.duplicateField, ...unique])
  if (listed === undefined) return { checkFields: [...allowed] }
  const bad = listed.find((name) => !allowed.has(name))
  if (bad !== undefined) return { bad }
  return { checkFields: [...new Set([...listed, ...unique])] }
}

export function upsertOne(session: WriteSession, sent: Sent, plan: UpsertPlan): Outcome {
  if (!isObject(sent.raw)) return refused(notAnObject(sent.path))
  const { id, ...withoutId } = sent.raw
  const hasId = id !== undefined && id !== null && session.world.switches.is('upsertIdWins', 'yes')
  if (hasId) return updateOne(session, sent, { action: 'update', duplicateField: null })
  const match = matchOf(session, withoutId, plan)
  if (match === undefined) {
    return insertOne(session, { raw: withoutId, path: sent.path }, { action: 'insert', duplicateField: null })
  }
  const raw = { ...withoutId, id: match.id }
  return updateOne(session, { raw, path: sent.path }, { action: 'update', duplicateField: match.field })
}

function matchOf(
  session: WriteSession,
  input: JsonObject,
  plan: UpsertPlan,
): { id: string; field: string } | undefined {
  const view = viewOf(session.world)
  for (const name of plan.checkFields) {
    const field = fieldOf(session.module, name)
    const text = input[name]
    if (field === undefined || typeof text !== 'string' || text === '') continue
    const ids = session.world.table(session.module.apiName).idsByText(name, text)
    const exact = view.holder(session.module.apiName, field, { text, selfId: undefined })
    const id = exact !== undefined && ids.includes(exact.record.id) ? exact.record.id : undefined
    if (id !== undefined) return { id, field: name }
  }
  return undefined
}

export function deleteOne(session: WriteSession, id: string): Outcome {
  const table = session.world.table(session.module.apiName)
  const record = isWellFormedId(id) ? table.get(id) : undefined
  if (record === undefined) return refused(invalidData({ id }, 'record not deleted'))
  session.world.erase(session.module.apiName, id)
  session.world.bin.add({
    module: session.module.apiName,
    record,
    deletedMs: session.world.second(),
    deletedBy: session.user.id,
    type: 'recycle',
  })
  session.changes.push(changeOf(session, { operation: 'delete', record, before: record, affected: [] }))
  return { kind: 'deleted', id }
}

export function changeOf(
  session: WriteSession,
  change: Pick<Change, 'operation' | 'record' | 'before' | 'affected'>,
): Change {
  return { ...change, module: session.module.apiName, id: change.record.id, by: session.by }
}

function notAnObject(path: string): Problem {
  return invalidData({ expected_data_type: 'jsonobject', api_name: 'data', json_path: path })
}
