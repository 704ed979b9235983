import { z } from 'zod'
import type { Field, FieldKind } from '../model/field.ts'
import { fieldOf, holdsRecords, type Module } from '../model/modules.ts'
import { invalidData, type Problem } from '../problem.ts'
import type { World } from '../world.ts'

/** Custom fields that one module takes; the real number depends on the edition. */
const MOST_UNIQUE = 10

const CREATABLE = [
  'text',
  'textarea',
  'email',
  'phone',
  'website',
  'integer',
  'bigint',
  'double',
  'percent',
  'currency',
  'date',
  'datetime',
  'boolean',
  'picklist',
  'multiselectpicklist',
  'lookup',
] as const satisfies readonly FieldKind[]

const LENGTHS: Partial<Record<FieldKind, number>> = {
  text: 255,
  textarea: 2000,
  email: 100,
  phone: 30,
  website: 450,
  integer: 9,
  bigint: 18,
  double: 16,
  percent: 5,
  currency: 16,
}

const pickSchema = z.object({ display_value: z.string(), actual_value: z.string().optional() })
const fieldSchema = z.object({
  field_label: z.string().min(1),
  data_type: z.enum(CREATABLE),
  length: z.number().int().positive().optional(),
  decimal_place: z.number().int().min(0).max(9).optional(),
  currency: z.object({ precision: z.number().int().min(0).max(9).optional() }).nullish(),
  unique: z.object({ case_sensitive: z.boolean().optional(), casesensitive: z.unknown().optional() }).nullish(),
  external: z.object({ type: z.enum(['org', 'user', 'external_lookup']), show: z.boolean().default(false) }).nullish(),
  pick_list_values: z.array(pickSchema).optional(),
  lookup: z.object({ module: z.object({ api_name: z.string() }), display_label: z.string().optional() }).nullish(),
  tooltip: z.object({ name: z.string(), value: z.string() }).nullish(),
  textarea: z.object({ type: z.enum(['small', 'large', 'rich_text']) }).nullish(),
})
type FieldInput = z.infer<typeof fieldSchema>

export type FieldOutcome = { readonly field: Field; readonly module: Module } | { readonly problem: Problem }

/** One custom field of `POST /settings/fields` (zoho-crm.md 5): the api name comes from the label, not from you. */
export function createField(
  world: World,
  module: Module,
  sent: { readonly raw: unknown; readonly path: string },
): FieldOutcome {
  const parsed = fieldSchema.safeParse(sent.raw)
  if (!parsed.success) return { problem: schemaProblem(parsed.error, sent.path) }
  const input = parsed.data
  const problem = inputProblem(world, module, { input, path: sent.path })
  if (problem !== undefined) return { problem }
  const field = fieldFromInput(world, module, input)
  return { field, module: { ...module, fields: [...module.fields, field] } }
}

function schemaProblem(error: z.ZodError, path: string): Problem {
  const [issue] = error.issues
  const name = String(issue?.path[0] ?? 'fields')
  const place = { api_name: name, json_path: `${path}.${name}` }
  const isMissing = issue?.code === 'invalid_type' && issue.message.includes('received undefined')
  if (isMissing) return { code: 'MANDATORY_NOT_FOUND', message: 'required field not found', details: place }
  return invalidData(name === 'data_type' ? { supported_values: CREATABLE, ...place } : place)
}

function inputProblem(
  world: World,
  module: Module,
  sent: { readonly input: FieldInput; readonly path: string },
): Problem | undefined {
  const { input, path } = sent
  const at = (name: string) => ({ api_name: name, json_path: `${path}.${name}` })
  const labelLength = Number(world.switches.get('fieldLabelLength'))
  if (input.field_label.length > labelLength) return invalidData({ maximum_length: labelLength, ...at('field_label') })
  if (!/[A-Za-z0-9]/.test(input.field_label)) return invalidData(at('field_label'))
  const taken = module.fields.some((field) => field.label.toLowerCase() === input.field_label.toLowerCase())
  if (taken) return { code: 'DUPLICATE_DATA', message: 'duplicate data', details: at('field_label') }
  const limit = LENGTHS[input.data_type]
  if (input.length !== undefined && limit !== undefined && input.length > Math.max(limit, 255)) {
    return invalidData({ maximum_length: limit, ...at('length') })
  }
  const hasPicks = input.pick_list_values !== undefined && input.pick_list_values.length > 0
  if (input.data_type.endsWith('picklist') && !hasPicks) {
    return { code: 'MANDATORY_NOT_FOUND', message: 'required field not found', details: at('pick_list_values') }
  }
  const target = world.module(input.lookup?.module.api_name ?? '')
  if (input.data_type === 'lookup' && (target === undefined || !holdsRecords(target))) return invalidData(at('lookup'))
  const isRefused = module.apiName === 'Tasks' && world.switches.is('uniqueOnTasks', 'NOT_SUPPORTED')
  return uniqueProblem(module, input, { place: at('unique'), isRefused })
}

const UNIQUE_TYPES = ['text', 'email', 'phone', 'integer', 'bigint', 'double', 'currency']

function uniqueProblem(
  module: Module,
  input: FieldInput,
  { place, isRefused }: { readonly place: Record<string, string>; readonly isRefused: boolean },
): Problem | undefined {
  const isUnique = (input.unique ?? undefined) !== undefined || (input.external ?? undefined) !== undefined
  if (!isUnique) return undefined
  if (isRefused || !UNIQUE_TYPES.includes(input.data_type))
    return { code: 'NOT_SUPPORTED', message: 'not supported', details: place }
  const count = module.fields.filter((field) => field.custom && field.unique !== 'no').length
  if (count < MOST_UNIQUE) return undefined
  return { code: 'LIMIT_EXCEEDED', message: 'unique field limit exceeded', details: { limit: MOST_UNIQUE, ...place } }
}

function fieldFromInput(world: World, module: Module, input: FieldInput): Field {
  const isExternal = input.external !== null && input.external !== undefined
  return {
    id: world.nextId(),
    apiName: freeApiName(module, input.field_label),
    label: input.field_label,
    kind: input.data_type,
    length: input.length ?? (input.textarea?.type === 'large' ? 32_000 : (LENGTHS[input.data_type] ?? 120)),
    decimals: input.currency?.precision ?? input.decimal_place ?? 2,
    mandatory: false,
    readOnly: false,
    custom: true,
    unique: uniqueOf(input, isExternal),
    pickList: (input.pick_list_values ?? []).map((value) => ({
      id: world.nextId(),
      display: value.display_value,
      actual: value.actual_value ?? value.display_value,
    })),
    lookup: input.lookup?.module.api_name,
    subform: undefined,
    external: input.external ?? undefined,
    tooltip: input.tooltip ?? undefined,
    textarea: input.data_type === 'textarea' ? (input.textarea?.type ?? 'small') : undefined,
    createdMs: world.second(),
  }
}

function uniqueOf(input: FieldInput, isExternal: boolean): Field['unique'] {
  if (input.unique === null || input.unique === undefined) return isExternal ? 'caseInsensitive' : 'no'
  return input.unique.case_sensitive === true ? 'caseSensitive' : 'caseInsensitive'
}

/** Spaces become `_`, other signs fall out, a clash gets a digit (zoho-crm.md 5, 9 trap 25). */
export function freeApiName(module: Module, label: string): string {
  const base = label
    .trim()
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  const name = /^\d/.test(base) ? `field_${base}` : base
  for (let suffix = 0; ; suffix += 1) {
    const candidate = suffix === 0 ? name : `${name}${suffix}`
    if (fieldOf(module, candidate) === undefined) return candidate
  }
}
