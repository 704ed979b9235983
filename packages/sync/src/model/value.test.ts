import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalText, isBlank, isValueList, isValueObject, sameValue, type Value } from './value.ts'

const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ maxLength: 4 }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { maxKeys: 4 }),
  ),
})).value

/** The same value with the keys of every object the other way round. */
function reversed(value: Value): Value {
  if (isValueList(value)) return value.map(reversed)
  if (!isValueObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}

describe('canonicalText', () => {
  test('does not depend on the order of keys: else a re-ordered answer looks like an edit and two plans differ (I12)', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(canonicalText(reversed(value))).toBe(canonicalText(value))
      }),
    )
  })
  test('tells different values apart: else an edit is taken for no edit', () => {
    fc.assert(
      fc.property(values, values, (left, right) => {
        expect(canonicalText(left) === canonicalText(right)).toBe(deepEqual(left, right))
      }),
    )
  })
  test.each<[Value, Value]>([
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [['a,b'], ['a', 'b']],
    ['null', null],
    ['true', true],
    [{ a: '' }, {}],
    [{ a: ['b'] }, { a: 'b' }],
  ])('%j is not %j', (left, right) => {
    expect(sameValue(left, right)).toBe(false)
  })
})

function deepEqual(left: Value, right: Value): boolean {
  if (isValueList(left) && isValueList(right))
    return left.length === right.length && left.every((one, index) => deepEqual(one, right[index] ?? null))
  if (isValueObject(left) && isValueObject(right)) {
    const keys = Object.keys(left)
    const isSameShape = keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key))
    return isSameShape && keys.every((key) => deepEqual(left[key] ?? null, right[key] ?? null))
  }
  return left === right
}

test.each<[Value, boolean]>([
  [null, true],
  ['', true],
  [[], true],
  [{}, true],
  [{ street: '', city: null }, true],
  [{ street: '', city: 'Bern' }, false],
  [' ', false],
  ['0', false],
  [false, false],
  [[''], false],
])('isBlank(%j) is %s: blank never erases, so a zero or an unticked box must not count as blank', (value, expected) => {
  expect(isBlank(value)).toBe(expected)
})
