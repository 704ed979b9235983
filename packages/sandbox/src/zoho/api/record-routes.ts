import { isArray, isObject } from '../model/json.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import type { ScopeNeed } from '../oauth/scopes.ts'
import { type ApiAnswer, invalidData, invalidModule, refuse } from '../problem.ts'
import { convertedFilter } from '../read/converted.ts'
import { listDeleted } from '../read/deleted.ts'
import { listRecords } from '../read/list.ts'
import { getRecord, invalidId } from '../read/one.ts'
import type { PageTokens } from '../read/page-tokens.ts'
import { listRelated } from '../read/related.ts'
import { searchRecords, searchTest } from '../read/search.ts'
import { deleteMany, deleteSingle, insertMany, updateMany, updateSingle, upsertMany } from '../write/calls.ts'
import { linkRelated, unlinkRelated } from '../write/relate.ts'
import { type ApiCall, type Route, recordModule, recordNeed } from './route.ts'

const SEARCH_NEED: ScopeNeed = { service: 'ZohoSearch', group: 'securesearch', op: 'READ' }
const needs =
  (...ops: string[]) =>
  (call: ApiCall): ScopeNeed[] =>
    ops.map((op) => recordNeed(call, call.params.module ?? '', op))

function onModule(handle: (call: ApiCall, module: Module) => ApiAnswer): (call: ApiCall) => ApiAnswer {
  return (call) => {
    const module = recordModule(call)
    return module === undefined ? invalidModule() : handle(call, module)
  }
}

/** `X-EXTERNAL: Accounts.Xero_Contact_Id` makes the path's last part a value of that field (zoho-crm.md 3.11). */
function byExternalId(handle: (call: ApiCall, module: Module) => ApiAnswer) {
  return (call: ApiCall, module: Module): ApiAnswer => {
    const header = call.headers.get('x-external')
    if (header === null) return handle(call, module)
    const [moduleName, fieldName = ''] = header.split('.')
    const field = moduleName === module.apiName ? fieldOf(module, fieldName) : undefined
    if (field?.external === undefined) return refuse(400, invalidData({ header: 'X-EXTERNAL' }))
    const [id] = call.world.table(module.apiName).idsByText(fieldName, call.params.id ?? '')
    return id === undefined ? invalidId() : handle({ ...call, params: { ...call.params, id } }, module)
  }
}

function sentCount(call: ApiCall): number {
  return isObject(call.body) && isArray(call.body.data) ? call.body.data.length : 0
}

/** One credit for each started ten records (zoho-crm.md 2.1). */
const writeCost = (call: ApiCall) => Math.max(1, Math.ceil(sentCount(call) / 10))
const isBulk = (call: ApiCall) => sentCount(call) > 10

/** Records of any module (zoho-crm.md 3). Fixed words stand before `/:id`, so that they are not taken for ids. */
export function recordRoutes(tokens: PageTokens): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/:module',
      needs: needs('READ'),
      cost: (call) => (call.query.has('cvid') ? 3 : 1),
      handle: onModule((call, module) => listRecords(call, module, tokens)),
    },
    write('POST', '/:module', { needs: needs('CREATE'), handle: onModule(insertMany) }),
    write('PUT', '/:module', { needs: needs('UPDATE'), handle: onModule(updateMany) }),
    { method: 'DELETE', path: '/:module', needs: needs('DELETE'), handle: onModule(deleteMany) },
    write('POST', '/:module/upsert', { needs: needs('CREATE', 'UPDATE'), handle: onModule(upsertMany) }),
    { method: 'GET', path: '/:module/deleted', needs: needs('READ'), cost: () => 2, handle: onModule(listDeleted) },
    {
      method: 'GET',
      path: '/:module/search',
      needs: (call) => [...needs('READ')(call), SEARCH_NEED],
      isHeavy: () => true,
      handle: onModule(searchRecords),
    },
    {
      method: 'GET',
      path: '/:module/actions/count',
      needs: (call) => [...needs('READ')(call), SEARCH_NEED],
      handle: onModule(countRecords),
    },
    { method: 'GET', path: '/:module/:id', needs: needs('READ'), handle: onModule(byExternalId(getRecord)) },
    { method: 'PUT', path: '/:module/:id', needs: needs('UPDATE'), handle: onModule(byExternalId(updateSingle)) },
    { method: 'DELETE', path: '/:module/:id', needs: needs('DELETE'), handle: onModule(byExternalId(deleteSingle)) },
    ...relatedRoutes(),
  ]
}

/** Related lists (zoho-crm.md 5): reading one also takes the right to what it lists. */
function relatedRoutes(): readonly Route[] {
  const path = '/:module/:id/:related'
  const readNeeds = (call: ApiCall) => [...needs('READ')(call), recordNeed(call, call.params.related ?? '', 'READ')]
  return [
    { method: 'GET', path, needs: readNeeds, handle: onModule(byExternalId(listRelated)) },
    { method: 'PUT', path, needs: needs('UPDATE'), handle: onModule(byExternalId(linkRelated)) },
    { method: 'DELETE', path, needs: needs('DELETE'), handle: onModule(byExternalId(unlinkRelated)) },
  ]
}

function write(method: 'POST' | 'PUT', path: string, rest: Pick<Route, 'needs' | 'handle'>): Route {
  return { method, path, ...rest, cost: writeCost, isHeavy: isBulk }
}

/** `GET /{module}/actions/count` (zoho-crm.md 3.10): everything, or what a search would find. */
function countRecords(call: ApiCall, module: Module): ApiAnswer {
  const hasSearch = ['criteria', 'email', 'phone', 'word'].some((name) => call.query.has(name))
  if (!hasSearch) {
    const isListed = convertedFilter(call, module)
    if (typeof isListed === 'object') return isListed
    const table = call.world.table(module.apiName)
    const count = isListed === undefined ? table.size() : table.ordered('id').filter(isListed).length
    return { status: 200, body: { count } }
  }
  const test = searchTest(call, module)
  if (typeof test !== 'function') return test
  return { status: 200, body: { count: call.world.search.rows(module.apiName).filter(test).length } }
}
