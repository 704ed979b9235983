import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDecimalJson } from '../http/decimal-json.ts'
import { instantOf, modifiedSinceHeader, plainDateOf, toFields } from './codec.ts'

describe('dates', () => {
  it('reads a calendar date as the UTC day, whatever zone this machine stands in: no shift by a day', () => {
    expect(plainDateOf('/Date(1791244800000+0000)/')).toBe('2026-10-06')
    expect(plainDateOf('/Date(1791244800000)/')).toBe('2026-10-06')
    expect(plainDateOf('/Date(-86400000+0000)/')).toBe('1969-12-31')
    expect(plainDateOf('2026-10-06T00:00:00')).toBe('2026-10-06')
    expect(plainDateOf('6 October 2026')).toBeUndefined()
  })

  it('keeps the milliseconds of an instant: versions inside one second must differ', () => {
    expect(instantOf('/Date(1791256520123+0000)/')).toBe('2026-10-06T03:15:20.123Z')
    expect(instantOf('/Date(1791256520123)/')).toBe('2026-10-06T03:15:20.123Z')
    expect(instantOf('2026-10-01T02:11:09.4471230')).toBe('2026-10-01T02:11:09.447Z')
    expect(instantOf('yesterday')).toBeUndefined()
  })

  it('survives absurd numbers instead of throwing a RangeError out of a list', () => {
    expect(instantOf('/Date(99999999999999999)/')).toBeUndefined()
  })

  it('asks for changes in whole seconds without zone', () => {
    expect(modifiedSinceHeader('2026-10-06T03:15:20Z')).toBe('2026-10-06T03:15:20')
  })

  it('round-trips every instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62135596800000, max: 253402300799999 }), (ms) => {
        expect(Date.parse(instantOf(`/Date(${ms}+0000)/`) ?? '')).toBe(ms)
      }),
    )
  })
})

describe('toFields', () => {
  const read = (json: string) => {
    const parsed = parseDecimalJson(json)
    return typeof parsed === 'object' && parsed !== null ? toFields(parsed) : {}
  }

  it('turns dates by their field name only: a description that looks like a date stays a text', () => {
    const fields = read('{"DueDate":"\\/Date(1791244800000+0000)\\/","Description":"\\/Date(1791244800000)\\/"}')
    expect(fields).toEqual({ DueDate: '2026-10-06', Description: '/Date(1791244800000)/' })
  })

  it('keeps decimals as written and drops verdicts, which an echoed line would carry back to Xero', () => {
    const fields = read(
      '{"Total":110.00,"HasErrors":false,"LineItems":[{"Quantity":2.0000,"ValidationErrors":[],"Tracking":[]}],"Payments":[{"Date":"\\/Date(1791244800000+0000)\\/","Amount":1.50}]}',
    )
    expect(fields).toEqual({
      Total: '110.00',
      LineItems: [{ Quantity: '2.0000', Tracking: [] }],
      Payments: [{ Date: '2026-10-06', Amount: '1.50' }],
    })
  })
})
