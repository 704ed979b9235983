import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPhone, isSamePhone, type PhoneParts, parsePhone } from './phone.ts'

const parts = (country: string, area: string, number: string): PhoneParts => ({ country, area, number })

test.each([
  ['02 5550 1234', parts('', '02', '5550 1234')],
  ['(02) 5550 1234', parts('', '02', '5550 1234')],
  ['+61 2 5550 1234', parts('61', '02', '5550 1234')],
  ['+61 02 5550 1234', parts('61', '02', '5550 1234')],
  ['+61 (0)2 5550-1234', parts('61', '02', '5550 1234')],
  ['+61255501234', parts('61', '02', '5550 1234')],
  ['0011 61 2 5550 1234', parts('61', '02', '5550 1234')],
  ['0061 2 5550 1234', parts('61', '02', '5550 1234')],
  ['0400 123 456', parts('', '', '0400 123 456')],
  ['+61 400 123 456', parts('61', '', '0400 123 456')],
  ['1300 555 010', parts('', '', '1300 555 010')],
  ['+64 9 555 0112', parts('64', '09', '555 0112')],
  ['+64 21 555 012', parts('64', '021', '555 012')],
  ['+44 020 7946 0123', parts('44', '020', '7946 0123')],
  ['+44 7946 012345', parts('44', '', '07946 012345')],
  ['+1 503 555 0112', parts('1', '503', '555 0112')],
  ['+353 1 555 0112', parts('353', '1', '555 0112')],
  ['+39 06 5550 1234', parts('39', '06', '5550 1234')],
  ['02 5550 1234 ext 12', parts('', '02', '5550 1234 ext 12')],
  ['call reception', parts('', '', 'call reception')],
  ['', parts('', '', '')],
])('%s is cut into %o: a wrong cut dials a wrong number', (text, expected) => {
  expect(parsePhone(text)).toEqual(expected)
})

test.each([
  ['+61 02 5550 1234', parts('61', '02', '5550 1234')],
  ['02 5550 1234', parts('61', '02', '5550 1234')],
  ['0255501234', parts('', '', '02 5550 1234')],
  ['61 2 5550 1234', parts('61', '2', '55501234')],
  ['+61 2 5550 1234', parts('', '', '+61 2 5550 1234')],
  ['09 555 0112', parts('64', '09', '555 0112')],
  ['503 555 0112', parts('1', '503', '555 0112')],
])('%s and %o are one number: seen as two, they would be written for ever', (text, xero) => {
  expect(isSamePhone(parsePhone(text), xero)).toBe(true)
})

test.each([
  ['02 5550 1234', parts('61', '03', '5550 1234')],
  ['+64 2 5550 1234', parts('61', '02', '5550 1234')],
  ['02 5550 1234', parts('', '', '')],
  ['02 5550 1234 ext 12', parts('', '02', '5550 1234')],
])('%s and %o are two numbers: seen as one, an edit would be lost', (text, xero) => {
  expect(isSamePhone(parsePhone(text), xero)).toBe(false)
})

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`))
const number = fc.oneof(
  digits(8).map((local) => `02 ${local.slice(0, 4)} ${local.slice(4)}`),
  digits(8).map((local) => `+61 2 ${local.slice(0, 4)} ${local.slice(4)}`),
  digits(9).map((local) => `+64${local}`),
  digits(10).map((local) => `+44 ${local.slice(0, 4)} ${local.slice(4)}`),
  digits(10).map((local) => `+1 (${local.slice(0, 3)}) ${local.slice(3)}`),
  digits(7),
)

test('what Xero holds and Zoho shows of it stay one number: a round trip that drifts never ends', () => {
  fc.assert(
    fc.property(number, (text) => {
      const onXero = parsePhone(text)
      const onZoho = formatPhone(onXero)
      expect(isSamePhone(parsePhone(onZoho), onXero)).toBe(true)
      expect(isSamePhone(parsePhone(text), parsePhone(onZoho))).toBe(true)
      expect(formatPhone(parsePhone(onZoho))).toBe(onZoho)
    }),
    { numRuns: 500 },
  )
})
