/**
 * Company and tax numbers as keys that both sides say alike, whatever the spaces, dots or country letters (R18b). Only
 * numbers whose check digits hold: a mistyped one must not link two companies.
 */
export function businessNumbers(text: string): readonly string[] {
  if (text === '') return []
  const { isBritish, digits } = readNumber(text)
  // Nothing but zeros passes most checks.
  if (/^0*$/.test(digits)) return []
  const schemes = isBritish ? [BRITISH_VAT] : SCHEMES
  return schemes.flatMap(({ name, read }) => {
    const number = read(digits)
    return number === null ? [] : [`${name}:${number}`]
  })
}

/** Do both name a number of one scheme, and not the same? */
export function haveOtherNumbers(left: readonly string[], right: readonly string[]): boolean {
  if (left.some((key) => right.includes(key))) return false
  const schemeOf = (key: string) => key.split(':')[0] ?? ''
  return left.some((key) => right.some((other) => schemeOf(other) === schemeOf(key)))
}

/** The ways in which people write a number of `businessNumbers`, for a remote that compares letter by letter. */
export function writtenForms(key: string): readonly string[] {
  const [scheme = '', number = ''] = key.split(':')
  const grouped = (sizes: readonly number[], separator: string) => {
    let at = 0
    return sizes
      .map((size) => {
        at += size
        return number.slice(at - size, at)
      })
      .join(separator)
  }
  switch (scheme) {
    case 'abn':
      return [number, grouped([2, 3, 3, 3], ' ')]
    case 'acn':
      return [number, grouped([3, 3, 3], ' ')]
    case 'nzbn':
      return [number, grouped([4, 4, 4, 1], ' ')]
    case 'ird': {
      const [first = '', ...rest] = grouped([3, 3, 3], '-').split('-')
      const forms = [
        [first, ...rest],
        [first.replace(/^0/, ''), ...rest],
      ]
      return [...new Set(forms.flatMap((parts) => [parts.join(''), parts.join('-'), parts.join(' ')]))]
    }
    default:
      return [number, `GB${number}`, `GB ${grouped([3, 4, 2], ' ')}`, `GB ${number}`, grouped([3, 4, 2], ' ')]
  }
}

interface Scheme {
  readonly name: string
  /** The number as its scheme writes it, without spaces; null where the check digits do not hold. */
  read(digits: string): string | null
}

const LABELS = /^(?:ABN|ACN|ARBN|NZBN|GSTNUMBER|GSTNO|GST|IRDNUMBER|IRDNO|IRD|VATREGNO|VATNUMBER|VATNO|VAT|NO)+:?#?/

function readNumber(text: string): { readonly isBritish: boolean; readonly digits: string } {
  const bare = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\-/]/g, '')
    .replace(LABELS, '')
  const [, country = '', digits = ''] = /^(GB|XI)?(\d{8,13})$/.exec(bare) ?? []
  return { isBritish: country !== '', digits }
}

/** Weights over the first digits, summed. */
function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits.charAt(index)), 0)
}

const ABN_WEIGHTS = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19] as const

/** Australian Business Number: one off the first digit, weighted sum a multiple of 89. */
const ABN: Scheme = {
  name: 'abn',
  read: (digits) => (/^\d{11}$/.test(digits) && (weighted(digits, ABN_WEIGHTS) - 10) % 89 === 0 ? digits : null),
}

/** Australian Company Number, alone or as the last nine digits of a company's ABN. */
const ACN: Scheme = {
  name: 'acn',
  read(digits) {
    const acn = ABN.read(digits) === null ? digits : digits.slice(2)
    if (!/^\d{9}$/.test(acn)) return null
    const check = (10 - (weighted(acn, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10
    return check === Number(acn.charAt(8)) ? acn : null
  },
}

/** New Zealand Business Number: a GS1 location number of the register's own block, check digit as on a bar code. */
const NZBN: Scheme = {
  name: 'nzbn',
  read(digits) {
    if (!/^9429\d{9}$/.test(digits)) return null
    const check = (10 - (weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10
    return check === Number(digits.charAt(12)) ? digits : null
  },
}

const IRD_FIRST = 10_000_000
const IRD_LAST = 200_000_000

/** New Zealand IRD number, which is the GST number too: eight or nine digits, modulo 11 with a second set of weights. */
const IRD: Scheme = {
  name: 'ird',
  read(digits) {
    if (!/^\d{8,9}$/.test(digits) || Number(digits) < IRD_FIRST || Number(digits) >= IRD_LAST) return null
    const padded = digits.padStart(9, '0')
    const first = elevenCheck(padded, [3, 2, 7, 6, 5, 4, 3, 2])
    const check = first === 10 ? elevenCheck(padded, [7, 4, 3, 2, 5, 2, 7, 6]) : first
    return check === Number(padded.charAt(8)) ? padded : null
  },
}

function elevenCheck(digits: string, weights: readonly number[]): number {
  const rest = weighted(digits, weights) % 11
  return rest === 0 ? 0 : 11 - rest
}

/** United Kingdom VAT: nine digits, or twelve with a branch; modulo 97, or with 55 added since 2010 ("9755"). */
const BRITISH_VAT: Scheme = {
  name: 'vat',
  read(digits) {
    if (!/^\d{9}(?:\d{3})?$/.test(digits)) return null
    const sum = weighted(digits, [8, 7, 6, 5, 4, 3, 2, 10, 1])
    return sum % 97 === 0 || (sum + 55) % 97 === 0 ? digits.slice(0, 9) : null
  },
}

/** The strongest first: the longest number has the fewest look-alikes. */
const SCHEMES: readonly Scheme[] = [NZBN, ABN, ACN, IRD, BRITISH_VAT]
