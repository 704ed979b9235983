import { withStageMeaning } from './deal-stages.ts'
import type { Field } from './field.ts'
import type { FieldSpec } from './field-spec.ts'
import { fieldFromSpec, plain } from './field-spec.ts'
import { type ModuleSpec, STANDARD_SPECS } from './module-specs.ts'

/** A module of the org with its fields (zoho-crm.md 4, 5). Replaced as a whole when a field is added. */
export interface Module {
  readonly id: string
  readonly layoutId: string
  readonly apiName: string
  readonly singular: string
  readonly plural: string
  readonly generatedType: 'default' | 'custom' | 'subform'
  /** The field whose text names a record in lookups. */
  readonly displayField: string
  /** What upsert checks when the caller lists nothing (zoho-crm.md 3.5). */
  readonly duplicateField: string
  /** The line-item field of an inventory module. */
  readonly lineField: string | undefined
  readonly autoNumber: string | undefined
  readonly parent: string | undefined
  readonly fields: readonly Field[]
}

const SYSTEM_FIELDS: readonly FieldSpec[] = [
  plain('id', 'bigint', { readOnly: true, label: 'Record Id' }),
  plain('Owner', 'ownerlookup'),
  plain('Created_By', 'ownerlookup', { readOnly: true }),
  plain('Modified_By', 'ownerlookup', { readOnly: true }),
  plain('Created_Time', 'datetime', { readOnly: true }),
  plain('Modified_Time', 'datetime', { readOnly: true }),
  plain('Record_Status__s', 'picklist', { readOnly: true }),
  plain('Locked__s', 'boolean', { readOnly: true }),
]

export function standardModules(nextId: () => string): Module[] {
  return STANDARD_SPECS.map((spec) => {
    const module = moduleFromSpec(spec, spec.parent === undefined ? 'default' : 'subform', nextId)
    return module.apiName === 'Deals' ? { ...module, fields: withStageMeaning(module.fields) } : module
  })
}

export function moduleFromSpec(spec: ModuleSpec, generatedType: Module['generatedType'], nextId: () => string): Module {
  const system = generatedType === 'subform' ? SYSTEM_FIELDS.slice(0, 1) : SYSTEM_FIELDS
  return {
    id: nextId(),
    layoutId: nextId(),
    apiName: spec.apiName,
    singular: spec.singular,
    plural: spec.plural ?? `${spec.singular}s`,
    generatedType,
    displayField: spec.displayField,
    duplicateField: spec.duplicateField ?? spec.displayField,
    lineField: spec.lineField,
    autoNumber: spec.autoNumber,
    parent: spec.parent,
    fields: [...system, ...spec.fields].map((field) => fieldFromSpec(field, nextId)),
  }
}

export function fieldOf(module: Module, apiName: string): Field | undefined {
  return module.fields.find((field) => field.apiName === apiName)
}

/** Whether the module has records of its own; the rows of a subform live within their parent. */
export function holdsRecords(module: Module): boolean {
  return module.generatedType !== 'subform'
}
