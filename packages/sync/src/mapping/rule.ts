import type { Kind } from '../model/kind.ts'
import type { PartRole } from '../model/link.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { ConnectionSettings, FieldPolicy } from '../model/settings.ts'
import type { Value } from '../model/value.ts'
import { decodeEntities, tidy, trimmed } from './clean-text.ts'
import { type FieldRule, type Mapped, mapped, type SideField, type SideView } from './contract.ts'
import { fitting, type ZohoLimit, zohoLength } from './limits.ts'
import { asText, textAt } from './record-fields.ts'

export function partOf(view: SideView, role: PartRole): RemoteRecord | null {
  switch (role) {
    case 'primary':
      return view.primary
    case 'main':
    case 'person':
    case 'deal':
    case 'member':
    case 'task':
      return view.main
  }
}

/** A rule with the usual: both ways, blank never erases, no cross-reference. */
export function fieldRule(
  spec: Pick<FieldRule, 'field' | 'label' | 'zoho' | 'xero'> & Partial<FieldRule> & { readonly policy: FieldPolicy },
): FieldRule {
  return { direction: 'both', blankErases: false, isCrossReference: false, ...spec }
}

export interface ZohoText extends ZohoLimit {
  readonly role: PartRole
  /** Canonical form of what stands in the field. */
  readonly clean?: (text: string) => string
}

export function zohoText(spec: ZohoText): SideField {
  const clean = spec.clean ?? trimmed
  return {
    role: spec.role,
    read(view) {
      const record = partOf(view, spec.role)
      return record === null ? null : clean(textAt(record.fields, spec.key))
    },
    accept: (other, context) =>
      fitting(clean(asText(other)), zohoLength(spec, context.reference), `The Zoho field ${spec.key}`),
    write: (value) => ({ [spec.key]: blankToNull(value) }),
  }
}

export interface XeroText {
  readonly key: string
  readonly length: number
  readonly clean?: (text: string) => string
  /** What Xero refuses besides length. */
  readonly judge?: (text: string) => Mapped<string>
}

export function xeroText(spec: XeroText): SideField {
  const clean = spec.clean ?? tidy
  return {
    role: 'main',
    read: (view) => (view.main === null ? null : clean(decodeEntities(textAt(view.main.fields, spec.key)))),
    accept(other) {
      const fits = fitting(clean(asText(other)), spec.length, `Xero ${spec.key}`)
      return fits.type === 'hold' || spec.judge === undefined ? fits : spec.judge(fits.value)
    },
    write: (value) => ({ [spec.key]: asText(value) }),
  }
}

/** A side that only shows: never written by us. */
export function readOnlySide(read: SideField['read']): SideField {
  return { role: 'main', read, accept: (other) => mapped(other), write: () => ({}) }
}

export function blankToNull(value: Value): Value {
  return value === '' ? null : value
}

/** The settings' overrides by `kind.field` (R71a). A one-way field stays one-way: its other side cannot be written. */
export function withOverrides(
  kind: Kind,
  rules: readonly FieldRule[],
  settings: ConnectionSettings,
): readonly FieldRule[] {
  return rules.flatMap((rule) => {
    const override = settings.fieldPolicies[`${kind}.${rule.field}`]
    if (override === undefined) return [rule]
    if (override.direction === 'off') return []
    const direction = rule.direction === 'both' ? (override.direction ?? 'both') : rule.direction
    const { winner, ...others } = rule
    // A policy that a person has chosen goes before what the values say.
    const decided = winner === undefined || override.policy !== undefined ? {} : { winner }
    return [
      {
        ...others,
        ...decided,
        direction,
        policy: override.policy ?? rule.policy,
        blankErases: override.blankErases ?? rule.blankErases,
      },
    ]
  })
}
