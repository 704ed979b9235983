import { describe, expect, test } from 'vitest'
import { createAllowList } from './allow-list.ts'
import { checkResponse } from './check-response.ts'
import { isObject } from './json-node.ts'
import { SHEET_DEVIATIONS } from './sheet-deviations.ts'
import { areSpecsMissing } from './specs-folder.ts'

const ID = '1f6f6a52-8f1c-4b57-9a0e-6a2a4f1b7c11'

/** The measured invoice of fact sheet Xero, section 4.3, shortened. */
const XERO_INVOICE = {
  Id: ID,
  Status: 'OK',
  ProviderName: 'CRM Sync',
  DateTimeUTC: '/Date(1791256520123)/',
  pagination: { page: 1, pageSize: 100, pageCount: 1, itemCount: 1 },
  Invoices: [
    {
      Type: 'ACCREC',
      InvoiceID: ID,
      InvoiceNumber: 'INV-0107',
      Payments: [{ PaymentID: ID, Date: '/Date(1791244800000+0000)/', Amount: 5, HasAccount: false }],
      AmountDue: 110,
      CurrencyRate: 1,
      SentToContact: false,
      Contact: { ContactID: ID, Name: 'Wattle Street Cafe', Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '5550' }] },
      DateString: '2026-10-06T00:00:00',
      Date: '/Date(1791244800000+0000)/',
      LineItems: [
        {
          Description: 'Consulting, October',
          UnitAmount: 50,
          TaxType: 'OUTPUT',
          Item: { ItemID: ID, Name: 'Consulting', Code: 'CONS' },
          LineItemID: ID,
          ValidationErrors: [],
        },
      ],
      UpdatedDateUTCString: '2026-10-06T03:15:20Z',
      CurrencyCode: 'AUD',
    },
  ],
}

/** Section 4.1 of fact sheet Zoho, shortened. */
const ZOHO_INVOICE = {
  data: [
    {
      id: '5600000000500001',
      Owner: { id: '1', name: 'Ada', email: 'ada@a.example' },
      Account_Name: { id: '2', name: 'Acme' },
      Subject: 'INV-0107',
      Grand_Total: 209,
      Modified_Time: '2026-03-02T09:15:04+11:00',
      Invoiced_Items: [
        {
          id: '3',
          Product_Name: { id: '4', name: 'Widget', Product_Code: 'W-1' },
          Quantity: 2,
          Line_Tax: [{ id: '5', name: 'GST', percentage: 10, value: 19 }],
          Parent_Id: { id: '6', name: 'INV-0107' },
        },
      ],
    },
  ],
  info: { per_page: 200, count: 1, page: 1, more_records: false },
}

const SAMPLES = [
  ['xero', `/api.xro/2.0/Invoices/${ID}`, XERO_INVOICE],
  ['zoho', '/crm/v8/Invoices/5600000000500001', ZOHO_INVOICE],
] as const

describe.skipIf(areSpecsMissing()).each(SAMPLES)('a faithful answer of %s', (api, path, body) => {
  const problems = (mutant: unknown) =>
    checkResponse(api, { method: 'GET', path, status: 200, body: mutant }, createAllowList(SHEET_DEVIATIONS))

  test('passes', () => {
    expect(problems(body)).toEqual([])
  })

  test('fails when any one name in it is misspelt', () => {
    const mutants = mutantsOf(body, (name, value) => [`${name}x`, value])
    expect(mutants.length).toBeGreaterThan(20)
    expect(mutants.filter(({ mutant }) => problems(mutant).length === 0).map(({ place }) => place)).toEqual([])
  })

  test('fails when any one list or object in it is a number', () => {
    const mutants = mutantsOf(body, (name, value) => [name, typeof value === 'object' ? 7 : value]).filter(
      ({ mutant }) => JSON.stringify(mutant) !== JSON.stringify(body),
    )
    expect(mutants.filter(({ mutant }) => problems(mutant).length === 0).map(({ place }) => place)).toEqual([])
  })
})

interface Mutant {
  readonly place: string
  readonly mutant: unknown
}

/** The value with one member altered at a time, everywhere in it. */
function mutantsOf(value: unknown, alter: (name: string, member: unknown) => [string, unknown]): Mutant[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      mutantsOf(item, alter).map(({ place, mutant }) => ({ place: `[]${place}`, mutant: value.with(index, mutant) })),
    )
  }
  if (!isObject(value)) return []
  const members = Object.entries(value)
  return members.flatMap(([name, member], index) => {
    const around = (pair: [string, unknown]) => Object.fromEntries(members.with(index, pair))
    const inner = mutantsOf(member, alter)
    return [
      { place: `.${name}`, mutant: around(alter(name, member)) },
      ...inner.map(({ place, mutant }) => ({ place: `.${name}${place}`, mutant: around([name, mutant]) })),
    ]
  })
}
