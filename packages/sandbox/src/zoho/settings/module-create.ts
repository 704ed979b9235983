import { z } from 'zod'
import type { ApiCall } from '../api/route.ts'
import { CURRENCY_FIELDS } from '../model/crm-modules.ts'
import { plain, text } from '../model/field-spec.ts'
import { isArray, isObject } from '../model/json.ts'
import { type Module, moduleFromSpec } from '../model/modules.ts'
import { type ApiAnswer, invalidData, mandatoryNotFound, type Problem, problemBody, refuse } from '../problem.ts'
import { profileOf } from './org-routes.ts'

const LABEL_LENGTH = 25
const API_NAME_LENGTH = 50
const NAME_LENGTH = 120

const moduleSchema = z.object({
  singular_label: z.string(),
  plural_label: z.string(),
  api_name: z.string().optional(),
  profiles: z.array(z.object({ id: z.string() })).min(1),
  display_field: z
    .object({
      field_label: z.string().min(1).max(LABEL_LENGTH).optional(),
      data_type: z.enum(['text', 'autonumber']).default('text'),
    })
    .optional(),
})
type ModuleInput = z.infer<typeof moduleSchema>

/** `POST /settings/modules` (zoho-crm.md 5): one module a call, where the edition has custom modules at all. */
export function createModule(call: ApiCall): ApiAnswer {
  const unsupported = editionProblem(call)
  if (unsupported !== undefined) return unsupported
  const sent = isObject(call.body) ? call.body.modules : undefined
  if (!isArray(sent) || sent.length === 0) return refuse(400, mandatoryNotFound('modules', '$.modules'))
  if (sent.length > 1) {
    const details = { limit: 1, limit_due_to: [{ api_name: 'modules', json_path: '$.modules' }] }
    return refuse(400, { code: 'LIMIT_EXCEEDED', message: 'limit exceeded', details })
  }
  const parsed = moduleSchema.safeParse(sent[0])
  const problem = parsed.success ? inputProblem(call, parsed.data) : schemaProblem(parsed.error)
  if (problem !== undefined || !parsed.success) return wrapped(problem ?? invalidData({ api_name: 'modules' }))
  const module = moduleOf(parsed.data, call.world.nextId)
  call.world.putModule(module)
  const done = { code: 'SUCCESS', details: { id: module.id }, message: 'module created', status: 'success' }
  return { status: Number(call.world.switches.get('moduleCreatedStatus')), body: { modules: [done] } }
}

function wrapped(problem: Problem): ApiAnswer {
  return { status: 400, body: { modules: [problemBody(problem)] } }
}

const WITHOUT_MODULES = ['free', 'standard']

/** Which editions have custom modules, and how many, is known only roughly (zoho-crm.md 5 "edition-limited"). */
function editionProblem(call: ApiCall): ApiAnswer | undefined {
  const { switches } = call.world
  const choice = switches.get('customModules')
  if (choice === 'LIMIT_EXCEEDED') {
    const details = { limit: call.world.modules().filter((module) => module.generatedType === 'custom').length }
    return wrapped({ code: 'LIMIT_EXCEEDED', message: 'custom module limit exceeded', details })
  }
  if (choice !== 'NOT_SUPPORTED' && !WITHOUT_MODULES.includes(switches.get('edition'))) return undefined
  const message = 'custom modules are not supported in this edition'
  return refuse(400, { code: 'NOT_SUPPORTED', message, details: { resource_path_index: 1 } })
}

const at = (name: string) => ({ api_name: name, json_path: `$.modules[0].${name}` })

function schemaProblem(error: z.ZodError): Problem {
  const [issue] = error.issues
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  const name = String(issue?.path.findLast((part) => typeof part === 'string') ?? 'modules')
  const place = { api_name: name, json_path: `$.modules[0]${path}` }
  const isMissing = issue?.code === 'invalid_type' && issue.message.includes('received undefined')
  if (isMissing) return mandatoryNotFound(place.api_name, place.json_path)
  if (issue?.code === 'too_big') return invalidData({ maximum_length: LABEL_LENGTH, ...place })
  return invalidData(place)
}

function inputProblem(call: ApiCall, input: ModuleInput): Problem | undefined {
  return (
    labelProblem(call, 'singular_label', input.singular_label) ??
    labelProblem(call, 'plural_label', input.plural_label) ??
    apiNameProblem(call, input) ??
    profileProblem(call, input)
  )
}

function labelProblem(call: ApiCall, name: 'singular_label' | 'plural_label', label: string): Problem | undefined {
  if (label.length > LABEL_LENGTH) return invalidData({ maximum_length: LABEL_LENGTH, ...at(name) })
  if (!/^[A-Za-z0-9][A-Za-z0-9 ]*$/.test(label)) return invalidData(at(name))
  const taken = call.world
    .modules()
    .some((module) => isSame(name === 'singular_label' ? module.singular : module.plural, label))
  return taken ? { code: 'DUPLICATE_DATA', message: 'duplicate data', details: at(name) } : undefined
}

/** A letter first, then letters, digits and single underscores, none at the end. */
function apiNameProblem(call: ApiCall, input: ModuleInput): Problem | undefined {
  const name = apiNameOf(input)
  if (name.length > API_NAME_LENGTH) return invalidData({ maximum_length: API_NAME_LENGTH, ...at('api_name') })
  if (!/^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$/.test(name)) return invalidData(at('api_name'))
  const taken = call.world.modules().some((module) => isSame(module.apiName, name))
  return taken ? { code: 'DUPLICATE_DATA', message: 'duplicate data', details: at('api_name') } : undefined
}

function profileProblem(call: ApiCall, input: ModuleInput): Problem | undefined {
  const known = call.world.org().users.map((user) => profileOf(user).id)
  const bad = input.profiles.findIndex((profile) => !known.includes(profile.id))
  if (bad < 0) return undefined
  return invalidData({ api_name: 'id', json_path: `$.modules[0].profiles[${bad}].id` })
}

function apiNameOf(input: ModuleInput): string {
  return input.api_name ?? input.plural_label.trim().replaceAll(/ +/g, '_')
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.trim().toLowerCase()
}

/** Its records are named by `Name`, whatever the label says (zoho-crm.md 3.5). */
function moduleOf(input: ModuleInput, nextId: () => string): Module {
  const singular = input.singular_label.trim()
  const label = input.display_field?.field_label ?? `${singular} Name`
  const isNumbered = input.display_field?.data_type === 'autonumber'
  const name = isNumbered
    ? plain('Name', 'autonumber', { readOnly: true, label })
    : text('Name', NAME_LENGTH, { mandatory: true, label })
  const spec = {
    apiName: apiNameOf(input),
    singular,
    plural: input.plural_label.trim(),
    displayField: 'Name',
    ...(isNumbered ? { autoNumber: 'Name' } : {}),
    fields: [name, ...CURRENCY_FIELDS],
  }
  return moduleFromSpec(spec, 'custom', nextId)
}
