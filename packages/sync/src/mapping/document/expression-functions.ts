import { Environment, EvaluationError } from '@marcbachmann/cel-js'
import { Big } from 'big.js'
import { plainText, roundTo, ZERO } from '../decimal.ts'
import { isPlainDecimal } from './value-form.ts'

/** Nodes of an expression, and so the steps of a run: nothing in it runs twice (see `expression-language.ts`). */
export const MOST_STEPS = 200
const LIMITS = { maxAstNodes: MOST_STEPS, maxDepth: 24, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 3 }

/** The longest text that goes into an expression or comes out of one; Xero's longest field takes as much. */
export const LONGEST_TEXT = 4_000
/** Digits of an amount: the cost of a multiplication grows with their square. */
const LONGEST_DECIMAL = 40
/** Of a text that is looked for, or put in its place: the cost grows with it. */
const LONGEST_SEARCH = 100
const MOST_PLACES = 10

/** Functions of ours that an expression may call; amounts are texts and go through decimals, never through floats. */
export const OWN_FUNCTIONS: ReadonlySet<string> = new Set([
  ...['plus', 'minus', 'times', 'rounded', 'compare'],
  ...['part', 'firstChars', 'replaced'],
])

/** `value`: what the source field says. `record`: other fields of the same record, by name. All are texts. */
export const ENVIRONMENT = new Environment({ limits: LIMITS })
  .registerVariable('value', 'string')
  .registerVariable('record', 'map<string, string>')
  .registerFunction('plus(string, string): string', {
    handler: (left: string, right: string) => plainText(decimalOf(left).plus(decimalOf(right))),
    async: false,
  })
  .registerFunction('minus(string, string): string', {
    handler: (left: string, right: string) => plainText(decimalOf(left).minus(decimalOf(right))),
    async: false,
  })
  .registerFunction('times(string, string): string', {
    handler: (left: string, right: string) => plainText(decimalOf(left).times(decimalOf(right))),
    async: false,
  })
  .registerFunction('rounded(string, int): string', {
    handler: (amount: string, places: bigint) => plainText(roundTo(decimalOf(amount), placesOf(places))),
    async: false,
  })
  .registerFunction('compare(string, string): int', {
    handler: (left: string, right: string) => BigInt(decimalOf(left).cmp(decimalOf(right))),
    async: false,
  })
  .registerFunction('part(string, string, int): string', { handler: part, async: false })
  .registerFunction('firstChars(string, int): string', {
    handler: (text: string, count: bigint) => text.slice(0, Math.max(0, Number(count))),
    async: false,
  })
  .registerFunction('replaced(string, string, string): string', { handler: replaced, async: false })

/** A blank amount is zero. No exponents: a short text must not stand for a long number. */
function decimalOf(text: string): Big {
  const trimmed = text.trim()
  if (trimmed === '') return ZERO
  if (trimmed.length > LONGEST_DECIMAL) throw failed(`An amount has at most ${LONGEST_DECIMAL} characters`)
  if (!isPlainDecimal(trimmed)) throw failed(`"${trimmed}" is no amount`)
  return new Big(trimmed)
}

function placesOf(places: bigint): number {
  if (places < 0n || places > BigInt(MOST_PLACES)) throw failed(`Amounts are rounded to 0 to ${MOST_PLACES} places`)
  return Number(places)
}

/** The n-th piece between separators, the last one for -1; '' where there is none. */
function part(text: string, separator: string, at: bigint): string {
  return bounded(text).split(searched(separator)).at(Number(at)) ?? ''
}

function replaced(text: string, from: string, to: string): string {
  return bounded(
    bounded(text)
      .split(searched(from))
      .join(to === '' ? '' : searched(to)),
  )
}

function bounded(text: string): string {
  if (text.length > LONGEST_TEXT) throw failed(`A text has at most ${LONGEST_TEXT} characters here`)
  return text
}

function searched(text: string): string {
  if (text === '') throw failed('The text to look for is empty')
  if (text.length > LONGEST_SEARCH)
    throw failed(`A text to look for or to put in has at most ${LONGEST_SEARCH} characters`)
  return text
}

function failed(why: string): EvaluationError {
  return new EvaluationError(why)
}
