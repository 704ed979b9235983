import type { ApiCall, Route } from '../api/route.ts'
import { isArray, isObject } from '../model/json.ts'
import type { Module } from '../model/modules.ts'
import {
  type ApiAnswer,
  invalidData,
  invalidParam,
  mandatoryNotFound,
  missingParam,
  problemBody,
  refuse,
} from '../problem.ts'
import { createField } from './field-create.ts'
import { fieldView } from './field-view.ts'

const MOST_FIELDS = 5
const need = (op: string) => () => [{ group: 'settings', sub: 'fields', op }]

/** `/settings/fields` (zoho-crm.md 5); works for subform modules too. */
export const FIELD_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/settings/fields', needs: need('READ'), handle: onModule(listFields) },
  { method: 'POST', path: '/settings/fields', needs: need('CREATE'), handle: onModule(createFields) },
  { method: 'PATCH', path: '/settings/fields', needs: need('UPDATE'), handle: onModule(patchFields) },
  { method: 'GET', path: '/settings/fields/:field', needs: need('READ'), handle: onModule(oneField) },
  { method: 'PATCH', path: '/settings/fields/:field', needs: need('UPDATE'), handle: onModule(patchFields) },
  { method: 'DELETE', path: '/settings/fields/:field', needs: need('DELETE'), handle: onModule(deleteField) },
]

function onModule(handle: (call: ApiCall, module: Module) => ApiAnswer): (call: ApiCall) => ApiAnswer {
  return (call) => {
    const name = call.query.get('module')
    if (name === null) return missingParam('module')
    const module = call.world.module(name)
    if (module !== undefined) return handle(call, module)
    const message = 'the module name given seems to be invalid'
    return refuse(400, { code: 'INVALID_MODULE', message, details: { api_name: 'module' } })
  }
}

function listFields(call: ApiCall, module: Module): ApiAnswer {
  const type = call.query.get('type') ?? 'all'
  if (!['all', 'used', 'unused'].includes(type)) return invalidParam('type')
  const isSingleCurrency = call.world.switches.is('multiCurrency', 'off')
  const fields = module.fields
    .filter(() => type !== 'unused')
    .filter((field) => !isSingleCurrency || (field.apiName !== 'Currency' && field.apiName !== 'Exchange_Rate'))
  if (fields.length === 0) return { status: 204 }
  return { status: 200, body: { fields: fields.map((field) => fieldView(call, module, field)) } }
}

function oneField(call: ApiCall, module: Module): ApiAnswer {
  const field = module.fields.find((one) => one.id === call.params.field || one.apiName === call.params.field)
  return field === undefined ? { status: 204 } : { status: 200, body: { fields: [fieldView(call, module, field)] } }
}

function createFields(call: ApiCall, module: Module): ApiAnswer {
  const sent = isObject(call.body) ? call.body.fields : undefined
  if (!isArray(sent)) return refuse(400, mandatoryNotFound('fields', '$.fields'))
  if (sent.length < 1 || sent.length > MOST_FIELDS) {
    const details = { limit: MOST_FIELDS, limit_due_to: [{ api_name: 'fields', json_path: '$.fields' }] }
    return refuse(400, { code: 'LIMIT_EXCEEDED', message: 'limit exceeded', details })
  }
  let current = module
  const elements = sent.map((raw, index) => {
    const outcome = createField(call.world, current, { raw, path: `$.fields[${index}]` })
    if ('problem' in outcome) return problemBody(outcome.problem)
    current = outcome.module
    return done(outcome.field.id, 'field created')
  })
  call.world.putModule(current)
  const refused = elements.filter((element) => element.status === 'error').length
  return { status: statusOf(refused, elements.length), body: { fields: elements } }
}

function statusOf(refused: number, all: number): number {
  if (refused === 0) return 201
  return refused === all ? 400 : 207
}

function done(id: string, message: string) {
  return { code: 'SUCCESS', details: { id }, message, status: 'success' }
}

/** Only the label can be changed here; the api name stays (zoho-crm.md 4: renaming changes labels). */
function patchFields(call: ApiCall, module: Module): ApiAnswer {
  const sent = isObject(call.body) ? call.body.fields : undefined
  if (!isArray(sent)) return refuse(400, mandatoryNotFound('fields', '$.fields'))
  let current = module
  const elements = sent.map((raw, index) => {
    const change = isObject(raw) ? raw : {}
    const id = call.params.field ?? change.id
    const field = current.fields.find((one) => one.id === id)
    if (field === undefined) return problemBody(invalidData({ api_name: 'id', json_path: `$.fields[${index}].id` }))
    const label = typeof change.field_label === 'string' ? change.field_label : field.label
    current = { ...current, fields: current.fields.map((one) => (one === field ? { ...one, label } : one)) }
    return done(field.id, 'field updated')
  })
  call.world.putModule(current)
  const refused = elements.filter((element) => element.status === 'error').length
  return { status: refused === 0 ? 200 : statusOf(refused, elements.length), body: { fields: elements } }
}

function deleteField(call: ApiCall, module: Module): ApiAnswer {
  const field = module.fields.find((one) => one.id === call.params.field)
  if (field === undefined)
    return refuse(400, invalidData({ resource_path_index: 2 }, 'the id given seems to be invalid'))
  if (!field.custom) {
    const details = { api_name: field.apiName }
    return refuse(400, { code: 'NOT_SUPPORTED', message: 'system defined fields cannot be deleted', details })
  }
  call.world.putModule({ ...module, fields: module.fields.filter((one) => one !== field) })
  return { status: 200, body: { fields: [done(field.id, 'field deleted')] } }
}
