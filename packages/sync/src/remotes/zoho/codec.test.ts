import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeRecord, decodeRows } from './codec.ts'
import { quoted } from './coql.ts'
import { readInstant, writeInstant } from './instants.ts'
import { scrub } from './scrub.ts'
import { parseWire } from './wire.ts'

const ROW =
  '{"id":"5600000000123001","Modified_Time":"2026-03-02T09:15:04+11:00","Grand_Total":12.50,"Tag":[],"Phone":null}'

describe('records', () => {
  test('numbers keep their text and big ids their last digit: a float would change both', () => {
    const wire = parseWire(
      '{"id":5600000000123001999,"Modified_Time":"2026-03-02T09:15:04+11:00","Rate":0.30000000000000004,"Due":40.00}',
    )
    const record = decodeRecord('Accounts', wire ?? {}, 'list')
    expect(record?.id).toBe('5600000000123001999')
    expect(record?.fields).toMatchObject({ Rate: '0.30000000000000004', Due: '40.00' })
  })

  test('the version is an instant in UTC, whatever zone the user has', () => {
    const record = decodeRecord('Accounts', parseWire(ROW) ?? {}, 'list')
    expect(record).toMatchObject({
      version: '2026-03-01T22:15:04.000Z',
      life: 'live',
      createdAt: null,
      modifiedBy: null,
    })
    expect(record?.fields).toMatchObject({ Grand_Total: '12.50', Tag: [], Phone: null })
  })

  test.each([
    ['no id', '{"Modified_Time":"2026-03-02T09:15:04+11:00"}'],
    ['an id that would end a path', '{"id":"1/../2","Modified_Time":"2026-03-02T09:15:04+11:00"}'],
    ['no version', '{"id":"1"}'],
    ['a version without offset', '{"id":"1","Modified_Time":"2026-03-02T09:15:04"}'],
  ])('a row with %s makes the whole answer unreadable, not shorter', (_name, row) => {
    expect(decodeRows('Accounts', parseWire(`{"data":[${ROW},${row}]}`) ?? {}, 'list')).toBeUndefined()
  })

  test('lines that Zoho cut short do not count as lines: the missing ones would look deleted', () => {
    const whole = '"id":"1","Modified_Time":"2026-03-02T09:15:04+11:00","Invoiced_Items":[{"id":"2"}]'
    const hasLines = (text: string) => decodeRecord('Invoices', parseWire(text) ?? {}, 'single')?.hasLines
    expect(hasLines(`{${whole}}`)).toBe(true)
    expect(hasLines(`{${whole},"$has_more":{"Invoiced_Items":false}}`)).toBe(true)
    expect(hasLines(`{${whole},"$has_more":{"Invoiced_Items":true}}`)).toBe(false)
    expect(hasLines('{"id":"1","Modified_Time":"2026-03-02T09:15:04+11:00"}')).toBe(false)
  })
})

test('an instant survives the way to Zoho and back: a shifted cursor skips rows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000 }),
      fc.integer({ min: -12 * 4, max: 14 * 4 }),
      (seconds, quarter) => {
        const iso = new Date(seconds * 1000).toISOString()
        expect(readInstant(writeInstant(iso))).toBe(iso)
        const shifted = new Date((seconds + quarter * 900) * 1000).toISOString().slice(0, 19)
        const minutes = Math.abs(quarter) * 15
        const pad = (part: number) => String(part).padStart(2, '0')
        const offset = `${quarter < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
        expect(readInstant(`${shifted}${offset}`)).toBe(iso)
      },
    ),
  )
})

test('no text ends its COQL literal: a name could otherwise rewrite the query', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", 'a', ' ', '\\', '"', ')') }), (text) => {
      const inner = quoted(text).slice(1, -1)
      expect(inner.replaceAll("''", '')).not.toContain("'")
      expect(inner.replaceAll("''", "'")).toBe(text)
    }),
  )
})

test('messages never carry a token', () => {
  expect(scrub('GET /x?t=1000.abcdef01.abcdef02 of my-token', 'my-token')).toBe('GET /x?t=[token] of [token]')
})
