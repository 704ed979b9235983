import { describe, expect, test } from 'vitest'
import { areLikeNames, domainOfEmail, domainOfWebsite, isNameWithin, normaliseName } from './match-keys.ts'

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

// Catches: one bookkeeper's mailbox that joins two businesses, and overwrites one.
test.each([
  ['Wattle Street Cafe', 'WATTLE STREET CAFÉ PTY LTD', true],
  ['Harbour Joinery', 'Harbour Joinery Australia', true],
  ['Tran and Sutherland Motors Pty Ltd', 'Tran and Haddad Catering Group', false],
  ['Acme', 'Zenith', false],
  ['The Bakery and Co', 'The Florist and Co', false],
])('%s and %s are like names: %s', (left, right, expected) => {
  expect(areLikeNames(left, right)).toBe(expected)
})

// Catches: two companies of one group, on one domain, joined because their names begin alike.
test.each([
  ['Acme', 'Acme Australia Pty Ltd', true],
  ['Harbour Joinery Pty Ltd', 'The Harbour Joinery', true],
  ['Wattle Street Cafe', 'Wattle Street Bakery', false],
  ['', 'Acme', false],
])('%s says no more than %s: %s', (left, right, expected) => {
  expect(isNameWithin(left, right)).toBe(expected)
})

describe('a domain', () => {
  test.each([
    ['Ada@Wattle.example', 'wattle.example'],
    ['ada@gmail.com', ''],
    ['ada@Yahoo.co.nz', ''],
    ['ada@hotmail.com.au', ''],
    ['ada@live.co.uk', ''],
    ['ada@outlook.de', ''],
    ['ada@bigpond.net.au', ''],
    ['ada@xtra.co.nz', ''],
    ['ada@btinternet.com', ''],
    ['ada@icloud.com', ''],
    ['ada@livewell.com', 'livewell.com'],
    ['ada@mailhouse.com.au', 'mailhouse.com.au'],
    ['ada@localhost', ''],
    ['no mailbox', ''],
    ['', ''],
  ])('of %s is "%s": free mail would join all its users (R18b)', (email, domain) => {
    expect(domainOfEmail(email)).toBe(domain)
  })
  test.each([
    ['https://www.Wattle.example/menu', 'wattle.example'],
    ['wattle.example', 'wattle.example'],
    ['https://wattle.wixsite.com/home', 'wattle.wixsite.com'],
    ['https://www.facebook.com/wattlecafe', ''],
    ['instagram.com/wattle', ''],
    ['https://gmail.com', ''],
    ['none', ''],
    ['', ''],
  ])('of the page %s is "%s": an address that many share would join them', (website, domain) => {
    expect(domainOfWebsite(website)).toBe(domain)
  })
})
