import type { ApiCall } from '../api/route.ts'
import { isObject } from '../model/json.ts'
import type { Module } from '../model/modules.ts'
import type { Row, StoredRecord } from '../model/record.ts'
import { type ApiAnswer, mandatoryNotFound, refuse } from '../problem.ts'
import { isConverted } from '../read/converted.ts'
import type { Viewer } from '../read/render.ts'
import { compareValues, compile, pinnedIds } from './conditions.ts'
import { type Column, parseQuery, type Query } from './parse.ts'
import { type BoundPath, bindPath, type Comparable } from './paths.ts'
import { CoqlRefusal, invalidQuery } from './tokens.ts'

/** `POST /coql` (zoho-crm.md 3.9): reads the database, so without the search index's lag. */
export function runCoql(call: ApiCall): ApiAnswer {
  const text = isObject(call.body) ? call.body.select_query : undefined
  if (typeof text !== 'string') return refuse(400, mandatoryNotFound('select_query', '$.select_query'))
  try {
    return answer(call, parseQuery(text))
  } catch (error) {
    if (error instanceof CoqlRefusal) return refuse(400, error.problem)
    throw error
  }
}

/** 1, 2 or 3 credits by LIMIT (zoho-crm.md 2.1, unverified). */
export function coqlCost(call: ApiCall): number {
  if (call.world.switches.is('coqlCost', 'one')) return 1
  const limit = coqlQuery(call)?.limit ?? 200
  if (limit > 1000) return 3
  return limit > 200 ? 2 : 1
}

/** The module that a query reads, for the scope check; undefined when the text is no query. */
export function coqlQuery(call: ApiCall): Query | undefined {
  const text = isObject(call.body) ? call.body.select_query : undefined
  try {
    return typeof text === 'string' ? parseQuery(text) : undefined
  } catch {
    return undefined
  }
}

function answer(call: ApiCall, query: Query): ApiAnswer {
  const module = queriedModule(call, query.from)
  const viewer: Viewer = { world: call.world, user: call.user }
  const bind = (path: string) => bindPath(viewer, module, path)
  const columns = query.columns.map((column) => ({ column, path: bind(column.path) }))
  const equality = call.world.switches.is('coqlEquality', 'caseSensitive') ? 'caseSensitive' : 'caseInsensitive'
  const test = compile(query.where, { bind, equality })
  const isHidden = convertedHidden(call, module)
  const rows = candidates(call, module, query).filter((row) => test(row) && !isHidden(row))
  const found = sorted(rows, query, bind)
  if (columns.some((one) => one.column.aggregate !== undefined)) return aggregated(columns, found)
  const page = found.slice(query.offset, query.offset + query.limit)
  if (page.length === 0) return { status: 204 }
  const data = page.map((row) => ({
    ...Object.fromEntries(columns.map((one) => [one.column.name, one.path.render(row)])),
    id: row.id,
  }))
  const info = { count: data.length, more_records: found.length > query.offset + query.limit }
  return { status: 200, body: { data, info } }
}

/** Line items can be queried only where the switch says so (zoho-crm.md 9 trap 1). */
function queriedModule(call: ApiCall, name: string): Module {
  const module = call.world.module(name)
  const isHidden = module?.generatedType === 'subform' && call.world.switches.is('coqlOnSubform', 'off')
  if (module !== undefined && !isHidden) return module
  throw new CoqlRefusal({
    code: 'INVALID_MODULE',
    message: 'the module name given seems to be invalid',
    details: {},
  })
}

/** Whether a query sees converted leads is a switch (zoho-crm.md 9 trap 23). */
function convertedHidden(call: ApiCall, module: Module): (row: StoredRecord) => boolean {
  const isHiding = module.apiName === 'Leads' && call.world.switches.is('coqlConverted', 'excluded')
  return isHiding ? isConverted : () => false
}

function candidates(call: ApiCall, module: Module, query: Query): readonly StoredRecord[] {
  if (module.parent !== undefined) return lineCandidates(call, module.parent, query)
  const table = call.world.table(module.apiName)
  const ids = pinnedIds(query.where, 'id')
  if (ids !== undefined) return [...new Set(ids)].map((id) => table.get(id)).filter((row) => row !== undefined)
  const [first] = query.order
  const isKept = first?.path === 'Modified_Time' || first?.path === 'Created_Time'
  return table.ordered(isKept && first.path === 'Modified_Time' ? 'Modified_Time' : isKept ? 'Created_Time' : 'id')
}

/** Rows look like records of their own, with the parent as a lookup. */
function lineCandidates(call: ApiCall, parent: string, query: Query): readonly StoredRecord[] {
  const table = call.world.table(parent)
  const ids = pinnedIds(query.where, 'Parent_Id')
  const parents =
    ids === undefined ? table.ordered('id') : ids.map((id) => table.get(id)).filter((row) => row !== undefined)
  return parents.flatMap((record) => record.rows.map((row) => lineRecord(record, row)))
}

function lineRecord(parent: StoredRecord, row: Row): StoredRecord {
  return {
    ...parent,
    id: row.id,
    values: { ...row.values, Parent_Id: parent.id },
    rows: [],
    documentTaxes: row.taxes,
    createdMs: row.createdMs,
    modifiedMs: row.modifiedMs,
  }
}

function sorted(
  rows: readonly StoredRecord[],
  query: Query,
  bind: (path: string) => BoundPath,
): readonly StoredRecord[] {
  if (query.order.length === 0) return rows
  const keys = query.order.map((one) => ({ path: bind(one.path), sign: one.direction === 'asc' ? 1 : -1 }))
  return rows.toSorted((a, b) => {
    for (const key of keys) {
      const difference = compareValues(key.path.read(a), key.path.read(b)) * key.sign
      if (difference !== 0) return difference
    }
    return 0
  })
}

interface BoundColumn {
  readonly column: Column
  readonly path: BoundPath
}

/** COUNT, SUM, MIN, MAX, AVG over everything found; `group by` is not offered here. */
function aggregated(columns: readonly BoundColumn[], rows: readonly StoredRecord[]): ApiAnswer {
  if (columns.some((one) => one.column.aggregate === undefined)) {
    throw invalidQuery('invalid query formed', { reason: 'missing group by clause' })
  }
  const row = Object.fromEntries(columns.map((one) => [one.column.name, aggregate(one, rows)]))
  return { status: 200, body: { data: [row], info: { count: 1, more_records: false } } }
}

function aggregate(one: BoundColumn, rows: readonly StoredRecord[]): Comparable {
  const values = rows.map((row) => one.path.read(row)).filter((value) => value !== null)
  const numbers = values.filter((value) => typeof value === 'number')
  const total = () => numbers.reduce((sum, value) => sum + value, 0)
  switch (one.column.aggregate) {
    case 'count':
      return values.length
    case 'sum':
      return total()
    case 'avg':
      return numbers.length === 0 ? null : total() / numbers.length
    case 'min':
      return values.reduce<Comparable>((least, v) => (least === null || compareValues(v, least) < 0 ? v : least), null)
    case 'max':
      return values.reduce<Comparable>((most, v) => (most === null || compareValues(v, most) > 0 ? v : most), null)
    case undefined:
      return null
  }
}
