import type { ApiCall } from '../api/route.ts'
import { isWellFormedId } from '../model/ids.ts'
import type { Module } from '../model/modules.ts'
import { type ApiAnswer, INVALID_ID_MESSAGE, invalidData, refuse } from '../problem.ts'
import { emptyAnswer, isSince, modifiedSince } from './list-query.ts'
import { renderWhole } from './render.ts'

/** `GET /{module}/{id}` (zoho-crm.md 3.2). */
export function getRecord(call: ApiCall, module: Module): ApiAnswer {
  const id = call.params.id ?? ''
  if (!isWellFormedId(id)) return invalidId()
  const record = call.world.table(module.apiName).get(id)
  if (record === undefined) {
    const isDeleted = call.world.bin.find(id) !== undefined
    const status = call.world.switches.get(isDeleted ? 'deletedGet' : 'missingIdGet')
    return status === '204' ? { status: 204 } : invalidId()
  }
  const since = modifiedSince(call)
  if (typeof since === 'object') return since
  if (!isSince(call, record.modifiedMs, since)) return emptyAnswer(call)
  const whole = renderWhole({ world: call.world, user: call.user }, module, record)
  return { status: 200, body: { data: [withFields(whole, call.query.get('fields'))] } }
}

export function invalidId(): ApiAnswer {
  return refuse(400, invalidData({ resource_path_index: 1 }, INVALID_ID_MESSAGE))
}

function withFields(whole: Record<string, unknown>, fields: string | null): Record<string, unknown> {
  if (fields === null || fields === '') return whole
  const asked = new Set(fields.split(','))
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name === 'id' || asked.has(name)))
}
