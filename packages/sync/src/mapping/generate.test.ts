import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../model/default-settings.ts'
import { INVOICE_CUSTOMERS, type InvoiceSettings, NUMBERINGS } from '../model/invoice-settings.ts'
import type { ReferenceData } from '../model/reference.ts'
import { mappingGeneration, requiredZohoFields, suggestTaxMap, validateSettings } from './generate.ts'
import { REFERENCE, SETTINGS, zohoFieldOf } from './testing.ts'

function withRates(
  rates: readonly (readonly [string, string, string])[],
  taxes: ReferenceData['zoho']['taxes'],
): ReferenceData {
  const taxRates = rates.map(([taxType, name, effectiveRate]) => ({
    taxType,
    name,
    effectiveRate,
    status: 'ACTIVE',
    canApplyToRevenue: true,
  }))
  return { zoho: { ...REFERENCE.zoho, taxes }, xero: { ...REFERENCE.xero, taxRates } }
}

const AU = [
  ['OUTPUT', 'GST on Income', '10.0000'],
  ['EXEMPTOUTPUT', 'GST Free Income', '0.0000'],
  ['EXEMPTEXPORT', 'GST Free Exports', '0.0000'],
  ['BASEXCLUDED', 'BAS Excluded', '0.0000'],
  ['INPUTTAXED', 'Input Taxed', '0.0000'],
] as const
const GST = { id: 't-gst', name: 'GST', percentage: '10' }
const FREE = { id: 't-free', name: 'GST Free', percentage: '0.0' }
const EXPORT = { id: 't-exp', name: 'Export', percentage: '0' }

describe('suggestTaxMap (R42a)', () => {
  test('obvious taxes are suggested by rate and name, and what one takes is no choice for the next', () => {
    const { mappings, undecided } = suggestTaxMap(withRates(AU, [GST, FREE, EXPORT]))
    expect(Object.fromEntries(mappings.map(({ zohoTaxIds, xeroTaxType }) => [zohoTaxIds.join(), xeroTaxType]))).toEqual(
      {
        't-gst': 'OUTPUT',
        't-exp': 'EXEMPTEXPORT',
        't-free': 'EXEMPTOUTPUT',
        '': 'BASEXCLUDED',
      },
    )
    expect(undecided).toEqual([])
  })
  test('several equals are left to a person: four Australian codes are all 0 %', () => {
    const { mappings, undecided } = suggestTaxMap(withRates(AU, [GST, FREE]))
    expect(mappings.map(({ xeroTaxType }) => xeroTaxType)).not.toContain('EXEMPTOUTPUT')
    expect(undecided).toEqual([{ zohoTaxId: 't-free', name: 'GST Free', candidates: ['EXEMPTOUTPUT', 'EXEMPTEXPORT'] }])
  })
  test('a rate that nothing has stays open', () => {
    const odd = { id: 't-odd', name: 'City tax', percentage: '3' }
    expect(suggestTaxMap(withRates(AU, [odd])).undecided).toContainEqual({
      zohoTaxId: 't-odd',
      name: 'City tax',
      candidates: [],
    })
  })
})

test('field lists fit one Zoho list and leave out what is not provisioned (zoho-crm.md 3.1)', () => {
  for (const settings of [SETTINGS, DEFAULT_SETTINGS, { ...SETTINGS, customerModel: 'contactsAlone' } as const]) {
    for (const names of Object.values(requiredZohoFields(settings))) {
      expect(names.length).toBeLessThanOrEqual(50)
      expect(names).not.toContain('')
    }
  }
  expect(requiredZohoFields(SETTINGS).Invoices).toContain('Xero_ID')
})

describe('mappingGeneration', () => {
  const base = mappingGeneration(SETTINGS, REFERENCE)
  test('what changes meaning changes it: shadows of the old meaning would look like edits', () => {
    expect(mappingGeneration({ ...SETTINGS, taxMap: SETTINGS.taxMap.toReversed() }, REFERENCE)).not.toBe(base)
    expect(mappingGeneration({ ...SETTINGS, customerModel: 'contactsAlone' }, REFERENCE)).not.toBe(base)
    expect(mappingGeneration({ ...SETTINGS, swapAddresses: true }, REFERENCE)).not.toBe(base)
    for (const change of [
      { paidStatuses: ['Delivered'] },
      { customer: 'original' },
      { numberInReference: true },
    ] as const)
      expect(mappingGeneration({ ...SETTINGS, invoice: { ...SETTINGS.invoice, ...change } }, REFERENCE)).not.toBe(base)
    expect(
      mappingGeneration({ ...SETTINGS, fieldPolicies: { 'contact.fax': { direction: 'off' } } }, REFERENCE),
    ).not.toBe(base)
  })
  test('nothing of quotes counts until they are on: a release that knows them re-baselines nobody (R11)', () => {
    const { quoteStatusMap, kinds, provisioned } = SETTINGS
    const toXero = { ...quoteStatusMap.toXero, Draft: 'SENT' as const }
    const other = { ...SETTINGS, quoteStatusMap: { ...quoteStatusMap, toXero } }
    expect(mappingGeneration(other, REFERENCE)).toBe(base)
    expect(mappingGeneration({ ...SETTINGS, provisioned: { ...provisioned, xeroQuoteNumber: '' } }, REFERENCE)).toBe(
      base,
    )
    const isOn = { kinds: { ...kinds, quote: { ...kinds.quote, isOn: true } } }
    expect(mappingGeneration({ ...other, ...isOn }, REFERENCE)).not.toBe(
      mappingGeneration({ ...SETTINGS, ...isOn }, REFERENCE),
    )
  })
  test('what does not, does not: every link would be compared anew for nothing', () => {
    expect(mappingGeneration({ ...SETTINGS, quietSeconds: 9, allowSync: false }, REFERENCE)).toBe(base)
    const invoice: InvoiceSettings = { ...SETTINGS.invoice, dueRule: null, numbering: 'xero', xeroStatuses: ['PAID'] }
    expect(mappingGeneration({ ...SETTINGS, invoice }, REFERENCE)).toBe(base)
    expect(mappingGeneration({ ...SETTINGS, fieldPolicies: { 'contact.fax': { policy: 'ask' } } }, REFERENCE)).toBe(
      base,
    )
  })
})

const invoiceWith = (change: Partial<InvoiceSettings>): InvoiceSettings => ({ ...SETTINGS.invoice, ...change })
const TO_ONE = { at: '2026-11-01T00:00:00Z', to: 'oneByOne' } as const
const APPROVED_WHEN_PAID = { paid: 'AUTHORISED', unpaid: 'DRAFT' } as const

describe('validateSettings', () => {
  const codes = (changes: Partial<typeof SETTINGS>) =>
    validateSettings({ ...SETTINGS, ...changes }, REFERENCE).map(({ code }) => code)
  test('good settings have no fault', () => {
    expect(validateSettings(SETTINGS, REFERENCE)).toEqual([])
  })
  test.each([
    [{ invoicePrefix: 'ABCDE' }, 'valueTooLong'],
    [{ salesAccountCode: '999' }, 'accountNotValid'],
    [{ salesAccountCode: '610' }, 'accountNotValid'],
    [{ salesAccountCode: '', invoice: invoiceWith({ arrivalStatus: APPROVED_WHEN_PAID }) }, 'accountNotChosen'],
    [{ invoice: invoiceWith({ paidStatuses: ['Settled'] }) }, 'unmappedStatus'],
    [{ invoice: invoiceWith({ paidStatuses: ['Cancelled'] }) }, 'mappingInvalid'],
    [{ invoice: invoiceWith({ dueRule: { type: 'daysAfter', days: -1 } }) }, 'mappingInvalid'],
    [{ invoice: invoiceWith({ dueRule: { type: 'daysAfterMonthEnd', days: 1.5 } }) }, 'mappingInvalid'],
    [{ invoice: invoiceWith({ dueRule: { type: 'dayOfNextMonth', day: 32 } }) }, 'mappingInvalid'],
    [{ invoice: invoiceWith({ customer: 'onlineSale', onlineSale: { contactId: '', name: ' ' } }) }, 'mappingInvalid'],
    [{ invoice: invoiceWith({ sending: 'dailySummary', onlineSale: { contactId: '', name: ' ' } }) }, 'mappingInvalid'],
    [{ invoice: invoiceWith({ sending: 'dailySummary', sendingChanges: [TO_ONE] }) }, 'mappingInvalid'],
    [
      { invoice: invoiceWith({ sendingChanges: [TO_ONE, { ...TO_ONE, at: '2026-10-31T00:00:00Z' }] }) },
      'mappingInvalid',
    ],
    [{ invoice: invoiceWith({ sendingChanges: [{ ...TO_ONE, at: 'then' }] }) }, 'mappingInvalid'],
    [
      {
        invoice: invoiceWith({ sending: 'dailySummary' }),
        provisioned: { ...SETTINGS.provisioned, xeroInvoiceNumber: '' },
      },
      'mappingInvalid',
    ],
    [{ invoice: invoiceWith({ numbering: 'xero' }), publicUrl: '' }, 'mappingInvalid'],
    [{ invoice: invoiceWith({ numbering: 'both' }), publicUrl: 'https://xero-sync.example' }, 'mappingInvalid'],
    [{ invoice: invoiceWith({ xeroStatuses: [] }) }, 'mappingInvalid'],
    [{ provisioned: { ...SETTINGS.provisioned, paymentState: 'Gone' } }, 'fieldMissing'],
    [{ taxMap: [{ zohoTaxIds: ['t-old'], xeroTaxType: 'OUTPUT' }] }, 'taxNotValid'],
    [{ taxMap: [{ zohoTaxIds: [], xeroTaxType: 'GONE' }] }, 'taxNotValid'],
    [
      {
        taxMap: [
          { zohoTaxIds: [], xeroTaxType: 'OUTPUT' },
          { zohoTaxIds: [], xeroTaxType: 'BASEXCLUDED' },
        ],
      },
      'mappingInvalid',
    ],
    [{ roundingLimit: 'some' }, 'mappingInvalid'],
    [{ fieldPolicies: { 'contact.colour': {} } }, 'mappingInvalid'],
    [{ fieldPolicies: { 'invoice.status': { direction: 'both' as const } } }, 'mappingInvalid'],
    [{ provisioned: { ...SETTINGS.provisioned, addToXero: 'Gone' } }, 'fieldMissing'],
  ])('%o is %s (R15, R23b, R42)', (changes, code) => {
    expect(codes(changes)).toContain(code)
  })
  test('of quotes: the prefix, a stage that the org does not have, creates in the CRM; only where they are on', () => {
    const { kinds, quoteStatusMap } = SETTINGS
    const wrong = {
      quotePrefix: 'ABCDE',
      quoteStatusMap: { ...quoteStatusMap, toZoho: { SENT: 'Posted' } },
      kinds: { ...kinds, quote: { ...kinds.quote, isOn: true, zoho: { create: true, update: true, delete: false } } },
    }
    const stages = [zohoFieldOf('Quote_Stage', { picklist: ['Draft', 'Delivered'] })]
    const zoho = { ...REFERENCE.zoho, fields: { ...REFERENCE.zoho.fields, Quotes: stages } }
    const found = validateSettings({ ...SETTINGS, ...wrong }, { ...REFERENCE, zoho }).map(({ code }) => code)
    expect(found).toEqual(expect.arrayContaining(['valueTooLong', 'unmappedStatus', 'mappingInvalid']))
    expect(codes({ ...wrong, kinds })).toEqual([])
    expect(codes({ fieldPolicies: { 'quote.terms': { direction: 'off' } } })).toEqual([])
    expect(codes({ fieldPolicies: { 'quote.terms': { direction: 'both' } } })).toEqual(['mappingInvalid'])
  })
  test('every option of invoices has a value that is right', () => {
    const rules: readonly InvoiceSettings['dueRule'][] = [
      null,
      { type: 'daysAfterMonthEnd', days: 0 },
      { type: 'dayOfNextMonth', day: 31 },
    ]
    for (const dueRule of rules) expect(codes({ invoice: invoiceWith({ dueRule }) })).toEqual([])
    for (const numbering of NUMBERINGS) expect(codes({ invoice: invoiceWith({ numbering }) })).toEqual([])
    for (const customer of INVOICE_CUSTOMERS) expect(codes({ invoice: invoiceWith({ customer }) })).toEqual([])
    expect(codes({ invoice: invoiceWith({ paidStatuses: ['Delivered'] }) })).toEqual([])
  })
  test('the line list has a policy though it is no field', () => {
    expect(codes({ fieldPolicies: { 'invoice.lines': { policy: 'zoho' } } })).toEqual([])
  })
})
