import type { StoredRecord } from '../model/record.ts'
import type { Expression, Operator } from './parse.ts'
import { type BoundPath, type Comparable, typedValue } from './paths.ts'

export type Test = (record: StoredRecord) => boolean

export interface ConditionRules {
  bind(path: string): BoundPath
  /** Letter case in `=` on text is a switch (zoho-crm.md 3.9). */
  readonly equality: 'caseInsensitive' | 'caseSensitive'
}

export function compile(expression: Expression, rules: ConditionRules): Test {
  if (expression.kind !== 'condition') {
    const left = compile(expression.left, rules)
    const right = compile(expression.right, rules)
    return expression.kind === 'and'
      ? (record) => left(record) && right(record)
      : (record) => left(record) || right(record)
  }
  const path = rules.bind(expression.path)
  const fold = (value: Comparable) => folded(value, rules.equality)
  const isPattern = expression.operator === 'like' || expression.operator === 'not like'
  const values = expression.values.map((text) => (isPattern ? text : fold(typedValue(path.field, text))))
  const test = operatorTest(expression.operator, values)
  return (record) => test(fold(path.read(record)))
}

function folded(value: Comparable, equality: ConditionRules['equality']): Comparable {
  return typeof value === 'string' && equality === 'caseInsensitive' ? value.toLowerCase() : value
}

/** As in SQL, an empty value satisfies nothing but `is null`. */
function operatorTest(operator: Operator, values: readonly Comparable[]): (value: Comparable) => boolean {
  const [first = null, second = null] = values
  const known = new Set(values)
  const present = (test: (value: string | number | boolean) => boolean) => (value: Comparable) =>
    value !== null && test(value)
  switch (operator) {
    case '=':
      return present((value) => value === first)
    case '!=':
      return present((value) => value !== first)
    case '>':
      return present((value) => compareValues(value, first) > 0)
    case '>=':
      return present((value) => compareValues(value, first) >= 0)
    case '<':
      return present((value) => compareValues(value, first) < 0)
    case '<=':
      return present((value) => compareValues(value, first) <= 0)
    case 'in':
      return present((value) => known.has(value))
    case 'not in':
      return present((value) => !known.has(value))
    case 'like':
    case 'not like': {
      const pattern = likePattern(String(first))
      return present((value) => pattern.test(String(value)) === (operator === 'like'))
    }
    case 'is null':
      return (value) => value === null || value === ''
    case 'is not null':
      return (value) => value !== null && value !== ''
    case 'between':
      return present((value) => compareValues(value, first) >= 0 && compareValues(value, second) <= 0)
    case 'not between':
      return present((value) => compareValues(value, first) < 0 || compareValues(value, second) > 0)
  }
}

/** `%` stands for any text; everything else for itself, letter case aside. */
function likePattern(text: string): RegExp {
  const escaped = text.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('.*')}$`, 'is')
}

export function compareValues(left: Comparable, right: Comparable): number {
  if (left === right) return 0
  if (left === null) return -1
  if (right === null) return 1
  return left < right ? -1 : 1
}

/** Ids that the top-level `and` conditions pin a column to, so that a look-up by id does not scan the module. */
export function pinnedIds(expression: Expression, path: string): readonly string[] | undefined {
  if (expression.kind === 'and') return pinnedIds(expression.left, path) ?? pinnedIds(expression.right, path)
  if (expression.kind !== 'condition' || expression.path !== path) return undefined
  return expression.operator === '=' || expression.operator === 'in' ? expression.values : undefined
}
