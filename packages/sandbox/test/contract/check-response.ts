import type { AllowList } from './allow-list.ts'
import { checkValue, compareFaults, type ValueRules } from './check-value.ts'
import type { Located } from './documents.ts'
import { type Finding, type FindingContext, fewestFindings, findingsOf, wholeFinding } from './finding.ts'
import { isObject } from './json-node.ts'
import { isOutsideSpecs } from './outside-calls.ts'
import { shapesOf } from './schema.ts'
import { sheetAllowances } from './sheet-deviations.ts'
import { REFUSAL } from './sheet-schemas.ts'
import { findOperations, type Operation } from './spec.ts'
import type { Api } from './specs-folder.ts'
import { checkZohoRecords } from './zoho-records.ts'

/** An answer as it came. `body`: parsed JSON, the text when it is not JSON, undefined when empty. */
export interface Answer {
  readonly method: string
  /** Path without host and query. */
  readonly path: string
  readonly status: number
  readonly body: unknown
}

/** Compares an answer with the vendor's file, less what the fact sheets allow. Empty when all is well. */
export function checkResponse(api: Api, answer: Answer, allowed: AllowList = sheetAllowances): Finding[] {
  return allowed.forgive(compareResponse(api, answer))
}

function compareResponse(api: Api, answer: Answer): Finding[] {
  const { method, path, status, body } = answer
  if (isOutsideSpecs(api, path)) return []
  const context: FindingContext = { api, direction: 'response', method, path, status }
  const operations = findOperations(api, method, path)
  if (operations.length === 0) return status >= 400 ? [] : wholeFinding(context, 'unknownCall', '')
  return fewestFindings(operations, (operation) =>
    compareWith(operation, answer, { ...context, path: operation.template }),
  ).concat(api === 'zoho' && isObject(body) && status < 300 ? checkZohoRecords(context, path, body) : [])
}

function compareWith(operation: Operation, { status, body }: Answer, context: FindingContext): Finding[] {
  if (body === undefined) return []
  if (typeof body === 'string') return compareText(context, body)
  const rules: ValueRules = { direction: 'response', areNullsFine: operation.api === 'zoho' }
  const candidates = schemasFor(operation, status)
  if (candidates.length === 0) return wholeFinding(context, 'noBodyExpected', 'no JSON is described')
  const [best = []] = candidates.map((schema) => checkValue(schema, body, rules)).sort(compareFaults)
  return findingsOf(context, best)
}

/** Xero answers text or HTML to what it refuses (fact sheet Xero, section 5.3) and PDF where it is asked for one. */
function compareText(context: FindingContext, text: string): Finding[] {
  if (context.status === undefined || context.status >= 400 || text.startsWith('%PDF')) return []
  return wholeFinding(context, 'notJson', text.slice(0, 60))
}

/** Reads are refused too, though the file has no 400 for them (fact sheet Xero, section 2.4). */
const XERO_ERROR: Located = { file: 'xero/xero_accounting.yaml', node: { $ref: '#/components/schemas/Error' } }

/** The files are no authority on status codes (fact sheet Xero, intro; Zoho's older file has one status for all). */
function schemasFor(operation: Operation, status: number): Located[] {
  if (status < 300) return atStatuses(operation, [status, 200, 201, 202], 'first')
  const described = atStatuses(operation, operation.api === 'xero' ? [400] : [status, 400, 202, 200], 'all')
  if (operation.api === 'zoho') return [...described, REFUSAL.zoho]
  if (status === 401 || status === 403) return [REFUSAL.xero]
  return described.length === 0 ? [XERO_ERROR] : described.map((schema) => withEchoedElements(operation, schema))
}

function atStatuses(operation: Operation, statuses: readonly number[], take: 'first' | 'all'): Located[] {
  const schemas = statuses.flatMap((status) => operation.responses.get(status) ?? [])
  return take === 'all' ? schemas : schemas.slice(0, 1)
}

/** Xero's `Elements` echo what was sent, each with its errors (fact sheet Xero, section 5.3): the file has only ids there. */
function withEchoedElements(operation: Operation, error: Located): Located {
  const [shape] = shapesOf(error)
  const elements = shape?.properties.get('Elements')
  const record = recordSchema(operation)
  if (shape === undefined || elements === undefined || record === undefined) return error
  const properties = Object.fromEntries([...shape.properties].map(([name, schema]) => [name, schema.node]))
  const echoed = { type: 'array', items: { allOf: [...listOf(elements.node.items), record.node] } }
  return { file: error.file, node: { type: 'object', properties: { ...properties, Elements: echoed } } }
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : [value]
}

/** What stands in the array of the answer's envelope: `Contact` for `Contacts`. */
export function recordSchema(operation: Operation): Located | undefined {
  const envelope = operation.responses.get(200)
  const [shape] = envelope === undefined ? [] : shapesOf(envelope)
  const arrays = [...(shape?.properties ?? [])].filter(([name]) => name !== 'pagination' && name !== 'Warnings')
  const [array] = arrays.map(([, schema]) => shapesOf(schema)[0]?.items)
  return array
}
