import type { PartRole } from '../../model/link.ts'
import { isValueObject, type Value } from '../../model/value.ts'
import { tidy } from '../clean-text.ts'
import { type FieldRule, mapped, type SideField, type SideView } from '../contract.ts'
import { fitting, zohoLength } from '../limits.ts'
import { asText, rowsAt, textAt, textsOf } from '../record-fields.ts'
import { fieldRule, zohoText } from '../rule.ts'
import { digitsOf, formatPhone, isSamePhone, NO_PHONE, type PhoneParts, parsePhone } from './phone.ts'

export interface PhoneSpec {
  readonly field: string
  readonly zoho: { readonly role: PartRole; readonly module: string; readonly key: string; readonly label: string }
  readonly xero: { readonly type: 'DEFAULT' | 'MOBILE' | 'FAX'; readonly label: string }
}

/** One text on Zoho <-> a slot of Xero's Phones (xero.md 4.1). Canonical: the text; the three parts. */
export function phoneRule(spec: PhoneSpec): FieldRule {
  return fieldRule({
    field: spec.field,
    label: { zoho: spec.zoho.label, xero: spec.xero.label },
    policy: 'newest',
    zoho: zohoPhone(spec),
    xero: xeroPhone(spec),
    corresponds: (zoho, xero) => isSamePhone(parsePhone(asText(zoho)), partsOf(xero)),
  })
}

/** Zoho's phone fields take 30 characters (zoho-crm.md 4). */
const ZOHO_PHONE_LENGTH = 30

function zohoPhone({ zoho: { role, module, key } }: PhoneSpec): SideField {
  const limit = { module, key, length: ZOHO_PHONE_LENGTH }
  return {
    ...zohoText({ role, ...limit, clean: tidy }),
    accept: (other, context) =>
      fitting(formatPhone(partsOf(other)), zohoLength(limit, context.reference), `The Zoho field ${key}`),
  }
}

const PART_KEYS = { country: 'PhoneCountryCode', area: 'PhoneAreaCode', number: 'PhoneNumber' } as const
const PART_LENGTHS = { country: 20, area: 10, number: 50 } as const

function xeroPhone({ xero: { type } }: PhoneSpec): SideField {
  return {
    role: 'main',
    read: (view) => (view.main === null ? null : partsValue(slotOf(view, type))),
    accept(other) {
      const parts = parsePhone(asText(other))
      for (const part of ['country', 'area', 'number'] as const) {
        const fits = fitting(parts[part], PART_LENGTHS[part], `Xero ${PART_KEYS[part]}`)
        if (fits.type === 'hold') return fits
      }
      return mapped(partsValue(parts))
    },
    write(value) {
      const { country, area, number } = partsOf(value)
      return { Phones: [{ PhoneType: type, PhoneCountryCode: country, PhoneAreaCode: area, PhoneNumber: number }] }
    },
  }
}

function slotOf(view: SideView, type: string): PhoneParts {
  const slot = rowsAt(view.main?.fields, 'Phones').find((row) => textAt(row, 'PhoneType') === type)
  if (slot === undefined) return NO_PHONE
  return {
    country: digitsOf(textAt(slot, 'PhoneCountryCode')).replace(/^0+/, ''),
    area: tidy(textAt(slot, 'PhoneAreaCode')),
    number: tidy(textAt(slot, 'PhoneNumber')),
  }
}

/** A country code alone is no number: '' is the one blank. */
function partsValue(parts: PhoneParts): Value {
  return parts.area === '' && parts.number === '' ? '' : { ...parts }
}

function partsOf(value: Value): PhoneParts {
  return isValueObject(value) ? textsOf(value, ['country', 'area', 'number']) : NO_PHONE
}
