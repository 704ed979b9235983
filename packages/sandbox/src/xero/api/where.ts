import { Big } from 'big.js'
import { queryParse, simulatorGap } from './problem.ts'

/** What a field is worth to a filter; a GUID and an enum are text. */
export type FieldValue = string | boolean | Big | DateValue | null
/** A calendar date or an instant, as epoch milliseconds. */
export interface DateValue {
  readonly ms: number
}

export type Getters<R> = Readonly<Record<string, (row: R) => FieldValue>>
type Test<R> = (row: R) => boolean

/** The `where` subset of xero.md 2.4. What the sandbox does not know fails loudly instead of matching nothing. */
export function parseWhere<R>(text: string, typeName: string, getters: Getters<R>): Test<R> {
  const parser = new WhereParser(tokenize(text), typeName, getters)
  return parser.parse()
}

const TOKEN =
  /\s*(?:("(?:[^"]*)")|(&&|\|\||==|!=|>=|<=|=|>|<|\(|\)|,|\.(?=[A-Za-z]+\s*\())|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w]*(?:\.[A-Za-z_][\w]*(?!\w*\s*\())*))/y

function tokenize(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (match === null) {
      throw queryParse(text.slice(from).trimStart().startsWith('"') ? 'Unterminated string literal' : 'Syntax error')
    }
    tokens.push(match[0].trim())
  }
  return tokens
}

class WhereParser<R> {
  readonly #tokens: readonly string[]
  readonly #typeName: string
  readonly #getters: ReadonlyMap<string, (row: R) => FieldValue>
  #at = 0

  constructor(tokens: readonly string[], typeName: string, getters: Getters<R>) {
    this.#tokens = tokens
    this.#typeName = typeName
    this.#getters = new Map(Object.entries(getters).map(([name, getter]) => [name.toLowerCase(), getter]))
  }

  parse(): Test<R> {
    const test = this.#alternatives()
    if (this.#at < this.#tokens.length) throw queryParse('Syntax error')
    return test
  }

  #alternatives(): Test<R> {
    const tests = [this.#conjunction()]
    while (this.#accept('OR', '||')) tests.push(this.#conjunction())
    return (row) => tests.some((test) => test(row))
  }

  #conjunction(): Test<R> {
    const tests = [this.#condition()]
    while (this.#accept('AND', '&&')) tests.push(this.#condition())
    return (row) => tests.every((test) => test(row))
  }

  #condition(): Test<R> {
    if (this.#accept('(')) {
      const inner = this.#alternatives()
      this.#expect(')')
      return inner
    }
    const getter = this.#field()
    if (this.#accept('.')) return this.#textMethod(getter)
    const operator = this.#next()
    if (!/^(==?|!=|>=?|<=?)$/.test(operator)) throw queryParse('Syntax error')
    const wanted = this.#literal()
    return (row) => compare(operator, getter(row), wanted)
  }

  #field(): (row: R) => FieldValue {
    const name = this.#next()
    const getter = this.#getters.get(name.toLowerCase())
    if (getter !== undefined) return getter
    if (!/^[A-Za-z]/.test(name)) throw queryParse('Syntax error')
    throw queryParse(`No property or field '${name}' exists in type '${this.#typeName}'`)
  }

  #textMethod(getter: (row: R) => FieldValue): Test<R> {
    const method = this.#next().toLowerCase()
    this.#expect('(')
    const wanted = fold(this.#literal())
    this.#expect(')')
    const test = TEXT_METHODS.get(method)
    if (test === undefined) throw simulatorGap(501, `the method .${method}() in a where filter is not simulated`)
    return (row) => test(fold(getter(row)), wanted)
  }

  #literal(): FieldValue {
    const token = this.#next()
    if (token.startsWith('"')) return token.slice(1, -1)
    if (/^-?\d/.test(token)) return new Big(token)
    const lower = token.toLowerCase()
    if (lower === 'null') return null
    if (lower === 'true' || lower === 'false') return lower === 'true'
    if (lower === 'guid') return guidOf(this.#arguments())
    if (lower === 'datetime') return dateOf(this.#arguments())
    throw simulatorGap(501, `"${token}" in a where filter is not simulated`)
  }

  #arguments(): readonly string[] {
    this.#expect('(')
    const values: string[] = []
    while (!this.#accept(')')) {
      values.push(this.#next().replaceAll('"', ''))
      this.#accept(',')
    }
    return values
  }

  #accept(...wanted: readonly string[]): boolean {
    const token = this.#tokens[this.#at]?.toUpperCase()
    if (token === undefined || !wanted.includes(token)) return false
    this.#at += 1
    return true
  }

  #expect(wanted: string): void {
    if (!this.#accept(wanted)) throw queryParse('Syntax error')
  }

  #next(): string {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw queryParse('Syntax error')
    this.#at += 1
    return token
  }
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whatever Xero calls its refusal: text that is no GUID is none for it (unverified words). */
function guidOf([text = '']: readonly string[]): string {
  const guid = text.toLowerCase()
  if (!GUID.test(guid)) throw queryParse(`'${text}' is not a valid Guid`)
  return guid
}

const TEXT_METHODS = new Map<string, (value: string, wanted: string) => boolean>([
  ['contains', (value, wanted) => value.includes(wanted)],
  ['startswith', (value, wanted) => value.startsWith(wanted)],
  ['endswith', (value, wanted) => value.endsWith(wanted)],
])

/** Text matches without regard to case or accents (xero.md 2.4): the client must re-check. */
function fold(value: FieldValue): string {
  if (typeof value !== 'string') return ''
  return value.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

function compare(operator: string, value: FieldValue, wanted: FieldValue): boolean {
  const order = orderOf(value, wanted)
  switch (operator) {
    case '=':
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '>':
      return order !== undefined && order > 0
    case '>=':
      return order !== undefined && order >= 0
    case '<':
      return order !== undefined && order < 0
    default:
      return order !== undefined && order <= 0
  }
}

/** undefined when the two cannot be compared. An empty text is null to a filter. */
export function orderOf(value: FieldValue, wanted: FieldValue): number | undefined {
  if (wanted === null || value === null)
    return (value === null || value === '') && (wanted === null || wanted === '') ? 0 : undefined
  if (typeof value === 'string') return typeof wanted === 'string' ? textOrder(fold(value), fold(wanted)) : undefined
  if (typeof value === 'boolean') return typeof wanted === 'boolean' ? Number(value) - Number(wanted) : undefined
  if (isDate(value)) return isDate(wanted) ? value.ms - wanted.ms : undefined
  return isAmount(wanted) ? value.cmp(wanted) : undefined
}

const isDate = (value: FieldValue): value is DateValue => typeof value === 'object' && value !== null && 'ms' in value
const isAmount = (value: FieldValue): value is Big => typeof value === 'object' && value !== null && 'cmp' in value
const textOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function dateOf(parts: readonly string[]): DateValue {
  const [year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number)
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  if (Number.isNaN(ms)) throw queryParse('Syntax error')
  return { ms }
}
