import { expect, test } from 'vitest'
import { faultLines, mappedLines, presetLines, testLines } from './mapping.ts'

// Catches: a table in the words of one system only (R22).
test("both systems' words stand side by side, with the way that a field goes", () => {
  const field = { field: 'site', label: { zoho: 'Site', xero: 'Account number' }, policy: 'newest' } as const
  const lines = mappedLines({
    kinds: [
      {
        kind: 'contact',
        fields: [
          { ...field, direction: 'both', origin: 'document' },
          {
            ...field,
            field: 'xeroId',
            label: { zoho: 'Xero ID', xero: 'Contact ID' },
            direction: 'xeroToZoho',
            origin: 'default',
          },
        ],
        zoho: [],
        xero: [],
      },
    ],
  })
  expect(lines.join('\n')).toMatch(
    /Site +<-> +Account number +contact\.site \(yours\)\n +Xero ID +<- +Contact ID +contact\.xeroId$/,
  )
})

test('what a sample would be, would not be, and why it waits', () => {
  const about = {
    field: 'site',
    label: { zoho: 'Site', xero: 'Account number' },
    direction: 'both',
    from: '1',
  } as const
  expect(
    testLines({
      fields: [
        { ...about, outcome: { type: 'written', value: '1', payload: { AccountNumber: '1' } } },
        { ...about, outcome: { type: 'notThisWay' } },
        { ...about, outcome: { type: 'held', code: 'unmappedValue', detail: 'no word for it' } },
      ],
    }),
  ).toEqual([
    'site: Site | Account number: sends {"AccountNumber":"1"}',
    'site: Site | Account number: goes the other way only',
    'site: Site | Account number: waits for a person (unmappedValue). no word for it',
  ])
  expect(testLines({ fields: [] })[0]).toMatch(/No field/)
})

test('every fault, and that nothing was changed', () => {
  const fault = { kind: 'contact', field: 'site', code: 'mappingInvalid', detail: 'contact.site: wrong' } as const
  expect(faultLines([fault, fault])).toEqual([
    'This mapping has 2 faults:',
    '  contact.site: wrong',
    '  contact.site: wrong',
    'Nothing was changed.',
  ])
})

test('presets are named as they are typed', () => {
  const document = { version: 1, name: '', kinds: {} } as const
  expect(presetLines([{ id: 'literalNames', title: 'To the letter', document }])).toEqual([
    'literalNames  To the letter',
    'To use one: tandem mapping import --preset ID',
  ])
})
