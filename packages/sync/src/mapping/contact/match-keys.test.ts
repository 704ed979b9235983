import { expect, test } from 'vitest'
import { abnOf, domainOfEmail, domainOfWebsite, normaliseName } from './match-keys.ts'

test.each([
  ['Wattle Street Cafe Pty Ltd', 'WATTLE STREET  CAFÉ'],
  ['Banks & Sons', 'Banks and Sons'],
  ['Banks &amp; Sons Pty. Ltd.', 'Banks & Sons PTY LIMITED'],
  ["O'Keefe Holdings", 'O’Keefe Holdings'],
])('%s and %s are suggested as one company (R18b)', (left, right) => {
  expect(normaliseName(left)).toBe(normaliseName(right))
})

test('names that are only a legal form, or in another script, keep something: all of them would match', () => {
  expect(normaliseName('Limited')).toBe('limited')
  expect(normaliseName('金龙 Pty Ltd')).toBe('金龙')
})

test('free mail says nothing about the company: gmail.com would join all its users (R18b)', () => {
  expect(domainOfEmail('ada@gmail.com')).toBe('')
  expect(domainOfEmail('Ada@Wattle.example')).toBe('wattle.example')
  expect(domainOfWebsite('https://www.Wattle.example/menu')).toBe('wattle.example')
})

test.each([
  ['51 824 753 556', '51824753556'],
  ['51824753556', '51824753556'],
  ['51824753557', ''],
  ['GB123', ''],
])('%s is the business number %s: a mistyped one must not link two companies (R18b)', (text, abn) => {
  expect(abnOf(text)).toBe(abn)
})
