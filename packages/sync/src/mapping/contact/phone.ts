import { tidy } from '../clean-text.ts'

/** A phone number as Xero keeps it (xero.md 4.1): three texts, any of them blank. */
export interface PhoneParts {
  readonly country: string
  readonly area: string
  readonly number: string
}

export const NO_PHONE: PhoneParts = { country: '', area: '', number: '' }

const ONE_DIGIT_CODES = ['1', '7']
const TWO_DIGIT_CODES = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
)
const EXTENSION = /^(.*?)[\s,;]*(?:ext(?:n|ension)?\.?|x)\s*(\d{1,6})$/i
/** `0011` is how Australians dial out, `00` how most others do. */
const DIAL_OUT = /^(?:\+|0011\s?(?=(?:1|44|61|64)\s)|00(?=[1-9]))\s*/

/** A number as somebody typed it, cut into Xero's parts. Nothing is guessed: without `+` there is no country. */
export function parsePhone(text: string): PhoneParts {
  const typed = tidy(text)
  if (typed === '') return NO_PHONE
  const [main, extension] = splitExtension(typed)
  const prefix = DIAL_OUT.exec(main)?.[0] ?? ''
  const country = prefix === '' ? '' : countryCode(digitsOf(main.slice(prefix.length)))
  const parts =
    country === ''
      ? splitLocal(main)
      : { country, ...splitNational(country, nationalPart(main.slice(prefix.length), country)) }
  return extension === '' ? parts : { ...parts, number: `${parts.number} ext ${extension}` }
}

/** The one text that Zoho keeps: `+61 2 5550 1234`, or the parts as they are where the country is not known. */
export function formatPhone({ country, area, number }: PhoneParts): string {
  if (country === '') return [area, number].filter((part) => part !== '').join(' ')
  const parts = area === '' ? ['', withoutTrunk(number, country)] : [withoutTrunk(area, country), number]
  return [`+${country}`, ...parts].filter((part) => part !== '').join(' ')
}

/** What makes two ways of writing a number the same: country where known, and the digits less the trunk zero. */
export interface PhoneKey {
  readonly country: string
  readonly national: string
}

export function phoneKey(parts: PhoneParts): PhoneKey {
  const local = `${parts.area} ${parts.number}`.trim()
  if (parts.country === '' && DIAL_OUT.test(local)) {
    const parsed = parsePhone(local)
    if (parsed.country !== '') return phoneKey(parsed)
  }
  const digits = digitsOf(local)
  if (digits === '') return { country: parts.country, national: local.toLowerCase() }
  return { country: parts.country, national: digits.startsWith('0') ? digits.slice(1) : digits }
}

export function isSamePhone(left: PhoneParts, right: PhoneParts): boolean {
  const [a, b] = [phoneKey(left), phoneKey(right)]
  if (a.national === b.national) return a.country === b.country || a.country === '' || b.country === ''
  // `61 2 5550 1234`, typed without its plus.
  if (a.country === '') return b.country !== '' && a.national === `${b.country}${b.national}`
  return b.country === '' && b.national === `${a.country}${a.national}`
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

function splitExtension(typed: string): readonly [string, string] {
  const found = EXTENSION.exec(typed)
  const [, main = '', extension = ''] = found ?? []
  return digitsOf(main).length >= 5 ? [main, extension] : [typed, '']
}

function countryCode(digits: string): string {
  if (digits === '') return ''
  if (ONE_DIGIT_CODES.includes(digits.slice(0, 1))) return digits.slice(0, 1)
  return TWO_DIGIT_CODES.has(digits.slice(0, 2)) ? digits.slice(0, 2) : digits.slice(0, 3)
}

/** What follows the country code, without the trunk zero that people leave in (`+61 (0)2 ...`). */
function nationalPart(text: string, country: string): string {
  let left = country.length
  let at = 0
  while (left > 0 && at < text.length) {
    if (/\d/.test(text.charAt(at))) left -= 1
    at += 1
  }
  const rest = text.slice(at).replace(/^[\s()./-]*\(0\)/, '')
  return withoutTrunk(separated(rest), country)
}

/** Italy alone keeps its zero after the country code. */
function withoutTrunk(text: string, country: string): string {
  return country === '39' ? text : text.replace(/^0+(?=\d)/, '')
}

function separated(text: string): string {
  return text
    .replace(/[()./]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s-]+|[\s-]+$/g, '')
}

const BRACKETED_AREA = /^\((\d{1,6})\)\s*(.+)$/
const LEADING_AREA = /^(0\d{1,4})[\s-]+(.+)$/
/** Mobile numbers have no area: Australia 04, United Kingdom 07 with five digits. */
const MOBILE_START = /^(?:04\d\d|07\d{3})$/

function splitLocal(text: string): PhoneParts {
  const [, bracketed, afterBracket] = BRACKETED_AREA.exec(text) ?? []
  if (bracketed !== undefined && afterBracket !== undefined)
    return { country: '', area: bracketed, number: separated(afterBracket) }
  const [, area, number] = LEADING_AREA.exec(text) ?? []
  if (area !== undefined && number !== undefined && !MOBILE_START.test(area))
    return { country: '', area, number: separated(number) }
  return { country: '', area: '', number: separated(text) }
}

function splitNational(country: string, national: string): { readonly area: string; readonly number: string } {
  const digits = digitsOf(national)
  switch (country) {
    case '61':
      if (/^[2378]\d{8}$/.test(digits))
        return { area: `0${digits.slice(0, 1)}`, number: `${digits.slice(1, 5)} ${digits.slice(5)}` }
      return { area: '', number: digits.startsWith('4') ? `0${national}` : national }
    case '64':
      if (/^[34679]\d{7}$/.test(digits))
        return { area: `0${digits.slice(0, 1)}`, number: `${digits.slice(1, 4)} ${digits.slice(4)}` }
      return splitTyped(national, '0')
    case '44':
      return digits.startsWith('7') ? { area: '', number: `0${national}` } : splitTyped(national, '0')
    default:
      return splitTyped(national, '')
  }
}

/** The first group that was typed is the area, where there is more than one. */
function splitTyped(national: string, trunk: string): { readonly area: string; readonly number: string } {
  const [, area, number] = /^(\d{1,5})[\s-]+(.+)$/.exec(national) ?? []
  if (area === undefined || number === undefined) return { area: '', number: national }
  return { area: `${trunk}${area}`, number }
}
