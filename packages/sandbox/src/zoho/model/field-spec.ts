import type { Field, FieldKind } from './field.ts'

/** What a module definition says about a field; ids and defaults are added when an org is set up. */
export interface FieldSpec {
  readonly apiName: string
  readonly kind: FieldKind
  readonly label?: string
  readonly length?: number
  readonly decimals?: number
  readonly mandatory?: true
  readonly readOnly?: true
  readonly pickList?: readonly string[]
  readonly lookup?: string
  readonly subform?: string
}

type More = Omit<FieldSpec, 'apiName' | 'kind' | 'length'>

/** Lengths beyond the few confirmed ones are unverified: clients read `length` at run time (zoho-crm.md 4). */
export const text = (apiName: string, length = 255, more: More = {}): FieldSpec => ({
  apiName,
  kind: 'text',
  length,
  ...more,
})
export const plain = (apiName: string, kind: FieldKind, more: More = {}): FieldSpec => ({ apiName, kind, ...more })
export const lookup = (apiName: string, target: string, more: More = {}): FieldSpec => ({
  apiName,
  kind: 'lookup',
  lookup: target,
  ...more,
})
export const pick = (apiName: string, ...pickList: string[]): FieldSpec => ({ apiName, kind: 'picklist', pickList })

const DEFAULT_LENGTHS: Partial<Record<FieldKind, number>> = {
  text: 255,
  textarea: 32_000,
  email: 100,
  phone: 30,
  website: 450,
  integer: 9,
  bigint: 18,
  double: 16,
  percent: 5,
  currency: 16,
  discount: 16,
  date: 20,
  datetime: 20,
  picklist: 120,
  multiselectpicklist: 2000,
  boolean: 5,
  currencycode: 120,
}

export function fieldFromSpec(spec: FieldSpec, nextId: () => string): Field {
  return {
    id: nextId(),
    apiName: spec.apiName,
    label: spec.label ?? spec.apiName.replace(/__s$/, '').replaceAll('_', ' '),
    kind: spec.kind,
    length: spec.length ?? DEFAULT_LENGTHS[spec.kind] ?? 120,
    decimals: spec.decimals ?? 2,
    mandatory: spec.mandatory ?? false,
    readOnly: spec.readOnly ?? false,
    custom: false,
    unique: 'no',
    pickList: (spec.pickList ?? []).map((value) => ({ id: nextId(), display: value, actual: value })),
    lookup: spec.lookup,
    subform: spec.subform,
    external: undefined,
    tooltip: undefined,
    textarea: spec.kind === 'textarea' ? 'large' : undefined,
    createdMs: undefined,
  }
}
