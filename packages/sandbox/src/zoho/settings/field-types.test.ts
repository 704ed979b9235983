import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

const FIELDS = [
  { field_label: 'Amount Due', data_type: 'currency' },
  { field_label: 'Amount Paid', data_type: 'currency', currency: { precision: 4 } },
  { field_label: 'Last Synced', data_type: 'datetime' },
  {
    field_label: 'Xero Status',
    data_type: 'picklist',
    pick_list_values: ['DRAFT', 'PAID'].map((value) => ({ display_value: value, actual_value: value })),
  },
  { field_label: 'Locked In Xero', data_type: 'boolean' },
]

async function invoiceOrg() {
  const org = await openOrg()
  const made = await org.call('POST', '/settings/fields?module=Invoices', { body: { fields: FIELDS } })
  if (made.status !== 201) throw new Error(made.text)
  const account = await org.add('Accounts', { Account_Name: 'Acme' })
  const product = await org.add('Products', { Product_Name: 'Widget' })
  const lines = [{ Product_Name: { id: product }, Quantity: 1, List_Price: 10 }]
  const id = await org.add('Invoices', { Subject: 'I', Account_Name: { id: account }, Invoiced_Items: lines })
  return { org, id }
}
const put = (org: TestOrg, id: string, values: Record<string, unknown>) =>
  org.call('PUT', `/Invoices/${id}`, { body: { data: [values], trigger: [] } })

describe('fields that a money sync makes', () => {
  it('show their type, decimals and pick list', async () => {
    const { org } = await invoiceOrg()
    const fields = (await org.call('GET', '/settings/fields?module=Invoices')).json.list('fields')
    const shown = (name: string, ...keys: string[]) =>
      keys.map((key) => fields.find((field) => field.at('api_name') === name)?.at(key))
    expect(shown('Amount_Due', 'data_type', 'json_type', 'decimal_place')).toEqual(['currency', 'double', 2])
    expect(shown('Amount_Paid', 'decimal_place', 'custom_field')).toEqual([4, true])
    expect(shown('Last_Synced', 'data_type', 'json_type')).toEqual(['datetime', 'string'])
    expect(shown('Locked_In_Xero', 'data_type', 'json_type')).toEqual(['boolean', 'boolean'])
    const status = fields.find((field) => field.at('api_name') === 'Xero_Status')
    expect(status?.list('pick_list_values').map((value) => value.at('actual_value'))).toEqual(['DRAFT', 'PAID'])
  })

  it('keep right values: decimals by field, instants in the reader zone, null clears', async () => {
    const { org, id } = await invoiceOrg()
    const values = {
      Amount_Due: 10.005,
      Amount_Paid: 1.00005,
      Last_Synced: '2026-02-28T23:00:00+00:00',
      Xero_Status: 'PAID',
      Locked_In_Xero: true,
    }
    expect((await put(org, id, values)).status).toBe(200)
    const read = async () => (await org.call('GET', `/Invoices/${id}`)).json
    const whole = await read()
    expect(Object.keys(values).map((name) => whole.at('data', 0, name))).toEqual([
      10.01,
      1.0001,
      '2026-03-01T10:00:00+11:00',
      'PAID',
      true,
    ])
    await put(org, id, { Amount_Due: null, Last_Synced: null, Xero_Status: null })
    const cleared = await read()
    expect([cleared.at('data', 0, 'Amount_Due'), cleared.at('data', 0, 'Last_Synced')]).toEqual([null, null])
  })

  it.each([
    ['Amount_Due', '10.00', { expected_data_type: 'double' }],
    ['Amount_Due', 1e16, { maximum_length: 16 }],
    ['Last_Synced', '2026-03-01', { expected_data_type: 'datetime' }],
    ['Last_Synced', 1772445000123, { expected_data_type: 'datetime' }],
    ['Xero_Status', 'VOIDED', { supported_values: ['DRAFT', 'PAID'] }],
    ['Xero_Status', 1, { expected_data_type: 'picklist' }],
    ['Locked_In_Xero', 'true', { expected_data_type: 'boolean' }],
    ['Due_Date', '2026-02-30', { expected_data_type: 'date' }],
    ['Due_Date', '2026-03-01T10:00:00+11:00', { expected_data_type: 'date' }],
  ])('refuse %s = %j with INVALID_DATA', async (field, value, details) => {
    const { org, id } = await invoiceOrg()
    const answer = await put(org, id, { [field]: value })
    expect([answer.status, answer.json.at('data', 0, 'code')]).toEqual([400, 'INVALID_DATA'])
    expect(answer.json.at('data', 0, 'details')).toEqual({
      ...details,
      api_name: field,
      json_path: `$.data[0].${field}`,
    })
  })

  it('look up modules that have records, and no others', async () => {
    const { org } = await invoiceOrg()
    const code = async (target: string) => {
      const field = { field_label: 'To', data_type: 'lookup', lookup: { module: { api_name: target } } }
      const answer = await org.call('POST', '/settings/fields?module=Invoices', { body: { fields: [field] } })
      return answer.json.at('fields', 0, 'code')
    }
    expect([await code('Nothing'), await code('Quoted_Items')]).toEqual(['INVALID_DATA', 'INVALID_DATA'])
    expect(await code('Sales_Orders')).toBe('SUCCESS')
  })

  it('take labels of 50 signs, or of 25 under the other reading', async () => {
    const { org } = await invoiceOrg()
    const label = (length: number) => ({ field_label: 'L'.repeat(length), data_type: 'text' })
    const post = (length: number) =>
      org.call('POST', '/settings/fields?module=Invoices', { body: { fields: [label(length)] } })
    expect((await post(51)).json.at('fields', 0, 'details', 'maximum_length')).toBe(50)
    org.set('fieldLabelLength', '25')
    expect((await post(26)).json.at('fields', 0, 'details', 'maximum_length')).toBe(25)
    expect((await post(25)).status).toBe(201)
  })
})
