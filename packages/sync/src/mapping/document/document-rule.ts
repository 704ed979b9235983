import type { Kind } from '../../model/kind.ts'
import type { FieldMapping } from '../../model/mapping-document.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { otherSide, type Side } from '../../model/side.ts'
import { isBlank, sameValue } from '../../model/value.ts'
import { type FieldRule, type LinkContext, mapped, type SideField } from '../contract.ts'
import { fieldRule, partOf } from '../rule.ts'
import { computedValue, inputsOf, type RecordText } from './computed-value.ts'
import { type Conversion, conversionTo } from './convert.ts'
import { lookupSides } from './lookup.ts'
import { textOfRaw } from './value-form.ts'
import { type XeroField, xeroField } from './xero-fields.ts'
import { xeroSide, xeroText } from './xero-side.ts'
import { type ZohoPath, zohoForm, zohoLabel, zohoPath } from './zoho-fields.ts'
import { zohoSide } from './zoho-side.ts'

/** One mapping of the document beside the rule that it became. */
export interface DocumentRule {
  readonly mapping: FieldMapping
  readonly rule: FieldRule
}

/** One mapping of the document as a rule; null for a Xero field that is not in the table (refused when it was saved). */
export function documentRule(
  mapping: FieldMapping,
  at: { readonly kind: Kind; readonly settings: ConnectionSettings },
): FieldRule | null {
  const field = xeroField(at.kind, mapping.xero)
  if (field === undefined) return null
  const path = zohoPath(at.kind, mapping.zoho, at.settings)
  return fieldRule({
    field: mapping.field,
    label: { zoho: zohoLabel(path), xero: field.label },
    direction: mapping.direction ?? 'both',
    policy: mapping.policy ?? 'newest',
    blankErases: mapping.blankErases ?? false,
    ...sidesOf(mapping, { ...at, path, field }),
  })
}

interface Place {
  readonly kind: Kind
  readonly settings: ConnectionSettings
  readonly path: ZohoPath
  readonly field: XeroField
}

type Sides = Pick<FieldRule, 'zoho' | 'xero'> & Partial<Pick<FieldRule, 'corresponds'>>

function sidesOf(mapping: FieldMapping, { kind, settings, path, field }: Place): Sides {
  const plain = { zoho: zohoSide(path), xero: xeroSide(field) }
  if (mapping.lookup !== undefined) return lookupSides(plain, { kind: mapping.lookup, settings })
  const toXero = conversionTo('xero', mapping)
  const toZoho = conversionTo('zoho', mapping)
  const zohoTextOf: RecordText = (record, key, { reference }) =>
    textOfRaw(zohoForm({ ...path, key }, reference), record.fields[key])
  const xeroTextOf: RecordText = (record, name) => {
    const other = xeroField(kind, name)
    return other === undefined ? '' : xeroText(other, record.fields)
  }
  const sides = {
    zoho: source(target(plain.zoho, toZoho), toXero, zohoTextOf),
    xero: source(target(plain.xero, toXero), toZoho, xeroTextOf),
  }
  const computedFor: Side | null =
    mapping.direction === 'zohoToXero' && toXero.isComputed
      ? 'xero'
      : mapping.direction === 'xeroToZoho' && toZoho.isComputed
        ? 'zoho'
        : null
  return computedFor === null ? sides : { ...sides, corresponds: computedAgrees(sides, computedFor, mapping) }
}

/** The other side's value converted, then as this side's field takes it. */
function target(side: SideField, conversion: Conversion): SideField {
  return {
    ...side,
    accept(other, context) {
      // A part that is not there (a company without people) says nothing, not even a default.
      if (other === null) return mapped('')
      const converted = conversion.run(inputsOf(other))
      return converted.type === 'hold' ? converted : side.accept(converted.value, context)
    },
  }
}

function source(side: SideField, conversion: Conversion, textOf: RecordText): SideField {
  if (!conversion.isComputed) return side
  return {
    ...side,
    read(view, context) {
      const record = partOf(view, side.role)
      if (record === null) return null
      const others = conversion.reads.map((name) => [name, textOf(record, name, context)] as const)
      return computedValue({ ...inputsOf(side.read(view, context)), record: Object.fromEntries(others) })
    },
  }
}

/** A condition that is not met, or an expression that makes nothing, says nothing: it erases only where the field may. */
function computedAgrees(
  sides: Sides,
  to: Side,
  { blankErases = false }: FieldMapping,
): NonNullable<FieldRule['corresponds']> {
  return (zoho, xero, context: LinkContext) => {
    const values = { zoho, xero }
    const made = sides[to].accept(values[otherSide(to)], context)
    if (made.type === 'hold') return false
    return isBlank(made.value) ? !blankErases || isBlank(values[to]) : sameValue(made.value, values[to])
  }
}
