import type { Field } from '../model/field.ts'
import { isNumeric } from '../model/field.ts'
import type { World } from '../world.ts'

/** What a form sends, as the API would: only fields that it holds, numbers as numbers, empty as null. */
export function valuesOfForm(
  world: World,
  target: { readonly module: string; readonly id: string },
  form: URLSearchParams,
): Record<string, unknown> {
  const module = world.module(target.module)
  const before = world.table(target.module).get(target.id)
  const values: Record<string, unknown> = {}
  for (const field of module?.fields ?? []) {
    const text = form.get(field.apiName)
    if (text === null || text === formText(before?.values[field.apiName])) continue
    values[field.apiName] = typedInput(field, text)
  }
  return values
}

function typedInput(field: Field, text: string): unknown {
  if (text === '') return null
  if (field.kind === 'boolean') return text === 'true'
  if (field.kind === 'discount' && text.endsWith('%')) return text
  if (isNumeric(field) || field.apiName === 'Exchange_Rate') return Number.isNaN(Number(text)) ? text : Number(text)
  if (field.kind === 'multiselectpicklist') return text.split(';')
  return text
}

export function formText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.join(';') : String(value)
}

/** Fields that the form can hold: scalars and lookups by id. */
export function isEditable(field: Field): boolean {
  return !field.readOnly && !['subform', 'linetax', 'producttax', 'ownerlookup', 'datetime'].includes(field.kind)
}
