import { afterEach, describe, expect, it } from 'vitest'
import { generateCompany } from '../../company/generate.ts'
import { type RunningSandbox, serveSandbox } from '../../core/serve.ts'
import { openOrg, type TestOrg } from '../test-org.ts'

const profile = { seed: 3, contacts: 30, items: 10, invoices: 25, shape: 'mixed', today: '2026-03-01' } as const

async function invoiceOrg(): Promise<{ org: TestOrg; invoice: string; account: string; product: string }> {
  const org = await openOrg()
  const account = await org.add('Accounts', { Account_Name: 'Acme' })
  const product = await org.add('Products', { Product_Name: 'Widget', Unit_Price: 10 })
  const lines = [{ Product_Name: product, Quantity: 1 }]
  const invoice = await org.add('Invoices', { Subject: 'I', Account_Name: account, Invoiced_Items: lines })
  return { org, invoice, account, product }
}

describe('what a person does', () => {
  it('is written as a sales person and validated like the API', async () => {
    const { org, account } = await invoiceOrg()
    await org.clock.advance(2000)
    await org.act({ action: 'edit', module: 'Accounts', id: account, values: { Phone: '02' } })
    const record = (await org.call('GET', `/Accounts/${account}`)).json
    expect(record.at('data', 0, 'Modified_By', 'name')).toBe('Sally Nguyen')
    const bad = await org.act({ action: 'edit', module: 'Accounts', id: account, values: { Account_Name: null } })
    expect([bad.status, bad.json.at('ok')]).toEqual([400, false])
  })

  it('adds, edits and removes single rows without losing the others', async () => {
    const { org, invoice, product } = await invoiceOrg()
    org.set('unmentionedRows', 'dropped')
    const added = await org.act({ action: 'addRow', id: invoice, values: { Product_Name: product, Quantity: 5 } })
    expect(added.json.list('result', 'Invoiced_Items')).toHaveLength(2)
    const rowId = added.json.text('result', 'Invoiced_Items', 0, 'id')
    const edited = await org.act({ action: 'editRow', id: invoice, rowId, values: { Quantity: 3 } })
    expect(edited.json.list('result', 'Invoiced_Items').map((row) => row.at('Quantity'))).toEqual([3, 5])
    const removed = await org.act({ action: 'deleteRow', id: invoice, rowId })
    expect(removed.json.at('result', 'Grand_Total')).toBe(50)
  })

  it('merges accounts: references move, the loser shows up as deleted', async () => {
    const { org, invoice, account } = await invoiceOrg()
    const winner = await org.add('Accounts', { Account_Name: 'Winner' })
    await org.act({ action: 'merge', winner, loser: account })
    expect((await org.call('GET', `/Invoices/${invoice}`)).json.at('data', 0, 'Account_Name', 'id')).toBe(winner)
    expect((await org.call('GET', '/Accounts/deleted')).json.at('data', 0, 'id')).toBe(account)
  })

  it('touches many rows within one second (a cursor by time alone skips the rest)', async () => {
    const org = await openOrg(generateCompany(profile))
    await org.act({ action: 'bulkTouch', module: 'Accounts', count: 8 })
    const list = await org.call('GET', '/Accounts?fields=Modified_Time&sort_by=Modified_Time&per_page=8')
    expect(new Set(list.json.list('data').map((row) => row.at('Modified_Time')))).toEqual(
      new Set(['2026-03-01T10:00:00+11:00']),
    )
  })

  it('revokes the grant', async () => {
    const org = await openOrg()
    await org.act({ action: 'revokeGrant' })
    expect((await org.call('GET', '/org')).status).toBe(401)
  })
})

describe('a seeded company', () => {
  it('holds what lives in the CRM, with sums that the API would have computed', async () => {
    const company = generateCompany(profile)
    const org = await openOrg(company)
    const accounts = company.parties.filter((party) => party.home !== 'xero').length
    const floor = (await org.raw('GET', '/__sandbox/floor')).json
    expect(floor.at('counts', 'Accounts')).toBe(accounts)
    const invoices = Number(floor.at('counts', 'Invoices'))
    expect(invoices).toBeGreaterThan(0)
    expect(floor.at('reads')).toEqual({
      Accounts: 1,
      Contacts: Math.ceil(Number(floor.at('counts', 'Contacts')) / 200),
      Products: 1,
      Invoices: 1,
      invoiceLines: invoices,
    })
    const id = (await org.call('GET', '/Invoices?fields=id')).json.text('data', 0, 'id')
    const before = (await org.call('GET', `/Invoices/${id}`)).json.at('data', 0, 'Grand_Total')
    await org.call('PUT', `/Invoices/${id}`, { body: { data: [{ Description: 'x' }] } })
    expect((await org.call('GET', `/Invoices/${id}`)).json.at('data', 0, 'Grand_Total')).toBe(before)
    expect((await org.call('GET', '/Accounts/search?word=a&fields=id')).status).toBe(400)
  })

  it('is emptied and seeded anew by reset', async () => {
    const org = await openOrg(generateCompany(profile))
    const body = JSON.stringify({ seed: 5, contacts: 4, items: 2, invoices: 3, shape: 'zohoOnly' })
    const answer = await org.raw('POST', '/__sandbox/reset', { body })
    expect(answer.json.at('result', 'Accounts')).toBe(4)
    expect((await org.call('GET', '/Accounts?fields=id')).json.list('data')).toHaveLength(4)
  })
})

describe('in process', () => {
  it('a dropped connection rejects instead of answering 500', async () => {
    const org = await openOrg()
    org.sandbox.control.faults.add({ effect: { type: 'dropAfter' }, skip: 0, times: 1 })
    await expect(org.call('POST', '/Accounts', { body: { data: [{ Account_Name: 'A' }] } })).rejects.toThrow('dropped')
    expect((await org.call('GET', '/Accounts?fields=id')).json.list('data')).toHaveLength(1)
  })
})

describe('pages', () => {
  it('list and search records, and save a form field by field as a sales person', async () => {
    const { org, account } = await invoiceOrg()
    expect((await org.raw('GET', '/?module=Accounts&q=acm')).text).toContain('Acme')
    const path = `/__sandbox/records/Accounts/${account}`
    expect((await org.raw('GET', path)).text).toContain('name="Account_Name"')
    const body = new URLSearchParams({ Account_Name: 'Acme <b>', Employees: '7' }).toString()
    expect((await org.raw('POST', path, { body })).text).toContain('Saved.')
    const record = (await org.call('GET', `/Accounts/${account}`)).json
    expect([record.at('data', 0, 'Account_Name'), record.at('data', 0, 'Employees')]).toEqual(['Acme <b>', 7])
    expect((await org.raw('GET', '/?module=Accounts')).text).toContain('Acme &lt;b&gt;')
    expect((await org.raw('POST', path, { body: 'Account_Name=' })).status).toBe(400)
  })
})

describe('over HTTP', () => {
  let running: RunningSandbox | undefined
  afterEach(() => running?.close())

  it('serves on a port, drops connections on demand after the write was committed', async () => {
    const { sandbox } = await openOrg()
    running = await serveSandbox(sandbox.app, 0)
    sandbox.setBaseUrl(running.url)
    const { clientId, clientSecret, refreshToken } = sandbox.credentials
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId }
    const query = new URLSearchParams({ ...form, client_secret: clientSecret })
    const token: unknown = await (await fetch(`${running.url}/oauth/v2/token?${query}`, { method: 'POST' })).json()
    expect(token).toMatchObject({ api_domain: running.url })
    const access = new Map(Object.entries(Object(token))).get('access_token')
    const headers = { authorization: `Zoho-oauthtoken ${String(access)}` }
    sandbox.control.faults.add({ effect: { type: 'dropAfter' }, method: 'POST', path: '/Accounts', skip: 0, times: 1 })
    const body = JSON.stringify({ data: [{ Account_Name: 'Committed' }] })
    const url = `${running.url}/crm/v8/Accounts`
    await expect(fetch(url, { method: 'POST', headers, body })).rejects.toThrow()
    const list: unknown = await (await fetch(`${url}?fields=Account_Name`, { headers })).json()
    expect(list).toMatchObject({ data: [{ Account_Name: 'Committed' }] })
  })
})
