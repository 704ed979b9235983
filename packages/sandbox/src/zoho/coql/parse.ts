import { limitExceeded, missingClause, syntaxError, type Token, tokens } from './tokens.ts'

export type Aggregate = 'count' | 'sum' | 'min' | 'max' | 'avg'
export interface Column {
  readonly path: string
  readonly aggregate: Aggregate | undefined
  readonly name: string
}

export type Operator =
  | '='
  | '!='
  | '>'
  | '>='
  | '<'
  | '<='
  | 'in'
  | 'not in'
  | 'like'
  | 'not like'
  | 'is null'
  | 'is not null'
  | 'between'
  | 'not between'

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'condition'
      readonly path: string
      readonly operator: Operator
      readonly values: readonly string[]
    }

export interface Query {
  readonly columns: readonly Column[]
  readonly from: string
  readonly where: Expression
  readonly order: readonly { readonly path: string; readonly direction: 'asc' | 'desc' }[]
  readonly limit: number
  readonly offset: number
}

const DEFAULT_LIMIT = 200
const MOST_LIMIT = 2000
const MOST_OFFSET = 100_000
const MOST_COLUMNS = 500
const MOST_IN = 100

/** The subset of COQL that zoho-crm.md 3.9 describes. */
export function parseQuery(text: string): Query {
  const cursor = createCursor(tokens(text))
  cursor.expectWord('select')
  const columns = parseColumns(cursor)
  if (columns.length > MOST_COLUMNS) throw limitExceeded(MOST_COLUMNS, 'select column limit exceeded')
  if (!cursor.takeWord('from')) throw missingClause('from')
  const from = cursor.word()
  if (!cursor.takeWord('where')) throw missingClause('where')
  const where = parseExpression(cursor)
  const order = cursor.takeWord('order') ? parseOrder(cursor) : []
  const paging = parseLimit(cursor)
  cursor.expectEnd()
  return { columns, from, where, order, ...paging }
}

interface Cursor {
  peek(): Token
  next(): Token
  takeWord(word: string): boolean
  expectWord(word: string): void
  takeSymbol(symbol: string): boolean
  expectSymbol(symbol: string): void
  word(): string
  value(): string
  wholeNumber(): number
  expectEnd(): void
}

function createCursor(all: readonly Token[]): Cursor {
  let index = 0
  const end: Token = { kind: 'end', text: '', at: 0 }
  const peek = () => all[index] ?? end
  const next = () => {
    const token = peek()
    index += 1
    return token
  }
  const fail = () => syntaxError(peek().text, peek().at)
  const isWord = (word: string) => peek().kind === 'word' && peek().text.toLowerCase() === word
  const take = (matches: boolean) => {
    if (matches) index += 1
    return matches
  }
  const takeWord = (word: string) => take(isWord(word))
  const takeSymbol = (symbol: string) => take(peek().kind === 'symbol' && peek().text === symbol)
  return {
    peek,
    next,
    takeWord,
    takeSymbol,
    expectWord(word) {
      if (!takeWord(word)) throw fail()
    },
    expectSymbol(symbol) {
      if (!takeSymbol(symbol)) throw fail()
    },
    word() {
      if (peek().kind !== 'word') throw fail()
      return next().text
    },
    value() {
      const { kind } = peek()
      if (kind !== 'text' && kind !== 'number' && kind !== 'word') throw fail()
      return next().text
    },
    wholeNumber() {
      if (peek().kind !== 'number' || !/^\d+$/.test(peek().text)) throw fail()
      return Number(next().text)
    },
    expectEnd() {
      if (peek().kind !== 'end') throw fail()
    },
  }
}

const AGGREGATES = new Map<string, Aggregate>([
  ['count', 'count'],
  ['sum', 'sum'],
  ['min', 'min'],
  ['max', 'max'],
  ['avg', 'avg'],
])

function parseColumns(cursor: Cursor): Column[] {
  const columns: Column[] = []
  do {
    const word = cursor.word()
    const aggregate = AGGREGATES.get(word.toLowerCase())
    const isCall = aggregate !== undefined && cursor.takeSymbol('(')
    const path = isCall ? cursor.word() : word
    if (isCall) cursor.expectSymbol(')')
    const alias = cursor.takeWord('as') ? cursor.word() : undefined
    columns.push({
      path,
      aggregate: isCall ? aggregate : undefined,
      name: alias ?? (isCall ? `${word.toUpperCase()}(${path})` : path),
    })
  } while (cursor.takeSymbol(','))
  return columns
}

/** At most one `and`/`or` per level: more than two conditions must be nested in pairs (zoho-crm.md 3.9). */
function parseExpression(cursor: Cursor): Expression {
  const left = parseUnit(cursor)
  const kind = cursor.takeWord('and') ? 'and' : cursor.takeWord('or') ? 'or' : undefined
  if (kind === undefined) return left
  const right = parseUnit(cursor)
  const after = cursor.peek()
  if (after.kind === 'word' && ['and', 'or'].includes(after.text.toLowerCase())) throw syntaxError(after.text, after.at)
  return { kind, left, right }
}

function parseUnit(cursor: Cursor): Expression {
  if (!cursor.takeSymbol('(')) return parseCondition(cursor)
  const inner = parseExpression(cursor)
  cursor.expectSymbol(')')
  return inner
}

function parseCondition(cursor: Cursor): Expression {
  const path = cursor.word()
  const condition = (operator: Operator, values: readonly string[]): Expression => ({
    kind: 'condition',
    path,
    operator,
    values,
  })
  if (cursor.takeWord('is')) {
    const isNot = cursor.takeWord('not')
    cursor.expectWord('null')
    return condition(isNot ? 'is not null' : 'is null', [])
  }
  const isNot = cursor.takeWord('not')
  if (cursor.takeWord('in')) return condition(isNot ? 'not in' : 'in', parseValues(cursor))
  if (cursor.takeWord('like')) return condition(isNot ? 'not like' : 'like', [cursor.value()])
  if (cursor.takeWord('between')) {
    const low = cursor.value()
    cursor.expectWord('and')
    return condition(isNot ? 'not between' : 'between', [low, cursor.value()])
  }
  return condition(comparisonOperator(cursor), [cursor.value()])
}

function comparisonOperator(cursor: Cursor): Operator {
  const token = cursor.next()
  switch (token.text) {
    case '=':
    case '!=':
    case '>':
    case '>=':
    case '<':
    case '<=':
      return token.text
    case '<>':
      return '!='
    default:
      throw syntaxError(token.text, token.at)
  }
}

function parseValues(cursor: Cursor): readonly string[] {
  cursor.expectSymbol('(')
  const values: string[] = []
  do values.push(cursor.value())
  while (cursor.takeSymbol(','))
  cursor.expectSymbol(')')
  if (values.length > MOST_IN) throw limitExceeded(MOST_IN, 'in value limit exceeded')
  return values
}

function parseOrder(cursor: Cursor): Query['order'] {
  cursor.expectWord('by')
  const order: { path: string; direction: 'asc' | 'desc' }[] = []
  do {
    const path = cursor.word()
    const direction = cursor.takeWord('desc') ? 'desc' : 'asc'
    if (direction === 'asc') cursor.takeWord('asc')
    order.push({ path, direction })
  } while (cursor.takeSymbol(','))
  return order
}

/** `limit n`, `limit o, n` and `limit n offset o`. */
function parseLimit(cursor: Cursor): Pick<Query, 'limit' | 'offset'> {
  if (!cursor.takeWord('limit')) return { limit: DEFAULT_LIMIT, offset: 0 }
  const first = cursor.wholeNumber()
  let paging = { limit: first, offset: 0 }
  if (cursor.takeSymbol(',')) paging = { limit: cursor.wholeNumber(), offset: first }
  else if (cursor.takeWord('offset')) paging = { limit: first, offset: cursor.wholeNumber() }
  if (paging.limit > MOST_LIMIT) throw limitExceeded(MOST_LIMIT, 'limit exceeded')
  if (paging.offset > MOST_OFFSET) throw limitExceeded(MOST_OFFSET, 'offset exceeded')
  return paging
}
