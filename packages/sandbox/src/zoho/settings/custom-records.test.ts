import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

const MODULE = 'Xero_Payments'
const FIELDS = [
  { field_label: 'Invoice', data_type: 'lookup', lookup: { module: { api_name: 'Invoices' }, display_label: 'Paid' } },
  { field_label: 'Amount', data_type: 'currency', currency: { precision: 2, rounding_option: 'normal' } },
  { field_label: 'Paid On', data_type: 'date' },
  { field_label: 'Xero Id', data_type: 'text', length: 50, unique: { case_sensitive: false } },
  {
    field_label: 'Kind',
    data_type: 'picklist',
    pick_list_values: [{ display_value: 'Full' }, { display_value: 'Part' }],
  },
]

async function paymentOrg() {
  const org = await openOrg()
  const profile = (await org.call('GET', '/users?type=CurrentUser')).json.text('users', 0, 'profile', 'id')
  const module = { singular_label: 'Xero Payment', plural_label: 'Xero Payments', api_name: MODULE }
  await org.call('POST', '/settings/modules', { body: { modules: [{ ...module, profiles: [{ id: profile }] }] } })
  const made = await org.call('POST', `/settings/fields?module=${MODULE}`, { body: { fields: FIELDS } })
  if (made.status !== 201) throw new Error(made.text)
  const last = [
    { field_label: 'Reconciled', data_type: 'boolean' },
    { field_label: 'Customer', data_type: 'lookup', lookup: { module: { api_name: 'Accounts' } } },
  ]
  await org.call('POST', `/settings/fields?module=${MODULE}`, { body: { fields: last } })
  const account = await org.add('Accounts', { Account_Name: 'Acme' })
  const product = await org.add('Products', { Product_Name: 'Widget', Unit_Price: 10 })
  const lines = [{ Product_Name: { id: product }, Quantity: 1 }]
  const invoice = await org.add('Invoices', { Subject: 'I-1', Account_Name: { id: account }, Invoiced_Items: lines })
  const payment = {
    Name: 'Payment 1',
    Invoice: { id: invoice },
    Customer: { id: account },
    Amount: 12.345,
    Paid_On: '2026-02-28',
    Xero_Id: 'abc',
    Kind: 'Part',
    Reconciled: true,
  }
  return { org, account, invoice, payment }
}
const ask = (org: TestOrg, select_query: string) => org.call('POST', '/coql', { body: { select_query } })

describe('records of a custom module', () => {
  it('are kept by type: money rounded, lookups named, dates plain', async () => {
    const { org, invoice, account, payment } = await paymentOrg()
    const id = await org.add(MODULE, payment)
    const read = (await org.call('GET', `/${MODULE}/${id}`)).json
    expect(read.at('data', 0, 'Amount')).toBe(12.35)
    expect(read.at('data', 0, 'Invoice')).toEqual({ name: 'I-1', id: invoice })
    expect(read.at('data', 0, 'Customer')).toEqual({ name: 'Acme', id: account })
    expect([read.at('data', 0, 'Paid_On'), read.at('data', 0, 'Reconciled')]).toEqual(['2026-02-28', true])
    expect(read.at('data', 0, 'Currency')).toBe('AUD')
  })

  it('need their Name, live targets, and a unique value of their own', async () => {
    const { org, account, payment } = await paymentOrg()
    const id = await org.add(MODULE, payment)
    const data = [
      { ...payment, Name: undefined, Xero_Id: 'x' },
      { ...payment, Xero_Id: 'y', Invoice: { id: account } },
      { ...payment, Xero_Id: 'ABC' },
      { ...payment, Xero_Id: 'z', Kind: 'Other' },
    ]
    const answer = await org.call('POST', `/${MODULE}`, { body: { data, trigger: [] } })
    expect(answer.json.list('data').map((one) => one.at('code'))).toEqual([
      'MANDATORY_NOT_FOUND',
      'INVALID_DATA',
      'DUPLICATE_DATA',
      'INVALID_DATA',
    ])
    expect(answer.json.at('data', 0, 'details', 'api_name')).toBe('Name')
    expect(answer.json.at('data', 2, 'details', 'duplicate_record', 'id')).toBe(id)
  })

  it('are matched by Name when an upsert lists nothing (two payments of one name become one)', async () => {
    const { org, payment } = await paymentOrg()
    const id = await org.add(MODULE, payment)
    const again = await org.call('POST', `/${MODULE}/upsert`, { body: { data: [{ Name: 'Payment 1', Amount: 5 }] } })
    expect([again.json.at('data', 0, 'action'), again.json.at('data', 0, 'duplicate_field')]).toEqual([
      'update',
      'Name',
    ])
    const body = { data: [{ ...payment, Name: 'Two' }], duplicate_check_fields: ['Xero_Id'] }
    const byId = await org.call('POST', `/${MODULE}/upsert`, { body })
    expect(byId.json.at('data', 0, 'details', 'id')).toBe(id)
  })

  it('are listed, found by COQL across both lookups, and searched', async () => {
    const { org, invoice, account, payment } = await paymentOrg()
    const id = await org.add(MODULE, payment)
    await org.add(MODULE, { Name: 'Other' })
    const list = (await org.call('GET', `/${MODULE}?fields=Name,Amount&sort_order=asc`)).json
    expect(list.list('data').map((row) => row.at('Name'))).toEqual(['Payment 1', 'Other'])
    const query = `select Name, Invoice.Account_Name.Account_Name, Amount from ${MODULE} where`
    const byInvoice = (await ask(org, `${query} (Invoice = '${invoice}' and Customer = '${account}')`)).json
    expect(byInvoice.at('data', 0)).toEqual({
      Name: 'Payment 1',
      'Invoice.Account_Name.Account_Name': 'Acme',
      Amount: 12.35,
      id,
    })
    expect((await ask(org, `${query} (Amount > 100 or Paid_On < '2026-01-01')`)).status).toBe(204)
    const search = `/${MODULE}/search?criteria=(Name:equals:payment)`
    expect((await org.call('GET', search)).status).toBe(204)
    await org.clock.advance(30_000)
    expect((await org.call('GET', search)).json.list('data')).toHaveLength(1)
    const related = await org.call('GET', `/Invoices/${invoice}/${MODULE}?fields=Name`)
    expect(related.json.list('data').map((row) => row.at('id'))).toEqual([id])
  })

  it('notify, go to the bin and come back', async () => {
    const { org, payment } = await paymentOrg()
    const created = await org.act({ action: 'create', module: MODULE, values: payment })
    const id = created.json.text('result', 'id')
    const watch = { channel_id: '7', events: [`${MODULE}.all`], notify_url: 'https://app.example.com/hooks' }
    expect((await org.call('POST', '/actions/watch', { body: { watch: [watch] } })).status).toBe(201)
    await org.act({ action: 'edit', module: MODULE, id, values: { Amount: 3 } })
    await org.call('DELETE', `/${MODULE}?ids=${id}`)
    await org.clock.advance(2000)
    expect(org.callbacks.map((one) => one.body.at('operation'))).toEqual(['update', 'delete'])
    const deleted = (await org.call('GET', `/${MODULE}/deleted`)).json
    expect([deleted.at('data', 0, 'id'), deleted.at('data', 0, 'display_name')]).toEqual([id, 'Payment 1'])
    await org.act({ action: 'restore', id })
    expect((await org.call('GET', `/${MODULE}?fields=Amount`)).json.at('data', 0, 'Amount')).toBe(3)
  })

  it('stand in the state and on the pages that a person sees', async () => {
    const { org, payment } = await paymentOrg()
    const id = await org.add(MODULE, payment)
    const state = (await org.raw('GET', '/__sandbox/state')).json
    expect(state.at('records', MODULE, 0, 'id')).toBe(id)
    const page = (await org.raw('GET', `/?module=${MODULE}`)).text
    expect([page.includes('Xero Payments'), page.includes('Payment 1')]).toEqual([true, true])
    const body = new URLSearchParams({ Amount: '8.5', Kind: 'Full' }).toString()
    expect((await org.raw('POST', `/__sandbox/records/${MODULE}/${id}`, { body })).text).toContain('Saved.')
    expect((await org.call('GET', `/${MODULE}/${id}`)).json.at('data', 0, 'Amount')).toBe(8.5)
  })

  it('are numbered by themselves when the module says so', async () => {
    const { org } = await paymentOrg()
    const profile = (await org.call('GET', '/users?type=CurrentUser')).json.text('users', 0, 'profile', 'id')
    const labels = { singular_label: 'Log', plural_label: 'Logs', profiles: [{ id: profile }] }
    const body = { modules: [{ ...labels, display_field: { field_label: 'No', data_type: 'autonumber' } }] }
    await org.call('POST', '/settings/modules', { body })
    const id = await org.add('Logs', { Name: 'mine' })
    expect((await org.call('GET', `/Logs/${id}`)).json.text('data', 0, 'Name')).toMatch(/^\d+$/)
  })
})
