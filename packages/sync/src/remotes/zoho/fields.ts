import { ok, type RemoteOutcome, type RowOutcome } from '../../model/outcome.ts'
import type { ZohoField } from '../../model/reference.ts'
import { isValueList, isValueObject, type Value, type ValueObject } from '../../model/value.ts'
import type { NewZohoField } from '../contract.ts'
import type { ZohoClient } from './client.ts'
import { unreadableAnswer } from './codec.ts'
import { chunksOf } from './coql.ts'
import { refuseProblem } from './problem.ts'
import { judgeRow } from './row-outcome.ts'
import { objectsOf, textOf } from './wire.ts'

/** Field metadata of a module, unused fields included: an admin may have taken ours off the layout (zoho-crm.md 5). */
export async function fetchModuleFields(
  client: ZohoClient,
  module: string,
): Promise<RemoteOutcome<readonly ZohoField[]>> {
  const path = `/settings/fields?module=${encodeURIComponent(module)}&type=all`
  const outcome = await client.read({ method: 'GET', path, effect: 'read', purpose: 'settings.fields' }, module)
  if (outcome.type !== 'ok') return outcome
  if (outcome.value === null) return ok([])
  if (!isValueList(outcome.value.fields)) return unreadableAnswer(`the fields of ${module}`)
  return ok(objectsOf(outcome.value.fields).map(decodeField))
}

function decodeField(wire: ValueObject): ZohoField {
  const operations = isValueObject(wire.operation_type) ? wire.operation_type : {}
  return {
    apiName: textOf(wire.api_name),
    label: textOf(wire.field_label),
    dataType: textOf(wire.data_type),
    length: integer(wire.length),
    decimalPlaces: integer(wire.decimal_place),
    isReadOnly: wire.read_only === true || wire.field_read_only === true || operations.api_update === false,
    isMandatory: wire.system_mandatory === true,
    isUnique: isSet(wire.unique),
    isCustom: wire.custom_field === true,
    picklist: objectsOf(wire.pick_list_values).map((value) => textOf(value.actual_value)),
  }
}

/** `{}` means "not set" (zoho-crm.md 5). */
function isSet(value: Value | undefined): boolean {
  return value === true || (isValueObject(value) && Object.keys(value).length > 0)
}

function integer(value: Value | undefined): number | null {
  const text = textOf(value)
  return /^\d+$/.test(text) ? Number(text) : null
}

/** Labels longer than this are refused (zoho-crm.md 11: 25 by one source, 50 by another). */
export const LONGEST_LABEL = 25
const FIELDS_PER_CALL = 5

/** Creates custom fields; their api_names are Zoho's choice and must be read back. */
export async function createModuleFields(
  client: ZohoClient,
  module: string,
  wanted: readonly NewZohoField[],
): Promise<RemoteOutcome<readonly RowOutcome[]>> {
  const rows: RowOutcome[] = []
  for (const chunk of chunksOf(wanted, FIELDS_PER_CALL)) {
    const outcome = await client.call({
      method: 'POST',
      path: `/settings/fields?module=${encodeURIComponent(module)}`,
      effect: 'write',
      purpose: 'settings.createFields',
      body: JSON.stringify({ fields: chunk.map(encodeField) }),
    })
    if (outcome.type === 'unknown') {
      // The metadata tells whether these were made; the others are still to be asked for.
      rows.push(...chunk.map(() => outcome))
      continue
    }
    if (outcome.type !== 'ok') return outcome
    const elements = objectsOf(outcome.value.body?.fields)
    const { problem } = outcome.value
    if (elements.length === 0 && problem !== null) return refuseProblem(problem, module)
    rows.push(...chunk.map((_, index) => judgeField(elements[index])))
  }
  return ok(rows)
}

function judgeField(element: ValueObject | undefined): RowOutcome {
  const message = "Zoho's answer has fewer fields than were sent"
  return element === undefined ? { type: 'unknown', code: 'rowMissingInAnswer', message } : judgeRow(element, 'create')
}

function encodeField(field: NewZohoField) {
  if (field.label.length > LONGEST_LABEL) throw new Error(`The label "${field.label}" is too long for Zoho`)
  return {
    field_label: field.label,
    data_type: field.dataType,
    ...(field.length === null ? {} : { length: field.length }),
    // Zoho's largest plain one: 32,000 characters.
    ...(field.dataType === 'textarea' ? { textarea: { type: 'large' } } : {}),
    ...(field.isUnique ? { unique: { case_sensitive: false } } : {}),
    ...(field.picklist.length === 0
      ? {}
      : { pick_list_values: field.picklist.map((value) => ({ display_value: value, actual_value: value })) }),
    ...(field.lookupModule === undefined
      ? {}
      : { lookup: { module: { api_name: field.lookupModule }, display_label: field.label } }),
    tooltip: { name: 'info_icon', value: 'Kept by the Xero sync' },
  }
}
