import { idText, isArray, isObject, type JsonObject } from '../model/json.ts'
import type { Module } from '../model/modules.ts'
import type { StoredRecord } from '../model/record.ts'
import {
  type ApiAnswer,
  invalidData,
  invalidModule,
  mandatoryNotFound,
  type Problem,
  problemBody,
  refuse,
} from '../problem.ts'
import { displayName } from '../read/render.ts'
import { recordsOf } from '../write/calls.ts'
import type { ConversionRefusal } from '../write/conversion.ts'
import { convertDocument, targetsOf } from '../write/convert-document.ts'
import { convertLead } from '../write/convert-lead.ts'
import { leadConversionOf } from './lead-request.ts'
import { type ApiCall, type Route, recordModule, recordNeed } from './route.ts'

/** Credits of a converted lead (zoho-crm.md 2.1). */
const LEAD_COST = 5
const isLead = (call: ApiCall) => call.params.module === 'Leads'

/** `POST /{module}/{id}/actions/convert`: leads (zoho-crm.md 3.7), quotes and orders (4.3). */
export const CONVERT_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/:module/:id/actions/convert',
    needs: (call) => [call.params.module ?? '', ...askedTargets(call)].map((name) => recordNeed(call, name, 'CREATE')),
    cost: (call) => (isLead(call) ? LEAD_COST : 1),
    isHeavy: isLead,
    handle: convert,
  },
]

function convert(call: ApiCall): ApiAnswer {
  const module = recordModule(call)
  if (module === undefined) return invalidModule()
  if (isLead(call)) return convertLeadCall(call)
  if (targetsOf(module).length > 0) return convertDocumentCall(call, module)
  return refuse(400, { code: 'NOT_SUPPORTED', message: 'not supported', details: { resource_path_index: 0 } })
}

/** One record stands in the path, so one element in the body. */
function elementOf(call: ApiCall): { readonly raw: unknown } | ApiAnswer {
  const data = recordsOf(call.body)
  if (!isArray(data)) return data
  if (data.length === 1) return { raw: data[0] }
  return refuse(400, invalidData({ maximum_length: 1, api_name: 'data', json_path: '$.data' }))
}

function convertLeadCall(call: ApiCall): ApiAnswer {
  const sent = elementOf(call)
  if ('status' in sent) return sent
  const conversion = leadConversionOf(sent.raw)
  if ('code' in conversion) return element(conversion)
  const converter = { world: call.world, user: call.user, by: 'api' } as const
  const outcome = convertLead(converter, call.params.id ?? '', conversion)
  if (!outcome.ok) return refusal(call, outcome)
  const named = (module: string, record: StoredRecord | null) => nameOf(call.world.module(module), record)
  return converted({
    Contacts: named('Contacts', outcome.contact),
    Deals: named('Deals', outcome.deal),
    Accounts: named('Accounts', outcome.account),
  })
}

function convertDocumentCall(call: ApiCall, module: Module): ApiAnswer {
  const sent = elementOf(call)
  if ('status' in sent) return sent
  const targets = targetModules(call, module)
  if ('code' in targets) return element(targets)
  const converter = { world: call.world, user: call.user, by: 'api' } as const
  const outcome = convertDocument(converter, { module, id: call.params.id ?? '' }, targets)
  if (!outcome.ok) return refusal(call, outcome)
  return converted(Object.fromEntries(outcome.made.map((one) => [one.module.apiName, nameOf(one.module, one.record)])))
}

/** Modules named in `convert_to`, each once and each one that the source can become. */
function targetModules(call: ApiCall, source: Module): readonly Module[] | Problem {
  const path = '$.data[0].convert_to'
  const sent = convertTo(call)
  if (sent === undefined || sent.length === 0) return mandatoryNotFound('convert_to', path)
  const modules: Module[] = []
  for (const [index, one] of sent.entries()) {
    const place = `${path}[${index}].module`
    const named = isObject(one) && isObject(one.module) ? one.module : undefined
    if (named === undefined) return mandatoryNotFound('module', place)
    const module = moduleNamed(call, named)
    if (module === undefined) return invalidData({ api_name: 'id', json_path: `${place}.id` })
    if (!targetsOf(source).includes(module.apiName) || modules.includes(module)) {
      return invalidData({ supported_values: targetsOf(source), api_name: 'api_name', json_path: `${place}.api_name` })
    }
    modules.push(module)
  }
  return modules
}

function convertTo(call: ApiCall): readonly unknown[] | undefined {
  const data = isObject(call.body) && isArray(call.body.data) ? call.body.data[0] : undefined
  return isObject(data) && isArray(data.convert_to) ? data.convert_to : undefined
}

/** For the scope check: source and target modules are both written (zoho-crm.md 1.7). */
function askedTargets(call: ApiCall): readonly string[] {
  const named = (convertTo(call) ?? []).map((one) => (isObject(one) ? one.module : undefined)).filter(isObject)
  return named.flatMap((module) => moduleNamed(call, module)?.apiName ?? [])
}

/** By api name, by id, or by both, which then have to agree. */
function moduleNamed(call: ApiCall, named: JsonObject): Module | undefined {
  const { api_name: apiName, id } = named
  if (apiName === undefined && id === undefined) return undefined
  return call.world
    .modules()
    .find((module) => (apiName ?? module.apiName) === module.apiName && (idText(id) ?? module.id) === module.id)
}

function nameOf(module: Module | undefined, record: StoredRecord | null): unknown {
  return module === undefined || record === null ? null : { name: displayName(module, record), id: record.id }
}

function converted(details: Record<string, unknown>): ApiAnswer {
  const message = 'The record has been converted successfully'
  return { status: 200, body: { data: [{ code: 'SUCCESS', details, message, status: 'success' }] } }
}

function element(problem: Problem): ApiAnswer {
  return { status: 400, body: { data: [problemBody(problem)] } }
}

/** A bad path comes unwrapped or wrapped, as for the other single writes. */
function refusal(call: ApiCall, refused: ConversionRefusal): ApiAnswer {
  const isWrapped = refused.place === 'element' || call.world.switches.is('singleWriteErrors', 'wrapped')
  return isWrapped ? element(refused.problem) : refuse(400, refused.problem)
}
