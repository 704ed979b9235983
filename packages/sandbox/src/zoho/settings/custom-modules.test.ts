import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

async function profileOf(org: TestOrg): Promise<string> {
  return (await org.call('GET', '/users?type=CurrentUser')).json.text('users', 0, 'profile', 'id')
}

async function make(org: TestOrg, more: Record<string, unknown> = {}) {
  const profiles = [{ id: await profileOf(org) }]
  const labels = { singular_label: 'Xero Payment', plural_label: 'Xero Payments', api_name: 'Xero_Payments' }
  return org.call('POST', '/settings/modules', { body: { modules: [{ ...labels, profiles, ...more }] } })
}
const detailsOf = (answer: Awaited<ReturnType<typeof make>>) => [
  answer.status,
  answer.json.at('modules', 0, 'code'),
  answer.json.at('modules', 0, 'details', 'json_path'),
]
const used = async (org: TestOrg) => Number((await org.raw('GET', '/__sandbox/state')).json.at('credits', 'used'))

describe('a custom module', () => {
  it('is made under the name that was asked for, for 500 credits (a client that budgets one runs dry)', async () => {
    const org = await openOrg()
    const before = await used(org)
    const made = await make(org, { display_field: { field_label: 'Reference', data_type: 'text' } })
    expect([made.status, made.json.at('modules', 0, 'code')]).toEqual([200, 'SUCCESS'])
    expect((await used(org)) - before).toBe(501)
    const shown = (await org.call('GET', '/settings/modules/Xero_Payments')).json
    expect(shown.at('modules', 0, 'id')).toBe(made.json.at('modules', 0, 'details', 'id'))
    expect([shown.at('modules', 0, 'generated_type'), shown.at('modules', 0, 'plural_label')]).toEqual([
      'custom',
      'Xero Payments',
    ])
    const fields = (await org.call('GET', '/settings/fields?module=Xero_Payments')).json.list('fields')
    const name = fields.find((field) => field.at('api_name') === 'Name')
    expect([name?.at('field_label'), name?.at('system_mandatory')]).toEqual(['Reference', true])
  })

  it('derives its name from the plural when none is given', async () => {
    const org = await openOrg()
    await make(org, { api_name: undefined })
    expect((await org.call('GET', '/settings/modules/Xero_Payments')).status).toBe(200)
  })

  it('takes one module a call, labels of 25 plain signs, a known profile and a free name', async () => {
    const org = await openOrg()
    const two = await org.call('POST', '/settings/modules', { body: { modules: [{}, {}] } })
    expect([two.status, two.json.at('code')]).toEqual([400, 'LIMIT_EXCEEDED'])
    expect(detailsOf(await make(org, { plural_label: 'x'.repeat(26) }))).toEqual([
      400,
      'INVALID_DATA',
      '$.modules[0].plural_label',
    ])
    expect(detailsOf(await make(org, { singular_label: 'Xero-Payment' }))[2]).toBe('$.modules[0].singular_label')
    expect(detailsOf(await make(org, { singular_label: undefined }))[1]).toBe('MANDATORY_NOT_FOUND')
    expect(detailsOf(await make(org, { profiles: undefined }))[1]).toBe('MANDATORY_NOT_FOUND')
    expect(detailsOf(await make(org, { profiles: [{ id: '1' }] }))[2]).toBe('$.modules[0].profiles[0].id')
    expect(detailsOf(await make(org, { api_name: '1st' }))[2]).toBe('$.modules[0].api_name')
    expect(detailsOf(await make(org, { api_name: 'A__b' }))[2]).toBe('$.modules[0].api_name')
    expect(detailsOf(await make(org, { api_name: 'invoices' }))[1]).toBe('DUPLICATE_DATA')
    expect(detailsOf(await make(org, { display_field: { data_type: 'date' } }))[1]).toBe('INVALID_DATA')
    await make(org)
    expect(detailsOf(await make(org, { api_name: 'Others' }))[1]).toBe('DUPLICATE_DATA')
  })

  it('is refused where the edition has none, or where they are used up', async () => {
    const org = await openOrg()
    org.set('edition', 'standard')
    const refused = await make(org)
    expect([refused.status, refused.json.at('code')]).toEqual([400, 'NOT_SUPPORTED'])
    org.set('edition', 'professional')
    org.set('customModules', 'NOT_SUPPORTED')
    expect((await make(org)).json.at('code')).toBe('NOT_SUPPORTED')
    org.set('customModules', 'LIMIT_EXCEEDED')
    expect((await make(org)).json.at('modules', 0, 'code')).toBe('LIMIT_EXCEEDED')
    org.set('customModules', 'byEdition')
    org.set('moduleCreatedStatus', '201')
    expect((await make(org)).status).toBe(201)
  })

  it('is gone after a reset', async () => {
    const org = await openOrg()
    await make(org)
    await org.raw('POST', '/__sandbox/reset', { body: '{}' })
    expect((await org.call('GET', '/Xero_Payments?fields=Name')).json.at('code')).toBe('INVALID_MODULE')
  })
})

describe('the scopes of a custom module', () => {
  it('making one takes settings.modules.CREATE', async () => {
    const org = await openOrg()
    await org.limitTo('ZohoCRM.settings.modules.READ', 'ZohoCRM.users.READ')
    expect((await make(org)).json.at('code')).toBe('OAUTH_SCOPE_MISMATCH')
    await org.limitTo('ZohoCRM.settings.modules.CREATE', 'ZohoCRM.users.READ')
    expect((await make(org)).status).toBe(200)
  })

  it('its records go by "custom", by name or by either (a grant for the name alone reads nothing)', async () => {
    const org = await openOrg()
    await make(org)
    const list = async () => (await org.call('GET', '/Xero_Payments?fields=Name')).status
    const query = { select_query: 'select Name from Xero_Payments where id is not null' }
    await org.limitTo('ZohoCRM.modules.xero_payments.READ', 'ZohoCRM.coql.READ')
    expect([await list(), (await org.call('POST', '/coql', { body: query })).status]).toEqual([401, 401])
    org.set('customModuleScope', 'either')
    expect(await list()).toBe(204)
    await org.limitTo('ZohoCRM.modules.custom.READ', 'ZohoCRM.coql.READ')
    expect([await list(), (await org.call('POST', '/coql', { body: query })).status]).toEqual([204, 204])
    org.set('customModuleScope', 'byName')
    expect(await list()).toBe(401)
    org.set('customModuleScope', 'custom')
    expect([await list(), (await org.call('GET', '/Accounts?fields=id')).status]).toEqual([204, 401])
  })
})
