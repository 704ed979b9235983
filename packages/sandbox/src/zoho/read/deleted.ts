import type { ApiCall } from '../api/route.ts'
import { renderInstant } from '../model/instants.ts'
import type { Module } from '../model/modules.ts'
import { fullName, userById } from '../model/org.ts'
import { type ApiAnswer, refuse } from '../problem.ts'
import type { DeletedEntry } from '../store/recycle-bin.ts'
import { emptyAnswer, isSince, modifiedSince, pagingOf } from './list-query.ts'
import { pageOf } from './page-of.ts'
import { displayName } from './render.ts'

/** `GET /{module}/deleted?type=all|recycle|permanent` (zoho-crm.md 3.7). */
export function listDeleted(call: ApiCall, module: Module): ApiAnswer {
  const type = call.query.get('type') ?? 'all'
  if (type !== 'all' && type !== 'recycle' && type !== 'permanent') {
    const message = 'Please check whether the input values are correct'
    return refuse(400, { code: 'PATTERN_NOT_MATCHED', message, details: { param_name: 'type' } })
  }
  const paging = pagingOf(call.query)
  if ('status' in paging) return paging
  const since = modifiedSince(call)
  if (typeof since === 'object') return since
  const entries = call.world.bin
    .list(module.apiName)
    .filter((entry) => (type === 'all' || entry.type === type) && isSince(call, entry.deletedMs, since))
  const { rows, info } = pageOf(entries, paging)
  if (rows.length === 0) return emptyAnswer(call)
  return { status: 200, body: { data: rows.map((entry) => renderDeleted(call, module, entry)), info } }
}

/** Permanently deleted rows keep nothing but their id. */
function renderDeleted(call: ApiCall, module: Module, entry: DeletedEntry): unknown {
  const isPermanent = entry.type === 'permanent'
  return {
    id: entry.record.id,
    display_name: isPermanent ? null : displayName(module, entry.record),
    type: entry.type,
    deleted_time: renderInstant(entry.deletedMs, call.user.timeZone),
    deleted_by: isPermanent ? null : whoOf(call, entry.deletedBy),
    created_by: isPermanent ? null : whoOf(call, entry.record.createdBy),
  }
}

export function whoOf(call: Pick<ApiCall, 'world'>, id: string): unknown {
  const user = userById(call.world.org(), id)
  return user === undefined ? null : { name: fullName(user), id }
}
