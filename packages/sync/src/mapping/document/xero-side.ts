import type { ReferenceData } from '../../model/reference.ts'
import type { Value, ValueObject } from '../../model/value.ts'
import { decodeEntities } from '../clean-text.ts'
import { type Mapped, mapped, type SideField, type SideView } from '../contract.ts'
import { bigOf, plainText, roundTo, wireDecimal } from '../decimal.ts'
import { fitting } from '../limits.ts'
import { asText, objectAt } from '../record-fields.ts'
import { inForm, textOfRaw } from './value-form.ts'
import type { XeroField } from './xero-fields.ts'

/** A field of Xero's closed table. What only shows is never written. */
export function xeroSide(field: XeroField): SideField {
  return {
    role: 'main',
    read: (view) => (view.main === null ? null : xeroText(field, view.main.fields)),
    accept: (other, { reference }) =>
      field.access === 'readOnly' ? mapped(other) : acceptXero(field, asText(other), reference),
    write(value, view, { reference }) {
      if (field.onLine !== undefined) return field.onLine(asText(value), reference)
      return field.access === 'readOnly' ? {} : wireOf(field, asText(value), view)
    },
  }
}

/** What the field of a record says, in its form. */
export function xeroText(field: XeroField, fields: ValueObject): string {
  const [key, inner] = field.path.split('.')
  const raw = inner === undefined ? fields[key ?? ''] : objectAt(fields, key ?? '')?.[inner]
  return textOfRaw(field.form, typeof raw === 'string' ? decodeEntities(raw) : raw)
}

function acceptXero(field: XeroField, text: string, reference: ReferenceData): Mapped<Value> {
  const where = `Xero ${field.path}`
  const formed = inForm(field.form, text, where)
  if (formed.type === 'hold' || formed.value === '') return formed
  if (field.form === 'number') return mapped(plainText(roundTo(bigOf(formed.value), field.length)))
  const fits = fitting(formed.value, field.length, where)
  return fits.type === 'hold' ? fits : field.judge(fits.value, reference)
}

function wireOf(field: XeroField, text: string, view: SideView): ValueObject {
  const [key = '', inner] = field.path.split('.')
  const wire = field.form === 'number' ? wireDecimal(text) : field.form === 'flag' ? text === 'true' : text
  if (inner === undefined) return { [key]: wire }
  return { [key]: { ...(inner === 'AccountCode' ? {} : accountsOf(view, key)), [inner]: wire } }
}

/** Details are sent in parts: the accounts that a bookkeeper chose go with each, should Xero take it as a whole. */
function accountsOf(view: SideView, key: string): ValueObject {
  const details = objectAt(view.main?.fields, key)
  const accounts = ['AccountCode', 'COGSAccountCode'].map((name) => [name, asText(details?.[name])] as const)
  return Object.fromEntries(accounts.filter(([, code]) => code !== ''))
}
