import type { ApiCall } from '../api/route.ts'
import { renderInstant } from '../model/instants.ts'
import type { Module } from '../model/modules.ts'
import { fullName, userById } from '../model/org.ts'
import { type ApiAnswer, refuse } from '../problem.ts'
import type { DeletedEntry } from '../store/recycle-bin.ts'
import { emptyAnswer, isSince, modifiedSince, pagingOf } from './list-query.ts'
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
  const rows = call.world.bin
    .list(module.apiName)
    .filter((entry) => (type === 'all' || entry.type === type) && isSince(call, entry.deletedMs, since))
  const start = (paging.page - 1) * paging.perPage
  const data = rows.slice(start, start + paging.perPage).map((entry) => renderDeleted(call, module, entry))
  if (data.length === 0) return emptyAnswer(call)
  const info = {
    per_page: paging.perPage,
    count: data.length,
    page: paging.page,
    more_records: rows.length > start + paging.perPage,
  }
  return { status: 200, body: { data, info } }
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
