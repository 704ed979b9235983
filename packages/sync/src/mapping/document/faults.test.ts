import { describe, expect, test } from 'vitest'
import { type FieldMapping, MAPPING_LIMITS } from '../../model/mapping-document.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { validateSettings } from '../generate.ts'
import { zohoFieldOf } from '../testing.ts'
import { documentFaults } from './faults.ts'
import { CUSTOM, settingsWith } from './testing.ts'

const site: FieldMapping = { field: 'site', zoho: 'Site', xero: 'AccountNumber' }

function details(
  kind: 'contact' | 'item' | 'invoice',
  mappings: readonly FieldMapping[],
  at: { readonly settings?: Partial<ConnectionSettings>; readonly reference?: ReferenceData } = {},
): readonly string[] {
  return documentFaults(settingsWith(kind, mappings, at.settings), at.reference ?? CUSTOM).map(({ detail }) => detail)
}

test('good mappings have no fault', () => {
  expect(
    details('contact', [
      site,
      {
        field: 'region',
        zoho: 'Region',
        xero: 'CompanyNumber',
        values: [
          ['NZ', '1'],
          ['AU', '2'],
        ],
      },
      { field: 'score', zoho: 'Score', xero: 'TaxNumber', direction: 'zohoToXero', when: "record.Vip == 'true'" },
      { field: 'firstName', zoho: 'Contacts.Title', xero: 'FirstName' },
      { field: 'homepage', zoho: 'About', xero: 'Website', direction: 'xeroToZoho' },
    ]),
  ).toEqual([])
  expect(details('contact', [{ ...site, zoho: 'Parent_Account', lookup: 'contact' }])).toEqual([])
  expect(details('invoice', [{ field: 'subject', zoho: 'Subject', xero: 'Reference', policy: 'zoho' }])).toEqual([])
})

// Catches: a mapping that would be refused record by record, write to nowhere, or undo another rule for ever.
describe('each fault is named, with its place', () => {
  test.each([
    ['an unknown Zoho field', { zoho: 'Nowhere' }, /contact\.site: Zoho Accounts has no field Nowhere/],
    ['a name that is none', { zoho: 'A B' }, /no API name/],
    ['an unknown Xero field', { xero: 'ContactNumber' }, /cannot be mapped. Known: Name/],
    ['a calculated Zoho field as a target', { zoho: 'Score' }, /Score cannot be written.*zohoToXero/],
    ['an owner as a target', { zoho: 'Owner' }, /Owner cannot be written/],
    ['a Xero field that only shows', { xero: 'Website' }, /Website cannot be written.*xeroToZoho/],
    ['a type that is not known', { zoho: 'Seen' }, /type datetime cannot be mapped/],
    ['types that do not fit', { zoho: 'Since' }, /a text of Xero does not fit a date/],
    ['a look-up without its kind', { zoho: 'Parent_Account' }, /look-up needs the kind/],
    ['a kind for what is no look-up', { lookup: 'contact' as const }, /lookup is for look-up fields/],
    ['a link to what comes later', { zoho: 'Parent_Account', lookup: 'invoice' as const }, /comes before the invoice/],
    ['a name that means something else', { field: 'lines' }, /are taken/],
    ['a rule of the engine itself', { field: 'xeroId' }, /kept by Tandem itself/],
    ['an expression that cannot be read', { transform: { toXero: 'value +', toZoho: 'value' } }, /toXero, character 8/],
    ['a condition on both ways', { when: 'true' }, /condition needs a direction/],
    ['half of two transforms', { transform: { toXero: 'value' } }, /needs both transforms/],
    ['the record in both ways', { transform: { toXero: 'record.Vip', toZoho: 'value' } }, /can only use value/],
    [
      'a transform that is never used',
      { direction: 'zohoToXero' as const, transform: { toXero: 'value', toZoho: 'value' } },
      /nothing goes to Zoho/,
    ],
    [
      'a field of the record that is none',
      { direction: 'zohoToXero' as const, when: "record.Nope == ''" },
      /no field Nope/,
    ],
    [
      'transform and table',
      { transform: { toXero: 'value', toZoho: 'value' }, values: [['a', 'b']] as const },
      /exclude each other/,
    ],
    [
      'two meanings to Xero',
      {
        values: [
          ['a', '1'],
          ['a', '2'],
        ] as const,
      },
      /"a" of Zoho twice/,
    ],
    [
      'two meanings to Zoho',
      {
        values: [
          ['a', '1'],
          ['b', '1'],
        ] as const,
      },
      /"1" of Xero twice/,
    ],
    ['a choice that is none', { zoho: 'Region', values: [['FR', '1']] as const }, /Region has no choice "FR"/],
    ['a tax that is none', { xero: 'AccountsReceivableTaxType', values: [['a', 'NOPE']] as const }, /no tax rate NOPE/],
    ['our own field', { zoho: 'Xero_ID' }, /Accounts\.Xero_ID is kept by Tandem/],
    ['a field of a default rule', { zoho: 'Phone' }, /written by the default field phone: switch phone off/],
    ['a Xero field of a default rule', { xero: 'Name' }, /written by the default field name: map name anew/],
    [
      'a long table',
      { values: Array.from({ length: MAPPING_LIMITS.longestValueTable + 1 }, (_, at) => [`${at}`, `${at}`] as const) },
      /at most 500 rows/,
    ],
    [
      'a long expression',
      { transform: { toXero: `value${' '.repeat(1000)}`, toZoho: 'value' } },
      /at most 1000 characters/,
    ],
  ] as const satisfies readonly (readonly [string, Partial<FieldMapping>, RegExp])[])('%s', (_what, change, told) => {
    expect(details('contact', [{ ...site, ...change }]).join('\n')).toMatch(told)
  })

  test('one target twice, one name twice', () => {
    const twin = { ...site, field: 'twin', zoho: 'About' }
    expect(details('contact', [site, twin]).join()).toMatch(/AccountNumber is written by twin too/)
    expect(details('contact', [site, { ...twin, field: 'site', xero: 'TaxNumber' }]).join()).toMatch(/mapped twice/)
  })
  test('a target of a default rule is free when that one is switched off or mapped anew', () => {
    const phone = { ...site, zoho: 'Phone' }
    expect(
      details('contact', [phone], { settings: { fieldPolicies: { 'contact.phone': { direction: 'off' } } } }),
    ).toEqual([])
    const subject: FieldMapping = { field: 'subject', zoho: 'Note', xero: 'Reference' }
    expect(details('invoice', [subject]).join()).toMatch(/Zoho needs Subject/)
    expect(
      details('invoice', [
        { ...subject, direction: 'zohoToXero' },
        { field: 'title', zoho: 'Subject', xero: 'InvoiceNumber', direction: 'xeroToZoho' },
      ]),
    ).toEqual([])
  })
  test('without its name a contact cannot be made in Xero', () => {
    expect(details('contact', [{ field: 'name', zoho: 'Account_Name', xero: 'AccountNumber' }]).join()).toMatch(
      /Xero needs Name/,
    )
  })
  test('statuses stay statuses', () => {
    const status: FieldMapping = { field: 'status', zoho: 'Status', xero: 'Status', direction: 'xeroToZoho' }
    expect(
      details('invoice', [
        {
          ...status,
          values: [
            ['Approved', 'AUTHORISED'],
            ['Delivered', 'PAYED'],
          ],
        },
      ]).join(),
    ).toMatch(/no status PAYED/)
    expect(details('invoice', [{ ...status, xero: 'InvoiceNumber' }]).join()).toMatch(/stay on Xero's Status/)
  })
  // Catches: fields past the fiftieth, which a list of Zoho leaves out: they would read as emptied.
  test('more fields than a list of Zoho carries, or than a mapping may have', () => {
    const many = Array.from({ length: 40 }, (_, at) => `F${at}`)
    const reference = {
      ...CUSTOM,
      zoho: { ...CUSTOM.zoho, fields: { Accounts: many.map((name) => zohoFieldOf(name)) } },
    }
    const record = many
      .map((name) => `record.${name}`)
      .slice(0, 39)
      .join('+')
    const wide: FieldMapping = { ...site, zoho: 'F39', direction: 'zohoToXero', transform: { toXero: record } }
    expect(details('contact', [wide], { reference }).join()).toMatch(/lists 50 fields of Accounts at most/)
    const mappings = Array.from({ length: 41 }, (_, at) => ({ ...site, field: `f${at}` }))
    expect(details('contact', mappings)).toEqual(['contact: a mapping has at most 40 fields of a kind, this one 41'])
  })
})

test('they are faults of the settings, so that a field which vanishes later is told, too', () => {
  const settings = settingsWith('contact', [{ ...site, zoho: 'Gone' }])
  expect(validateSettings(settings, CUSTOM)).toContainEqual(
    expect.objectContaining({ code: 'mappingInvalid', detail: 'contact.site: Zoho Accounts has no field Gone' }),
  )
})

test('a mapped field has policies like any other', () => {
  const settings = { ...settingsWith('contact', [site]), fieldPolicies: { 'contact.site': { policy: 'ask' as const } } }
  expect(validateSettings(settings, CUSTOM)).toEqual([])
})
