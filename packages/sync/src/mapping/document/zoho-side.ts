import type { ReferenceData, ZohoField } from '../../model/reference.ts'
import { isBlank, type Value } from '../../model/value.ts'
import { holdFor, type Mapped, mapped, type SideField } from '../contract.ts'
import { bigOf, plainText, roundTo, wireDecimal } from '../decimal.ts'
import { fitting, zohoField } from '../limits.ts'
import { asText } from '../record-fields.ts'
import { partOf } from '../rule.ts'
import { CHOICE_SEPARATOR, inForm, textOfRaw, type ValueForm } from './value-form.ts'
import { type ZohoPath, zohoForm } from './zoho-fields.ts'

/** Decimals that Zoho keeps where its metadata says nothing. */
const PLACES = 2
const LENGTH = 255

/** A Zoho field by its metadata: custom ones and standard ones alike. */
export function zohoSide(path: ZohoPath): SideField {
  return {
    role: path.role,
    read(view, { reference }) {
      const record = partOf(view, path.role)
      return record === null ? null : textOfRaw(zohoForm(path, reference), record.fields[path.key])
    },
    accept: (other, { reference }) => acceptZoho(path, asText(other), reference),
    write: (value, _view, { reference }) => ({ [path.key]: wireOf(path, asText(value), reference) }),
  }
}

function acceptZoho(path: ZohoPath, text: string, reference: ReferenceData): Mapped<Value> {
  const where = `The Zoho field ${path.key}`
  const field = zohoField(reference, path.module, path.key)
  if (field === undefined && reference.zoho.fields[path.module] !== undefined)
    return holdFor('mappingInvalid', `Zoho ${path.module} has no field ${path.key} any more`)
  const form = zohoForm(path, reference)
  const formed = inForm(form, text, where)
  if (formed.type === 'hold') return formed
  if (isBlank(formed.value)) {
    return field?.isMandatory === true ? holdFor('requiredValueMissing', `${where} must not be empty`) : mapped('')
  }
  switch (form) {
    case 'choice':
      return oneOf([formed.value], field, { where, whole: formed.value })
    case 'choices':
      return oneOf(formed.value.split(CHOICE_SEPARATOR), field, { where, whole: formed.value })
    case 'number':
      return mapped(plainText(roundTo(bigOf(formed.value), field?.decimalPlaces ?? PLACES)))
    case 'text':
    case 'lines':
      return fitting(formed.value, field?.length ?? LENGTH, where)
    case 'whole':
    case 'flag':
    case 'date':
    case 'owner':
    case 'record':
      return formed
  }
}

function oneOf(
  choices: readonly string[],
  field: ZohoField | undefined,
  at: { readonly where: string; readonly whole: string },
): Mapped<Value> {
  const known = field?.picklist ?? []
  const unknown = known.length === 0 ? undefined : choices.find((choice) => !known.includes(choice))
  return unknown === undefined ? mapped(at.whole) : holdFor('valueNotAllowed', `${at.where} has no choice "${unknown}"`)
}

/** What Zoho's JSON wants; null clears (zoho-crm.md 3.4). */
function wireOf(path: ZohoPath, text: string, reference: ReferenceData): Value {
  const form: ValueForm = zohoForm(path, reference)
  if (text === '') return form === 'choices' ? [] : form === 'flag' ? false : null
  switch (form) {
    case 'number':
      return wireDecimal(text)
    case 'whole':
      // Long integers are texts too (zoho-crm.md 4, Account_Number).
      return zohoField(reference, path.module, path.key)?.dataType === 'bigint' ? text : wireDecimal(text)
    case 'flag':
      return text === 'true'
    case 'choices':
      return text.split(CHOICE_SEPARATOR)
    case 'record':
      return { id: text }
    case 'text':
    case 'lines':
    case 'date':
    case 'choice':
    case 'owner':
      return text
  }
}
