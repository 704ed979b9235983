import { describe, expect, test } from 'vitest'
import { codeText, LANGUAGES } from './code-texts.ts'
import { CODES } from './codes.ts'

// Catches: an inbox that shows a person a code, half a sentence, or the words of another language (R65).
describe.each(LANGUAGES)('texts in %s', (language) => {
  const texts = CODES.map((code) => ({ code, ...codeText(code, language) }))

  test('every code has a cause and a fix, each whole sentences of readable length', () => {
    const broken = texts.filter(
      ({ cause, fix }) => !/^\p{Lu}.{15,95}\.$/su.test(cause) || !/^\p{Lu}.{30,230}[.]$/su.test(fix),
    )
    expect(broken).toEqual([])
  })

  test('no two codes share a cause: each would be a heading of its own', () => {
    expect(new Set(texts.map((text) => text.cause)).size).toBe(CODES.length)
  })

  test('no code words, no bare "Accounts", no words of programmers (C8)', () => {
    const jargon = /\b(API|HTTP|JSON|COQL|token|payload|timeout|null|sandbox|op|hold)\b|[a-z][A-Z]{1}[a-z]+[A-Z]|[`{}_]/
    const bare = /\bAccounts\b(?!\))/
    const found = texts.filter(({ cause, fix }) => jargon.test(`${cause} ${fix}`) || bare.test(`${cause} ${fix}`))
    expect(found).toEqual([])
  })
})

// Catches: a translation that was copied and never made.
test.each(['fr', 'de'] as const)('nothing in %s is left in English', (language) => {
  const english = CODES.map((code) => codeText(code, 'en'))
  const texts = CODES.map((code) => codeText(code, language))
  expect(texts.filter((text, at) => text.cause === english[at]?.cause || text.fix === english[at]?.fix)).toEqual([])
  expect(texts.filter(({ cause, fix }) => /\b(the|and|then|is not)\b/.test(`${cause} ${fix}`))).toEqual([])
})
