import type { ApiCall } from '../api/route.ts'
import { isWellFormedId } from '../model/ids.ts'
import { parseInstant } from '../model/instants.ts'
import { isArray, isObject, stringList } from '../model/json.ts'
import type { Module } from '../model/modules.ts'
import {
  type ApiAnswer,
  INVALID_ID_MESSAGE,
  invalidData,
  limitExceeded,
  mandatoryNotFound,
  missingParam,
  refuse,
} from '../problem.ts'
import { guardBatch } from './guard-batch.ts'
import { answerOf, type Outcome } from './outcome.ts'
import { deleteOne, insertOne, updateOne, upsertOne, upsertPlan, type WriteSession } from './write-records.ts'

export const MOST_RECORDS = 100
const FEATURES = ['workflow', 'approval', 'blueprint', 'pathfinder', 'orchestration']

/** `POST /{module}` (zoho-crm.md 3.3). */
export function insertMany(call: ApiCall, module: Module): ApiAnswer {
  return bulk(call, module, (session, data) => {
    const outcomes = data.map((raw, index) => insertOne(session, { raw, path: `$.data[${index}]` }))
    return answerOf(outcomes, 201, session)
  })
}

/** `PUT /{module}` (zoho-crm.md 3.4). */
export function updateMany(call: ApiCall, module: Module): ApiAnswer {
  return bulk(call, module, (session, data) => {
    const guarded = guardBatch(session, data)
    const outcomes = guarded ?? data.map((raw, index) => updateOne(session, { raw, path: `$.data[${index}]` }))
    return answerOf(outcomes, 200, session)
  })
}

/** `PUT /{module}/{id}`: one element, whose id is the path's. */
export function updateSingle(call: ApiCall, module: Module): ApiAnswer {
  const id = call.params.id ?? ''
  const isKnown = isWellFormedId(id) && call.world.table(module.apiName).get(id) !== undefined
  if (!isKnown) return singleFailure(call, INVALID_ID_MESSAGE)
  return bulk(call, module, (session, data) => {
    const [raw] = data
    const outcome = updateOne(session, { raw: isObject(raw) ? { ...raw, id } : raw, path: '$.data[0]' })
    return answerOf([outcome], 200, session)
  })
}

/** `POST /{module}/upsert` (zoho-crm.md 3.5). */
export function upsertMany(call: ApiCall, module: Module): ApiAnswer {
  const listed = isObject(call.body) ? call.body.duplicate_check_fields : undefined
  const names = listed === undefined ? undefined : stringList(listed)
  const path = { api_name: 'duplicate_check_fields', json_path: '$.duplicate_check_fields' }
  if (listed !== undefined && names === undefined) {
    return refuse(400, invalidData({ expected_data_type: 'jsonarray', ...path }))
  }
  const plan = upsertPlan(module, names)
  if ('bad' in plan) {
    const place = `${path.json_path}[${names?.indexOf(plan.bad) ?? 0}]`
    return refuse(400, invalidData({ ...path, json_path: place }))
  }
  return bulk(call, module, (session, data) => {
    const outcomes = data.map((raw, index) => upsertOne(session, { raw, path: `$.data[${index}]` }, plan))
    const isAllInsert = outcomes.every((outcome) => outcome.kind === 'added')
    const is201 = isAllInsert && call.world.switches.is('upsertAllInsertStatus', '201')
    return answerOf(outcomes, is201 ? 201 : 200, session)
  })
}

/** `DELETE /{module}?ids=` (zoho-crm.md 3.7). */
export function deleteMany(call: ApiCall, module: Module): ApiAnswer {
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '')
  if (ids.length === 0) return missingParam('ids')
  if (ids.length > MOST_RECORDS) return limitExceeded(MOST_RECORDS, 'ids')
  const session = sessionOf(call, module, undefined)
  const outcomes = ids.map((id) => deleteOne(session, id))
  call.world.publish(session.changes)
  return answerOf(outcomes, 200, session)
}

/** `DELETE /{module}/{id}`: a failure comes unwrapped (zoho-crm.md 3.7). */
export function deleteSingle(call: ApiCall, module: Module): ApiAnswer {
  const session = sessionOf(call, module, undefined)
  const outcome: Outcome = deleteOne(session, call.params.id ?? '')
  if (outcome.kind === 'refused') return singleFailure(call, 'record not deleted')
  call.world.publish(session.changes)
  return answerOf([outcome], 200, session)
}

function singleFailure(call: ApiCall, message: string): ApiAnswer {
  const unwrapped = refuse(400, invalidData({ resource_path_index: 1 }, message))
  if (call.world.switches.is('singleWriteErrors', 'unwrapped')) return unwrapped
  return { status: 400, body: { data: [unwrapped.body] } }
}

function sessionOf(call: ApiCall, module: Module, unmodifiedSinceMs: number | undefined): WriteSession {
  return { world: call.world, module, user: call.user, by: 'api', unmodifiedSinceMs, changes: [] }
}

type Work = (session: WriteSession, data: readonly unknown[]) => ApiAnswer

/** Checks what all writes share - envelope, trigger, guard header - then works and tells the watchers. */
function bulk(call: ApiCall, module: Module, work: Work): ApiAnswer {
  const data = recordsOf(call.body)
  if (!isArray(data)) return data
  const trigger = triggerProblem(call.body)
  if (trigger !== undefined) return trigger
  const header = call.headers.get('if-unmodified-since')
  const since = header === null ? undefined : parseInstant(header)
  if (header !== null && since === undefined) return refuse(400, invalidData({ header: 'If-Unmodified-Since' }))
  const session = sessionOf(call, module, since)
  const answer = work(session, data)
  call.world.publish(session.changes)
  return answer
}

/** `data` of a write, 1 to 100 elements. */
export function recordsOf(body: unknown): readonly unknown[] | ApiAnswer {
  if (!isObject(body) || body.data === undefined) return refuse(400, mandatoryNotFound('data', '$.data'))
  const place = { api_name: 'data', json_path: '$.data' }
  if (!isArray(body.data)) return refuse(400, invalidData({ expected_data_type: 'jsonarray', ...place }))
  if (body.data.length > MOST_RECORDS) return refuse(400, invalidData({ maximum_length: MOST_RECORDS, ...place }))
  if (body.data.length === 0) return refuse(400, invalidData({ minimum_length: 1, ...place }))
  return body.data
}

/** `trigger`: absent runs all automations, `[]` none; unknown names are refused (zoho-crm.md 3.3). */
function triggerProblem(body: unknown): ApiAnswer | undefined {
  const trigger = isObject(body) ? body.trigger : undefined
  if (trigger === undefined) return undefined
  const names = isArray(trigger) ? stringList(trigger) : undefined
  const place = { api_name: 'trigger', json_path: '$.trigger' }
  if (names === undefined) return refuse(400, invalidData({ expected_data_type: 'jsonarray', ...place }))
  const isKnown = names.every((name) => FEATURES.includes(name))
  return isKnown ? undefined : refuse(400, invalidData({ supported_values: FEATURES, ...place }))
}
