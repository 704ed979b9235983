import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

const post = (org: TestOrg, fields: readonly unknown[], module = 'Accounts') =>
  org.call('POST', `/settings/fields?module=${module}`, { body: { fields } })

async function fieldNames(org: TestOrg, module = 'Accounts') {
  const answer = await org.call('GET', `/settings/fields?module=${module}`)
  return answer.json.list('fields').map((field) => field.at('api_name'))
}

describe('fields', () => {
  it('derives the api name from the label and never returns it (a client that guesses it writes nowhere)', async () => {
    const org = await openOrg()
    const made = await post(org, [{ field_label: 'Xero: Contact Id', data_type: 'text' }])
    expect(made.status).toBe(201)
    expect(made.json.at('fields', 0, 'details', 'api_name')).toBeUndefined()
    await post(org, [{ field_label: 'Xero Contact-Id', data_type: 'text' }])
    const names = await fieldNames(org)
    expect(names).toContain('Xero_Contact_Id')
    expect(names).toContain('Xero_Contact_Id1')
  })

  it('refuses more than five, the same label twice, a pick list without values and unknown modules', async () => {
    const org = await openOrg()
    const field = (n: number) => ({ field_label: `F${n}`, data_type: 'text' })
    expect((await post(org, [1, 2, 3, 4, 5, 6].map(field))).json.at('code')).toBe('LIMIT_EXCEEDED')
    const mixed = await post(org, [field(1), field(1), { field_label: 'P', data_type: 'picklist' }])
    expect(mixed.status).toBe(207)
    expect(mixed.json.list('fields').map((one) => one.at('code'))).toEqual([
      'SUCCESS',
      'DUPLICATE_DATA',
      'MANDATORY_NOT_FOUND',
    ])
    expect((await post(org, [field(1)], 'Nope')).json.at('code')).toBe('INVALID_MODULE')
  })

  it('an external field names a record in the path, under X-EXTERNAL', async () => {
    const org = await openOrg()
    await post(org, [{ field_label: 'Ext', data_type: 'text', external: { type: 'org', show: false } }])
    const id = await org.add('Accounts', { Account_Name: 'A', Ext: 'guid-1' })
    const headers = { 'X-EXTERNAL': 'Accounts.Ext' }
    expect((await org.call('GET', '/Accounts/guid-1', { headers })).json.at('data', 0, 'id')).toBe(id)
    expect((await org.call('GET', '/Accounts/guid-2', { headers })).status).toBe(400)
  })

  it('shows line items as a subform and their own fields', async () => {
    const org = await openOrg()
    const fields = (await org.call('GET', '/settings/fields?module=Invoices')).json.list('fields')
    const lines = fields.find((field) => field.at('data_type') === 'subform')
    expect([lines?.at('api_name'), lines?.at('associated_module', 'module')]).toEqual([
      'Invoiced_Items',
      'Invoiced_Items',
    ])
    expect(await fieldNames(org, 'Invoiced_Items')).toContain('Line_Tax')
  })

  it('a pick list refuses unknown values, or stores them by switch', async () => {
    const org = await openOrg()
    const write = () => org.call('POST', '/Accounts', { body: { data: [{ Account_Name: 'A', Rating: 'Odd' }] } })
    expect((await write()).json.at('data', 0, 'details', 'supported_values', 1)).toBe('Active')
    org.set('unknownPicklist', 'stored')
    expect((await write()).status).toBe(201)
  })
})

describe('org', () => {
  it('names the tenant, its code and whether it has several currencies', async () => {
    const org = await openOrg()
    const shown = (await org.call('GET', '/org')).json
    expect([shown.at('org', 0, 'iso_code'), shown.at('org', 0, 'mc_status')]).toEqual(['AUD', true])
    expect(shown.text('org', 0, 'zgid')).toMatch(/^\d+$/)
    org.set('multiCurrency', 'off')
    expect((await org.call('GET', '/org/currencies')).status).toBe(204)
    const id = await org.add('Accounts', { Account_Name: 'A', Currency: 'USD' })
    expect((await org.call('GET', `/Accounts/${id}`)).json.at('data', 0, 'Currency')).toBeUndefined()
  })

  it('tells who the token user is', async () => {
    const org = await openOrg()
    const me = (await org.call('GET', '/users?type=CurrentUser')).json
    expect(me.list('users')).toHaveLength(1)
    const id = await org.add('Accounts', { Account_Name: 'A' })
    const record = (await org.call('GET', `/Accounts/${id}`)).json
    expect(record.at('data', 0, 'Modified_By', 'id')).toBe(me.at('users', 0, 'id'))
    expect((await org.call('GET', '/users?type=Nobody')).status).toBe(400)
  })

  it('lists modules, layouts, taxes and currencies', async () => {
    const org = await openOrg()
    const modules = (await org.call('GET', '/settings/modules')).json.list('modules')
    expect(modules.map((one) => one.at('api_name'))).toContain('Invoiced_Items')
    expect((await org.call('GET', '/settings/layouts?module=Accounts')).json.list('layouts')).toHaveLength(1)
    expect((await org.call('GET', '/org/taxes')).json.at('org_taxes', 'taxes', 0, 'value')).toBe(10)
    expect((await org.call('GET', '/org/currencies')).json.at('currencies', 1, 'exchange_rate')).toBe('0.660000000')
  })
})
