import type { ApiCall, Route } from '../api/route.ts'
import { renderInstant } from '../model/instants.ts'
import { isObject, stringList } from '../model/json.ts'
import { type ApiAnswer, invalidData, mandatoryNotFound, problemBody, refuse } from '../problem.ts'
import { whoOf } from '../read/deleted.ts'
import { pagingOf } from '../read/list-query.ts'
import { pageOf } from '../read/page-of.ts'
import { displayName } from '../read/render.ts'
import type { DeletedEntry } from '../store/recycle-bin.ts'
import { restoreRecord } from '../write/restore.ts'

const need = (op: string) => () => [{ group: 'settings', sub: 'recycle_bin', op }]
const BASE = '/settings/recycle_bin'

/** Recycle bin of v8 (zoho-crm.md 3.7): list, count, restore, delete for good, empty. */
export const BIN_ROUTES: readonly Route[] = [
  { method: 'GET', path: BASE, needs: need('READ'), handle: list },
  { method: 'DELETE', path: BASE, needs: need('DELETE'), handle: (call) => purge(call, listedIds(call)) },
  {
    method: 'GET',
    path: `${BASE}/actions/count`,
    needs: need('READ'),
    handle: (call) => ({ status: 200, body: { count: recycled(call).length } }),
  },
  {
    method: 'POST',
    path: `${BASE}/actions/restore`,
    needs: need('UPDATE'),
    handle: (call) => restore(call, bodyIds(call)),
  },
  {
    method: 'DELETE',
    path: `${BASE}/actions/empty`,
    needs: need('DELETE'),
    handle: (call) => purge(call, allIds(call)),
  },
  {
    method: 'GET',
    path: `${BASE}/:id`,
    needs: need('READ'),
    handle: (call) => {
      const entry = recycled(call).find((one) => one.record.id === call.params.id)
      return entry === undefined ? { status: 204 } : { status: 200, body: { recycle_bin: [view(call, entry)] } }
    },
  },
  {
    method: 'DELETE',
    path: `${BASE}/:id`,
    needs: need('DELETE'),
    handle: (call) => purge(call, [call.params.id ?? '']),
  },
  {
    method: 'POST',
    path: `${BASE}/:id/actions/restore`,
    needs: need('UPDATE'),
    handle: (call) => restore(call, [call.params.id ?? '']),
  },
]

function recycled(call: ApiCall): readonly DeletedEntry[] {
  return call.world.bin.list().filter((entry) => entry.type === 'recycle')
}

const allIds = (call: ApiCall) => recycled(call).map((entry) => entry.record.id)
const listedIds = (call: ApiCall) => stringList(call.query.get('ids') ?? undefined)
const bodyIds = (call: ApiCall) => (isObject(call.body) ? stringList(call.body.ids) : undefined)

function list(call: ApiCall): ApiAnswer {
  const paging = pagingOf(call.query)
  if ('status' in paging) return paging
  const all = recycled(call)
  const { rows, info } = pageOf(all, paging)
  if (rows.length === 0) return { status: 204 }
  return { status: 200, body: { recycle_bin: rows.map((entry) => view(call, entry)), info } }
}

function view(call: ApiCall, entry: DeletedEntry): unknown {
  const module = call.world.module(entry.module)
  return {
    id: entry.record.id,
    display_name: module === undefined ? '' : displayName(module, entry.record),
    module: { api_name: entry.module, id: module?.id ?? null },
    owner: whoOf(call, entry.record.owner),
    deleted_by: whoOf(call, entry.deletedBy),
    deleted_time: renderInstant(entry.deletedMs, call.user.timeZone),
  }
}

/** A restored record keeps its id and comes back into lists. */
function restore(call: ApiCall, ids: readonly string[] | undefined): ApiAnswer {
  if (ids === undefined) return refuse(400, mandatoryNotFound('ids', '$.ids'))
  return each(ids, 'record restored successfully', (id) => restoreRecord(call.world, id, 'api') !== undefined)
}

function purge(call: ApiCall, ids: readonly string[] | undefined): ApiAnswer {
  if (ids === undefined) return refuse(400, mandatoryNotFound('ids', '$.ids'))
  return each(ids, 'record deleted permanently', (id) => call.world.bin.purge(id, call.world.second()))
}

function each(ids: readonly string[], message: string, work: (id: string) => boolean): ApiAnswer {
  const elements = ids.map((id) =>
    work(id)
      ? { code: 'SUCCESS', details: { id }, message, status: 'success' }
      : problemBody(invalidData({ id }, 'the id given seems to be invalid')),
  )
  const refused = elements.filter((element) => element.status === 'error').length
  const status = refused === 0 ? 200 : refused === elements.length ? 400 : 207
  return { status, body: { recycle_bin: elements } }
}
