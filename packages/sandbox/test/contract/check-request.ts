import type { AllowList } from './allow-list.ts'
import { recordSchema } from './check-response.ts'
import { checkValue, compareFaults, type ValueRules } from './check-value.ts'
import type { Located } from './documents.ts'
import { type Finding, type FindingContext, fewestFindings, findingsOf, wholeFinding } from './finding.ts'
import { isObject } from './json-node.ts'
import { isOutsideSpecs } from './outside-calls.ts'
import { sheetAllowances } from './sheet-deviations.ts'
import { findOperations, type Operation } from './spec.ts'
import type { Api } from './specs-folder.ts'
import { checkZohoRecords } from './zoho-records.ts'

/** A call as it was sent. `body`: parsed JSON, undefined when there is none or it is no JSON by its type. */
export interface Call {
  readonly method: string
  /** Path without host and query. */
  readonly path: string
  /** With or without the leading question mark. */
  readonly query: string
  readonly body: unknown
}

/** Compares a call with the vendor's file: path, query names, body. Less what the fact sheets allow. */
export function checkRequest(api: Api, call: Call, allowed: AllowList = sheetAllowances): Finding[] {
  return allowed.forgive(compareRequest(api, call))
}

function compareRequest(api: Api, call: Call): Finding[] {
  const { method, path, body } = call
  if (isOutsideSpecs(api, path)) return []
  const context: FindingContext = { api, direction: 'request', method, path, status: undefined }
  const operations = findOperations(api, method, path)
  if (operations.length === 0) return wholeFinding(context, 'unknownCall', '')
  const found = fewestFindings(operations, (operation) => {
    const place = { ...context, path: operation.template }
    return [...compareQuery(operation, call.query, place), ...compareBody(operation, body, place)]
  })
  return found.concat(api === 'zoho' && isObject(body) ? checkZohoRecords(context, path, body) : [])
}

function compareQuery(operation: Operation, query: string, context: FindingContext): Finding[] {
  const unknown = [...new URLSearchParams(query)].filter(([name]) => !operation.queryNames.has(name))
  const detail = 'no such parameter'
  return unknown.map(([name, value]) => ({ ...context, field: `?${name}`, problem: 'undeclared', detail, value }))
}

function compareBody(operation: Operation, body: unknown, context: FindingContext): Finding[] {
  if (body === undefined) return []
  const candidates = bodySchemas(operation)
  if (candidates.length === 0) return wholeFinding(context, 'noBodyExpected', 'a body was sent')
  const rules: ValueRules = { direction: 'request', areNullsFine: operation.api === 'zoho' }
  const [best = []] = candidates.map((schema) => checkValue(schema, body, rules)).sort(compareFaults)
  return findingsOf(context, best)
}

/** Xero takes an envelope as well as a bare object, whichever the file shows (fact sheet Xero, section 2.5). */
function bodySchemas(operation: Operation): Located[] {
  const { requestBody } = operation
  if (requestBody === undefined) return []
  if (operation.api === 'zoho') return [requestBody]
  return [requestBody, operation.responses.get(200), recordSchema(operation)].flatMap((schema) => schema ?? [])
}
