import { describe, expect, test } from 'vitest'
import { compileCondition, compileText, type ExpressionInputs } from './expression.ts'

function run(source: string, inputs: Partial<ExpressionInputs> = {}) {
  const compiled = compileText(source)
  if (compiled.type === 'refused') return compiled
  return compiled.expression.run({ value: '', record: {}, ...inputs })
}

function refusal(source: string) {
  const compiled = compileText(source)
  return compiled.type === 'refused' ? compiled : 'taken'
}

describe('what an expression makes of a record (R20c)', () => {
  test.each([
    ["value == 'NZ' ? 'OUTPUT2' : ''", { value: 'NZ' }, 'OUTPUT2'],
    ["value == '' ? 'none' : value", { value: '' }, 'none'],
    ["part(value, ' ', 0)", { value: 'Ada Lee' }, 'Ada'],
    ["part(value, ' ', -1)", { value: 'Ada von Lee' }, 'Lee'],
    ["part(value, ',', 5)", { value: 'a,b' }, ''],
    ["record.First + ' ' + record.Last", { record: { First: 'Ada', Last: 'Lee' } }, 'Ada Lee'],
    ['record["SalesDetails.UnitPrice"]', { record: { 'SalesDetails.UnitPrice': '1.5' } }, '1.5'],
    ["record.Region in ['NZ', 'AU'] ? 'near' : 'far'", { record: { Region: 'AU' } }, 'near'],
    ["value.startsWith('AU-') ? value.substring(3) : value", { value: 'AU-7' }, '7'],
    ['value.trim().upperAscii()', { value: ' ab ' }, 'AB'],
    ["replaced(value, '-', '')", { value: '12-34-56' }, '123456'],
    ['firstChars(value, 3)', { value: 'ab' }, 'ab'],
  ])('%s', (source, inputs, made) => {
    expect(run(source, inputs)).toEqual({ type: 'made', value: made })
  })

  // Catches: money through a float, where 0.1 + 0.2 is 0.30000000000000004.
  test.each([
    ["plus('0.1', '0.2')", '0.3'],
    ["times('10000000000000000.06', '0.15')", '1500000000000000.009'],
    ["minus('1', '0.9')", '0.1'],
    ["rounded('2.345', 2)", '2.35'],
    ["compare('10', '9.99') > 0 ? 'more' : 'less'", 'more'],
    ["plus('', '1')", '1'],
  ])('%s is exact', (source, made) => {
    expect(run(source)).toEqual({ type: 'made', value: made })
  })

  test('a condition is true or false, and reads what it looks at', () => {
    const compiled = compileCondition("record.Region == 'NZ' && value != ''")
    if (compiled.type === 'refused') throw new Error(compiled.why)
    expect(compiled.expression.reads).toEqual(['Region'])
    expect(compiled.expression.run({ value: 'x', record: { Region: 'NZ' } })).toEqual({ type: 'made', value: true })
    expect(compileCondition('value')).toMatchObject({ type: 'refused', why: expect.stringContaining('true or false') })
  })
})

describe('what is refused, with its place', () => {
  test.each([
    ['value +', 8, /unexpected token/i],
    ['unknown', 1, /unknown/i],
    ['record', 1, /record\.Name/],
    ['value + 1', 1, /overload/],
    ['1.5 > 2.0 ? value : value', 1, /amounts are texts/i],
    ["value * 'x'", 1, /times/],
    ['value == "a" ? 1 : 2', 1, /a text, not int/],
    ['null', 1, /Only texts/],
    ['value.constructor', 1, /Only record/],
    ["{'a': 'b'}[value]", 2, /maxMapEntries/],
    ["timestamp('2020-01-01T00:00:00Z') > timestamp('2019-01-01T00:00:00Z') ? 'a' : 'b'", 1, /no function timestamp/],
    ['nosuch(value)', 1, /no function nosuch/],
    ['value.contains(record.Short) ? "a" : "b"', 1, /must stand in the expression/],
  ])('%s', (source, at, why) => {
    expect(refusal(source)).toMatchObject({ type: 'refused', at, why: expect.stringMatching(why) })
  })
})

// Catches: an expression that never ends, or eats the memory: each of these could be typed by anybody who may map.
describe('hostile expressions', () => {
  test.each([
    ['a catastrophic pattern', "value.matches('(a+)+$') ? 'a' : 'b'"],
    ['loops in loops', '[1,2,3].map(x, [1,2,3].map(y, x * y)).size() > 3 ? "a" : "b"'],
    ['a name for a result, doubled and doubled', 'cel.bind(x, value + value, cel.bind(y, x + x, y + y))'],
    ['texts put into texts', "value.split('').join('aaaaaaaa')"],
    ['deep nesting', `${'('.repeat(400)}value${')'.repeat(400)}`],
    ['deep calls', `${'firstChars('.repeat(60)}value${', 1)'.repeat(60)}`],
    ['many steps', Array.from({ length: 120 }, () => 'value').join('+')],
    ['a long text', `'${'a'.repeat(2_000)}'`],
    ['a way out of the language', "record.constructor.constructor('return process')()"],
    ['the prototype', 'value.__proto__'],
  ])('%s is refused when it is saved', (_what, source) => {
    expect(refusal(source)).toMatchObject({ type: 'refused' })
  })

  test.each([
    ['a text longer than any field', 'value', { value: 'a'.repeat(5_000) }],
    [
      'a text that grows',
      'replaced(replaced(value, "a", "bbbbbbbbbbbbbbbbbbbb"), "b", "cccccccccccccccccccc")',
      { value: 'a'.repeat(100) },
    ],
    ['a number of a million digits', "plus(value, '1')", { value: '1e1000000' }],
    ['an amount that is none', "plus(value, '1')", { value: 'many' }],
    ['a place beyond the end', 'value.substring(5)', { value: 'a' }],
    ['a field that is not there', 'record.constructor', {}],
  ])('%s fails with a sentence', (_what, source, inputs) => {
    expect(run(source, inputs)).toMatchObject({ type: 'failed', why: expect.stringMatching(/\w+ \w+/) })
  })

  // Catches: a search whose cost is the product of two long texts.
  test('the costliest that is taken ends at once', () => {
    const source = `(${Array.from({ length: 60 }, () => 'value').join('+')}).contains('b${'a'.repeat(500)}') ? 'a' : 'b'`
    expect(refusal(source)).toBe('taken')
    const before = performance.now()
    expect(run(source, { value: 'a'.repeat(4_000) })).toMatchObject({ type: 'made' })
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})
