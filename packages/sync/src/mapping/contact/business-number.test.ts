import { expect, test } from 'vitest'
import { businessNumbers, haveOtherNumbers } from './business-number.ts'

// Catches: a number that is typed in another form and makes a second company, and a mistyped one that joins two (R18b).
test.each([
  // ABN, modulo 89
  ['51 824 753 556', ['abn:51824753556']],
  ['51824753556', ['abn:51824753556']],
  ['ABN: 51-824-753-556', ['abn:51824753556']],
  ['51824753557', []],
  ['51824753565', []],
  // The ACN of a company is the end of its ABN
  ['53 004 085 616', ['abn:53004085616', 'acn:004085616']],
  ['ACN 004 085 616', ['acn:004085616']],
  ['004085617', []],
  // NZBN, a GS1 number of the register
  ['9429 0369 7527 3', ['nzbn:9429036975273']],
  ['9429036975274', []],
  ['9300675001236', []],
  // IRD and GST, modulo 11 with both sets of weights
  ['49-091-850', ['ird:049091850']],
  ['035-901-981', ['ird:035901981']],
  ['136410132', ['ird:136410132']],
  ['136410133', []],
  ['9125568', []],
  // VAT, modulo 97 and 9755, with country and branch
  ['GB 980 7806 84', ['vat:980780684']],
  ['GB980780684001', ['vat:980780684']],
  ['GB 980 7806 85', []],
  ['GB100000034', ['vat:100000034']],
  ['XI 434 0314 94', ['vat:434031494']],
  // Nothing that is no number
  ['000000000', []],
  ['00 000 000 000', []],
  ['not registered', []],
  ['GB', []],
  ['', []],
])('%s is %o', (text, keys) => {
  expect(businessNumbers(text)).toEqual(keys)
})

test('a number with and without its country is one: VAT numbers are written both ways', () => {
  expect(businessNumbers('980780684')).toContain('vat:980780684')
})

// Catches: a shared mailbox that joins two businesses although their numbers say that they are two.
test.each([
  [['abn:1'], ['abn:2'], true],
  [['abn:1', 'acn:3'], ['abn:1'], false],
  [['abn:1'], ['vat:2'], false],
  [['abn:1'], [], false],
])('%o beside %o speak against each other: %s', (left, right, expected) => {
  expect(haveOtherNumbers(left, right)).toBe(expected)
})
