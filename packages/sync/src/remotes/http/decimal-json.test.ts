import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Value } from '../../model/value.ts'
import { encodeDecimalJson, parseDecimalJson } from './decimal-json.ts'

describe('parseDecimalJson', () => {
  it('keeps trailing zeros and digits beyond a float: money through JSON.parse would lose them', () => {
    expect(parseDecimalJson('{"a":40.00,"b":[1.0000000000,-0.10],"c":12345678901234567890.12}')).toEqual({
      a: '40.00',
      b: ['1.0000000000', '-0.10'],
      c: '12345678901234567890.12',
    })
  })

  it('leaves digits in strings, booleans and null alone', () => {
    expect(parseDecimalJson('{"code":"0200","yes":true,"none":null}')).toEqual({ code: '0200', yes: true, none: null })
  })

  it('throws on truncated JSON instead of answering half a page', () => {
    expect(() => parseDecimalJson('{"a":[1,2')).toThrow(SyntaxError)
  })
})

describe('encodeDecimalJson', () => {
  it('writes decimals as they stand: a float in between would turn 0.10 into 0.1', () => {
    expect(encodeDecimalJson({ Quantity: { $decimal: '2.0000' }, Rows: [{ $decimal: '-0.10' }], Text: '3.0' })).toBe(
      '{"Quantity":2.0000,"Rows":[-0.10],"Text":"3.0"}',
    )
  })

  it('refuses what is no plain decimal: an injected text would break out of the JSON', () => {
    for (const bad of ['1e5', '01', '.5', '', '1}', ' 1', 'NaN', '1.']) {
      expect(() => encodeDecimalJson({ $decimal: bad })).toThrow('Not a plain decimal')
    }
    expect(() => encodeDecimalJson({ $decimal: '1', other: 'x' })).toThrow('Not a plain decimal')
  })

  it('survives any value both ways, odd keys included', () => {
    const leaf = fc.oneof(fc.string(), fc.boolean(), fc.constant(null))
    const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
      tree: fc.oneof(
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((key) => key !== '$decimal'),
          tie('tree'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        expect(parseDecimalJson(encodeDecimalJson(value))).toEqual(value)
      }),
    )
  })
})
