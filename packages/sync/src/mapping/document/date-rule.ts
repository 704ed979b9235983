import { type FieldRule, mapped, type SideField } from '../contract.ts'
import { plainDate } from '../plain-date.ts'
import { asText, textAt } from '../record-fields.ts'
import { blankToNull, fieldRule } from '../rule.ts'

export interface DateSpec {
  readonly field: string
  readonly zoho: string
  readonly xero: string
  readonly label: FieldRule['label']
}

/** Calendar dates without a zone on both sides (xero.md 2.5, zoho-crm.md 3.14). */
export function dateRule(spec: DateSpec): FieldRule {
  const side = (key: string): SideField => ({
    role: 'main',
    read: (view) => (view.main === null ? null : plainDate(textAt(view.main.fields, key))),
    accept: (other) => mapped(plainDate(asText(other))),
    write: (value) => ({ [key]: blankToNull(value) }),
  })
  return fieldRule({
    field: spec.field,
    label: spec.label,
    policy: 'xero',
    zoho: side(spec.zoho),
    xero: side(spec.xero),
  })
}
