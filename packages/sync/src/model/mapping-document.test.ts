import { describe, expect, test } from 'vitest'
import { type FieldMapping, isOnlyWider, type MappingDocument, mappingMeaning, NO_MAPPING } from './mapping-document.ts'

const region: FieldMapping = {
  field: 'region',
  zoho: 'Region',
  xero: 'AccountNumber',
  values: [
    ['NZ', 'n'],
    ['AU', 's'],
  ],
}
const documentOf = (...mappings: readonly FieldMapping[]): MappingDocument => ({
  ...NO_MAPPING,
  kinds: { contact: mappings },
})

// Catches: links that keep bases which mean something else by now, or lose them for a row that was added.
describe('a mapping that only says more', () => {
  test.each([
    ['the same', region, true],
    [
      'a row more',
      {
        ...region,
        values: [
          ['UK', 'f'],
          ['NZ', 'n'],
          ['AU', 's'],
        ],
      },
      true,
    ],
    ['a row less', { ...region, values: [['NZ', 'n']] }, false],
    [
      'another word for a value',
      {
        ...region,
        values: [
          ['NZ', 'north'],
          ['AU', 's'],
          ['UK', 'f'],
        ],
      },
      false,
    ],
    ['another field', { ...region, zoho: 'State' }, false],
    ['another direction', { ...region, direction: 'zohoToXero' }, false],
    ['no table any more', { field: 'region', zoho: 'Region', xero: 'AccountNumber' }, false],
  ] as const satisfies readonly (readonly [string, FieldMapping, boolean])[])('%s', (_what, after, isWider) => {
    expect(isOnlyWider(documentOf(region), documentOf(after))).toBe(isWider)
  })
  test('a field more or less is another mapping', () => {
    expect(isOnlyWider(documentOf(region), documentOf(region, { ...region, field: 'other' }))).toBe(false)
    expect(isOnlyWider(documentOf(region), NO_MAPPING)).toBe(false)
    expect(isOnlyWider(NO_MAPPING, documentOf())).toBe(true)
  })
})

test('defaults that are written out mean what they mean when left out', () => {
  const plain: FieldMapping = { field: 'a', zoho: 'A', xero: 'X' }
  const written: FieldMapping = { ...plain, direction: 'both', blankErases: false, transform: {}, policy: 'ask' }
  expect(mappingMeaning(documentOf(written))).toEqual(mappingMeaning(documentOf(plain)))
  expect(mappingMeaning(documentOf())).toEqual(mappingMeaning(NO_MAPPING))
  expect(mappingMeaning(documentOf({ ...plain, values: [] }))).not.toEqual(mappingMeaning(documentOf(plain)))
  expect(mappingMeaning(documentOf({ ...region, values: region.values?.toReversed() ?? [] }))).toEqual(
    mappingMeaning(documentOf(region)),
  )
})
