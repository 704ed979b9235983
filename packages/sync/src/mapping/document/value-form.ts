import { isValueList, isValueObject, type Value } from '../../model/value.ts'
import { tidy, tidyLines } from '../clean-text.ts'
import { holdFor, type Mapped, mapped } from '../contract.ts'
import { normaliseDecimal } from '../decimal.ts'
import { plainDate } from '../plain-date.ts'
import { asText, textAt } from '../record-fields.ts'

/**
 * What a mapped field holds. Between the two sides every value is a text: `true`, `12.5`, `2026-11-22`, several choices
 * with `;` between them, the e-mail of an owner, the id of a linked record.
 */
export type ValueForm =
  | 'text'
  | 'lines'
  | 'number'
  | 'whole'
  | 'flag'
  | 'date'
  | 'choice'
  | 'choices'
  | 'owner'
  | 'record'

export const CHOICE_SEPARATOR = ';'
/** Zoho's own words for "nothing chosen". */
const NO_CHOICE = '-None-'

/** What a remote's field says, in that form; '' for blank and for what has another shape. */
export function textOfRaw(form: ValueForm, raw: Value | undefined): string {
  switch (form) {
    case 'flag':
      return typeof raw === 'boolean' || typeof raw === 'string' ? `${raw === true || raw === 'true'}` : ''
    case 'choices':
      return choicesOf(raw).join(CHOICE_SEPARATOR)
    case 'owner':
      return isValueObject(raw) ? textAt(raw, 'email') : ''
    case 'record':
      return isValueObject(raw) ? textAt(raw, 'id') : ''
    case 'choice':
      return asText(raw) === NO_CHOICE ? '' : tidy(asText(raw))
    case 'text':
    case 'lines':
    case 'number':
    case 'whole':
    case 'date':
      return cleanText(form, asText(raw))
  }
}

function choicesOf(raw: Value | undefined): readonly string[] {
  return isValueList(raw) ? raw.flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : [])).sort() : []
}

function cleanText(form: ValueForm, text: string): string {
  switch (form) {
    case 'lines':
      return tidyLines(text)
    case 'number':
    case 'whole':
      return isPlainDecimal(text.trim()) ? normaliseDecimal(text) : ''
    case 'date':
      return plainDate(text)
    case 'choices':
      return text.split(CHOICE_SEPARATOR).map(tidy).filter(Boolean).sort().join(CHOICE_SEPARATOR)
    case 'text':
    case 'flag':
    case 'choice':
    case 'owner':
    case 'record':
      return tidy(text)
  }
}

/** A text that came from the other side or from a transform, in this form; held where it says something else. */
export function inForm(form: ValueForm, text: string, where: string): Mapped<string> {
  const clean = cleanText(form, text)
  if (text.trim() === '') return mapped('')
  const isRight =
    form === 'whole' ? /^-?\d+$/.test(clean) : form === 'flag' ? /^(?:true|false)$/.test(clean) : clean !== ''
  return isRight
    ? mapped(clean)
    : holdFor('valueNotAllowed', `${where} takes ${FORM_WORDS[form]}, not "${text.slice(0, 60)}"`)
}

export const FORM_WORDS: Readonly<Record<ValueForm, string>> = {
  text: 'a text',
  lines: 'a text of several lines',
  number: 'a number such as 12.50',
  whole: 'a whole number',
  flag: 'true or false',
  date: 'a date such as 2026-11-22',
  choice: 'one of its choices',
  choices: 'some of its choices',
  owner: 'a person',
  record: 'a linked record',
}

/** No exponents: a short text must not stand for a number of a million digits. */
export function isPlainDecimal(text: string): boolean {
  return /^-?\d{1,40}(?:\.\d{1,40})?$/.test(text)
}

/** Do values of one form mean something as they are in the other? Otherwise a transform or a value table must say it. */
export function isUnderstood(source: ValueForm, target: ValueForm): boolean {
  switch (target) {
    case 'text':
    case 'lines':
      return true
    case 'choice':
      return ['text', 'choice', 'owner'].includes(source)
    case 'choices':
      return ['text', 'choice', 'choices'].includes(source)
    case 'number':
      return ['number', 'whole'].includes(source)
    case 'whole':
      return source === 'whole'
    case 'flag':
    case 'date':
      return source === target
    case 'owner':
    case 'record':
      return false
  }
}
