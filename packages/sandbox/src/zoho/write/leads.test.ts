import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

const LEAD = {
  First_Name: 'Ada',
  Last_Name: 'Byron',
  Company: 'Engines Pty',
  Email: 'ada@engines.example',
  Street: '1 Lovelace St',
  Zip_Code: '2000',
  No_of_Employees: 7,
}
const DEAL = { Deal_Name: 'First order', Stage: 'Qualification', Closing_Date: '2026-04-01' }

async function leadOrg(more: Record<string, unknown> = {}) {
  const org = await openOrg()
  const id = await org.add('Leads', { ...LEAD, ...more })
  const convert = (body: Record<string, unknown> = {}, lead = id) =>
    org.call('POST', `/Leads/${lead}/actions/convert`, { body: { data: [body] } })
  return { org, id, convert }
}
const read = async (org: TestOrg, path: string) => (await org.call('GET', path)).json
const idsIn = async (org: TestOrg, path: string) => (await read(org, path)).list('data').map((row) => row.at('id'))

describe('leads', () => {
  it('have a name put together and no say in what conversion writes', async () => {
    const { org, id } = await leadOrg({ Converted__s: true })
    const lead = await read(org, `/Leads/${id}`)
    expect([lead.at('data', 0, 'Full_Name'), lead.at('data', 0, 'Converted__s')]).toEqual(['Ada Byron', false])
    const nameless = await org.call('POST', '/Leads', { body: { data: [{ First_Name: 'Ada' }] } })
    expect(nameless.json.at('data', 0, 'details', 'api_name')).toBe('Last_Name')
    org.set('contactNameRule', 'firstOrLast')
    expect((await org.call('POST', '/Leads', { body: { data: [{ First_Name: 'Ada' }] } })).status).toBe(201)
  })
})

describe('conversion of a lead', () => {
  it('makes account, contact and deal of it, for five credits', async () => {
    const { org, id, convert } = await leadOrg()
    const used = async () => Number((await org.raw('GET', '/__sandbox/state')).json.at('credits', 'used'))
    const before = await used()
    const answer = await convert({ Deals: DEAL })
    expect([answer.status, (await used()) - before]).toEqual([200, 5])
    const made = (module: string) => answer.json.text('data', 0, 'details', module, 'id')
    const account = await read(org, `/Accounts/${made('Accounts')}`)
    expect(['Account_Name', 'Billing_Street', 'Employees'].map((name) => account.at('data', 0, name))).toEqual([
      'Engines Pty',
      '1 Lovelace St',
      7,
    ])
    const contact = await read(org, `/Contacts/${made('Contacts')}`)
    expect([contact.at('data', 0, 'Email'), contact.at('data', 0, 'Account_Name', 'id')]).toEqual([
      'ada@engines.example',
      made('Accounts'),
    ])
    const deal = await read(org, `/Deals/${made('Deals')}`)
    expect(deal.at('data', 0, 'Contact_Name', 'id')).toBe(made('Contacts'))
    const lead = await read(org, `/Leads/${id}`)
    expect(lead.at('data', 0, 'Converted__s')).toBe(true)
    expect(['Account', 'Contact', 'Deal'].map((name) => lead.at('data', 0, `Converted_${name}`, 'id'))).toEqual([
      made('Accounts'),
      made('Contacts'),
      made('Deals'),
    ])
    expect(lead.at('data', 0, 'Converted_Date_Time')).toBe('2026-03-01T10:00:00+11:00')
  })

  it('takes the lead out of default lists and searches, but is no delete (a sweep takes it for one)', async () => {
    const { org, id, convert } = await leadOrg()
    const other = await org.add('Leads', { Last_Name: 'Other' })
    await convert()
    await org.clock.advance(60_000)
    const list = '/Leads?fields=Last_Name&sort_order=asc'
    expect(await idsIn(org, list)).toEqual([other])
    expect(await idsIn(org, `${list}&converted=true`)).toEqual([id])
    expect(await idsIn(org, `${list}&converted=both`)).toEqual([id, other])
    expect((await org.call('GET', `${list}&converted=maybe`)).json.at('code')).toBe('INVALID_DATA')
    expect((await org.call('GET', '/Leads/deleted')).status).toBe(204)
    expect(await idsIn(org, '/Leads/search?word=by')).toEqual([])
    expect(await idsIn(org, '/Leads/search?word=by&converted=both')).toEqual([id])
    expect((await read(org, '/Leads/actions/count')).at('count')).toBe(1)
    const body = { select_query: 'select id from Leads where id is not null' }
    expect((await org.call('POST', '/coql', { body })).json.list('data')).toHaveLength(2)
    org.set('coqlConverted', 'excluded')
    expect((await org.call('POST', '/coql', { body })).json.list('data')).toHaveLength(1)
    expect((await org.raw('GET', '/?module=Leads')).text).not.toContain('Ada Byron')
  })

  it('happens once, and ends the edits of the lead', async () => {
    const { org, id, convert } = await leadOrg()
    await convert()
    const again = await convert()
    expect([again.status, again.json.at('code'), again.json.at('details')]).toEqual([
      400,
      'ID_ALREADY_CONVERTED',
      { resource_path_index: 1 },
    ])
    const edit = () => org.call('PUT', `/Leads/${id}`, { body: { data: [{ City: 'Ultimo' }] } })
    expect((await edit()).json.at('data', 0, 'code')).toBe('CONVERTED_RECORD')
    org.set('convertedLeadWrite', 'accepted')
    expect((await edit()).status).toBe(200)
  })

  it('uses the records that are named, and changes them only when told to', async () => {
    const { org, convert } = await leadOrg({ Phone: '02 1' })
    const account = await org.add('Accounts', { Account_Name: 'Engines Limited' })
    const contact = await org.add('Contacts', { Last_Name: 'Lovelace', Account_Name: { id: account } })
    const answer = await convert({ Contacts: { id: contact } })
    expect(answer.json.at('data', 0, 'details', 'Accounts')).toEqual({ name: 'Engines Limited', id: account })
    expect(answer.json.at('data', 0, 'details', 'Deals')).toBe(null)
    expect((await read(org, `/Accounts/${account}`)).at('data', 0, 'Phone')).toBe(null)
    expect(await idsIn(org, '/Accounts?fields=id')).toEqual([account])
    const second = await org.add('Leads', { ...LEAD, Phone: '02 1' })
    await convert({ Accounts: { id: account }, overwrite: true }, second)
    expect((await read(org, `/Accounts/${account}`)).at('data', 0, 'Phone')).toBe('02 1')
    expect(await idsIn(org, '/Contacts?fields=id')).toHaveLength(2)
  })

  it('takes custom fields along only where an admin has mapped them', async () => {
    const field = { field_label: 'Xero ID', data_type: 'text', length: 50 }
    for (const carries of ['standardOnly', 'sameName'] as const) {
      const { org, convert } = await leadOrg()
      org.set('conversionCarries', carries)
      for (const module of ['Leads', 'Accounts']) {
        await org.call('POST', `/settings/fields?module=${module}`, { body: { fields: [field] } })
      }
      const lead = await org.add('Leads', { ...LEAD, Xero_ID: 'x-1' })
      const account = (await convert({}, lead)).json.text('data', 0, 'details', 'Accounts', 'id')
      expect((await read(org, `/Accounts/${account}`)).at('data', 0, 'Xero_ID')).toBe(
        carries === 'sameName' ? 'x-1' : null,
      )
    }
  })

  it('makes nothing when any part of it is refused', async () => {
    const { org, id, convert } = await leadOrg()
    const nowhere = { id: '5600000000999999999' }
    const path = async (body: Record<string, unknown>) =>
      (await convert(body)).json.at('data', 0, 'details', 'json_path')
    expect(await path({ Deals: { ...DEAL, Stage: 'Odd' } })).toBe('$.data[0].Deals.Stage')
    expect(await path({ Deals: { ...DEAL, Closing_Date: undefined } })).toBe('$.data[0].Deals.Closing_Date')
    expect(await path({ Accounts: nowhere })).toBe('$.data[0].Accounts.id')
    expect(await path({ assign_to: nowhere })).toBe('$.data[0].assign_to.id')
    expect(await path({ Deals: 'x' })).toBe('$.data[0].Deals')
    expect((await convert({}, nowhere.id)).json.at('code')).toBe('INVALID_DATA')
    expect((await org.call('GET', '/Accounts?fields=id')).status).toBe(204)
    expect(await idsIn(org, '/Leads?fields=id')).toEqual([id])
    await org.limitTo('ZohoCRM.modules.leads.READ')
    expect((await convert()).json.at('code')).toBe('OAUTH_SCOPE_MISMATCH')
  })

  it('is done by a person too, and watchers hear of it', async () => {
    const { org, id } = await leadOrg({ Company: null })
    const watch = { channel_id: '7', events: ['Leads.all', 'Contacts.all'], notify_url: 'https://app.example.com/h' }
    await org.call('POST', '/actions/watch', { body: { watch: [{ ...watch, notify_on_related_action: false }] } })
    const done = await org.act({ action: 'convertLead', id, deal: DEAL })
    expect(done.json.at('result', 'account')).toBe(null)
    await org.clock.advance(2000)
    expect(org.callbacks.map((one) => [one.body.at('module'), one.body.at('operation')])).toEqual([
      ['Contacts', 'insert'],
      ['Leads', 'update'],
    ])
    const deal = await read(org, `/Deals/${done.json.text('result', 'deal')}`)
    expect(deal.at('data', 0, 'Created_By', 'name')).toBe('Sally Nguyen')
    expect((await org.act({ action: 'convertLead', id })).status).toBe(400)
    org.set('notifyConversion', 'none')
    await org.act({ action: 'convertLead', id: await org.add('Leads', { Last_Name: 'Quiet' }) })
    await org.clock.advance(2000)
    expect(org.callbacks.at(-1)?.body.at('module')).toBe('Contacts')
  })
})
