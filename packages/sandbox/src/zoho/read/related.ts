import type { ApiCall } from '../api/route.ts'
import { isWellFormedId } from '../model/ids.ts'
import { holdsRecords, type Module } from '../model/modules.ts'
import type { StoredRecord } from '../model/record.ts'
import { type ApiAnswer, invalidData, limitExceeded, missingParam, refuse } from '../problem.ts'
import type { World } from '../world.ts'
import { convertedFilter } from './converted.ts'
import { renderListed } from './list.ts'
import { emptyAnswer, isSince, MOST_FIELDS, modifiedSince, pagingOf } from './list-query.ts'
import { invalidId } from './one.ts'
import { pageOf } from './page-of.ts'

/** A related list of a module: of records that point at it, or of linked ones. */
export interface RelatedList {
  readonly module: Module
  readonly kind: 'lookup' | 'linked'
}

/** The products of a deal are linked; every other list here is that of a lookup (zoho-crm.md 4 Deals, 5). */
export function relatedLists(world: World, module: Module): readonly RelatedList[] {
  const products = module.apiName === 'Deals' ? world.module('Products') : undefined
  const byLookup = world
    .modules()
    .filter((other) => holdsRecords(other) && other.fields.some((field) => field.lookup === module.apiName))
    .map((other) => ({ module: other, kind: 'lookup' }) as const)
  return products === undefined ? byLookup : [...byLookup, { module: products, kind: 'linked' }]
}

/** Parent and list of a path, or the refusal that it deserves. */
export function relationOf(
  call: ApiCall,
  module: Module,
): { readonly parent: StoredRecord; readonly list: RelatedList } | ApiAnswer {
  const id = call.params.id ?? ''
  const parent = isWellFormedId(id) ? call.world.table(module.apiName).get(id) : undefined
  if (parent === undefined) return invalidId()
  const list = relatedLists(call.world, module).find((one) => one.module.apiName === call.params.related)
  if (list !== undefined) return { parent, list }
  return refuse(400, invalidData({ resource_path_index: 2 }, 'The relation name given seems to be invalid'))
}

/** `GET /{module}/{id}/{related_list}?fields=` (zoho-crm.md 2.2, 5): up to 2,000 records, 200 a page. */
export function listRelated(call: ApiCall, module: Module): ApiAnswer {
  const relation = relationOf(call, module)
  if ('status' in relation) return relation
  const fields = (call.query.get('fields') ?? '').split(',').filter((name) => name !== '')
  if (fields.length === 0) return missingParam('fields')
  if (fields.length > MOST_FIELDS) return limitExceeded(MOST_FIELDS, 'fields')
  const paging = pagingOf(call.query)
  if ('status' in paging) return paging
  const since = modifiedSince(call)
  if (typeof since === 'object') return since
  const isListed = convertedFilter(call, relation.list.module)
  if (typeof isListed === 'object') return isListed
  const found = childrenOf(call.world, module, relation).filter(
    (record) => isSince(call, record.modifiedMs, since) && isListed?.(record) !== false,
  )
  const { rows, info } = pageOf(found, paging)
  if (rows.length === 0) return emptyAnswer(call)
  const viewer = { world: call.world, user: call.user }
  const data = rows.map((row) => renderListed(viewer, { module: relation.list.module, fields }, row))
  const tokens = { next_page_token: null, previous_page_token: null, page_token_expiry: null }
  return { status: 200, body: { data, info: { ...info, ...tokens } } }
}

/** Live records only: a deleted product comes back into the list when it is restored. */
export function childrenOf(
  world: World,
  module: Module,
  relation: { readonly parent: StoredRecord; readonly list: RelatedList },
): readonly StoredRecord[] {
  const { parent, list } = relation
  const table = world.table(list.module.apiName)
  if (list.kind === 'linked') {
    const linked = world.associations.ids(parent.id).map((id) => table.get(id))
    return linked.filter((record) => record !== undefined)
  }
  const names = list.module.fields.filter((field) => field.lookup === module.apiName).map((field) => field.apiName)
  return table
    .ordered('id')
    .filter((record) => names.some((name) => record.values[name] === parent.id))
    .toReversed()
}
