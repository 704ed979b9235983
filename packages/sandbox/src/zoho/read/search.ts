import type { ApiCall } from '../api/route.ts'
import { type Field, isNumeric } from '../model/field.ts'
import { parseInstant } from '../model/instants.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import type { StoredRecord } from '../model/record.ts'
import { type ApiAnswer, invalidData, refuse } from '../problem.ts'
import { convertedFilter } from './converted.ts'
import { type Condition, type Criteria, parseCriteria } from './criteria.ts'
import { renderListed } from './list.ts'
import { PAGE_WALL, pagingOf } from './list-query.ts'
import { pageOf } from './page-of.ts'
import { renderWhole } from './render.ts'

const MOST_CRITERIA = 15
type Test = (record: StoredRecord) => boolean

/** `GET /{module}/search` over the trailing index; `equals` acts as contains on text (zoho-crm.md 3.8). */
export function searchRecords(call: ApiCall, module: Module): ApiAnswer {
  const test = searchTest(call, module)
  if (typeof test !== 'function') return test
  const paging = pagingOf(call.query)
  if ('status' in paging) {
    const message = 'the limit of search results is reached'
    const isWall = call.query.has('page') && !call.query.has('page_token')
    return isWall ? refuse(400, { code: 'LIMIT_REACHED', message, details: { limit: PAGE_WALL } }) : paging
  }
  const found = call.world.search.rows(module.apiName).filter(test).slice(0, PAGE_WALL)
  const { rows, info } = pageOf(found, paging)
  if (rows.length === 0) return { status: 204 }
  const fields = call.query.get('fields')?.split(',')
  const viewer = { world: call.world, user: call.user }
  const data = rows.map((row) =>
    fields === undefined ? wholeWithoutLines(call, module, row) : renderListed(viewer, { module, fields }, row),
  )
  return { status: 200, body: { data, info: { ...info, sort_by: 'id', sort_order: 'desc' } } }
}

function wholeWithoutLines(call: ApiCall, module: Module, row: StoredRecord): unknown {
  const whole = renderWhole({ world: call.world, user: call.user }, module, { ...row, rows: [] })
  return Object.fromEntries(
    Object.entries(whole).filter(([name]) => name !== module.lineField && name !== '$has_more' && name !== '$line_tax'),
  )
}

/** What the query asks for, among the records that `converted` lets through. */
export function searchTest(call: ApiCall, module: Module): Test | ApiAnswer {
  const isListed = convertedFilter(call, module)
  if (typeof isListed === 'object') return isListed
  const test = askedTest(call, module)
  if (typeof test !== 'function' || isListed === undefined) return test
  return (record) => isListed(record) && test(record)
}

/** Criteria, e-mail, phone or word; exactly one of them. */
function askedTest(call: ApiCall, module: Module): Test | ApiAnswer {
  const criteria = call.query.get('criteria')
  if (criteria !== null) return criteriaTest(module, criteria)
  const email = call.query.get('email')
  if (email !== null) return kindTest(module, 'email', email)
  const phone = call.query.get('phone')
  if (phone !== null) return kindTest(module, 'phone', phone)
  const word = call.query.get('word')
  if (word === null) {
    const message = 'One of the expected parameter is missing'
    const details = { param_names: ['criteria', 'email', 'phone', 'word'] }
    return refuse(400, { code: 'EXPECTED_PARAM_MISSING', message, details })
  }
  if (word.length < 2) return refuse(400, invalidData({ param_name: 'word', minimum_length: 2 }))
  return (record) => Object.values(record.values).some((value) => contains(value, word))
}

function kindTest(module: Module, kind: 'email' | 'phone', text: string): Test {
  const names = module.fields.filter((field) => field.kind === kind).map((field) => field.apiName)
  return (record) => names.some((name) => contains(record.values[name], text))
}

function contains(value: unknown, text: string): boolean {
  return typeof value === 'string' && value.toLowerCase().includes(text.toLowerCase())
}

function criteriaTest(module: Module, text: string): Test | ApiAnswer {
  const criteria = parseCriteria(text)
  if (criteria === undefined || countConditions(criteria) > MOST_CRITERIA) return invalidQuery()
  return testOf(module, criteria)
}

function invalidQuery(details: Record<string, unknown> = {}): ApiAnswer {
  return refuse(400, { code: 'INVALID_QUERY', message: 'Invalid query formed', details })
}

function countConditions(criteria: Criteria): number {
  if (criteria.kind === 'condition') return 1
  return criteria.parts.reduce((count, part) => count + countConditions(part), 0)
}

function testOf(module: Module, criteria: Criteria): Test | ApiAnswer {
  if (criteria.kind === 'condition') return conditionTest(module, criteria.condition)
  const tests: Test[] = []
  for (const part of criteria.parts) {
    const test = testOf(module, part)
    if (typeof test !== 'function') return test
    tests.push(test)
  }
  return criteria.kind === 'and'
    ? (record) => tests.every((test) => test(record))
    : (record) => tests.some((test) => test(record))
}

const TEXT_KINDS = new Set(['text', 'textarea', 'email', 'phone', 'website', 'autonumber', 'bigint'])

function conditionTest(module: Module, condition: Condition): Test | ApiAnswer {
  const field = fieldOf(module, condition.field)
  if (field === undefined || field.kind === 'subform') return invalidQuery({ reason: 'the field is not available' })
  const read = (record: StoredRecord) => searchable(record, field)
  const wanted = condition.values.map((text) => comparable(field, text))
  const [first = '', second = first] = wanted
  const equal = (value: string | number) => wanted.some((one) => isEqual(field, value, one))
  switch (condition.operator) {
    case 'equals':
    case 'in':
      return (record) => equal(read(record))
    case 'not_equal':
      return (record) => !equal(read(record))
    case 'starts_with':
      return (record) => String(read(record)).toLowerCase().startsWith(String(first).toLowerCase())
    case 'greater_equal':
      return (record) => read(record) >= first
    case 'greater_than':
      return (record) => read(record) > first
    case 'less_equal':
      return (record) => read(record) <= first
    case 'less_than':
      return (record) => read(record) < first
    default:
      return (record) => read(record) >= first && read(record) <= second
  }
}

function isEqual(field: Field, value: string | number, wanted: string | number): boolean {
  if (TEXT_KINDS.has(field.kind) && field.apiName !== 'id') return contains(value, String(wanted))
  return value === wanted
}

function searchable(record: StoredRecord, field: Field): string | number {
  switch (field.apiName) {
    case 'id':
      return record.id
    case 'Owner':
      return record.owner
    case 'Created_Time':
      return record.createdMs
    case 'Modified_Time':
      return record.modifiedMs
    default: {
      const value = record.values[field.apiName]
      return typeof value === 'number' || typeof value === 'string' ? value : String(value ?? '')
    }
  }
}

function comparable(field: Field, text: string): string | number {
  if (field.kind === 'datetime') return parseInstant(text) ?? Number.NaN
  return isNumeric(field) ? Number(text) : text
}
