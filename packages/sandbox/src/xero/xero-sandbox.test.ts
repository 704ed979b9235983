import { describe, expect, test } from 'vitest'
import { createChance } from '../core/chance.ts'
import { createClock } from '../core/clock.ts'
import { serveSandbox } from '../core/serve.ts'
import { createXeroSandbox } from './index.ts'
import { apiHeaders, at, connect, SCOPES, smallCompany, startSandbox, textAt } from './testing.ts'

describe('a seeded company', () => {
  test('stands in Xero as told: archived parties, paid documents with their payment, no contact numbers', async () => {
    const company = smallCompany({ contacts: 200, items: 30, invoices: 120 })
    const { call } = await startSandbox({ company })
    const wanted = company.parties.filter((party) => party.home !== 'zoho')
    const contacts = await call('GET', 'Contacts?page=1&pageSize=1000&includeArchived=true')
    expect(textAt(contacts.json, 'pagination', 'itemCount')).toBe(String(wanted.length))
    expect(contacts.text).not.toContain('ContactNumber')
    expect(contacts.text.split('"ContactStatus":"ARCHIVED"').length - 1).toBe(
      wanted.filter((party) => party.oddities.includes('archivedInXero')).length,
    )
    const paid = await call('GET', 'Invoices?Statuses=PAID&pageSize=1')
    expect(paid.text).toContain('"AmountDue":0.00')
    expect(at(paid.json, 'Invoices', 0, 'Payments', 0, 'PaymentID')).toBeDefined()
    expect(at((await call('GET', 'Items')).json, 'Items', 0, 'SalesDetails', 'AccountCode')).toBe('200')
  })

  test('an Australian organisation: eleven tax rates, system accounts, one default theme', async () => {
    const { call } = await startSandbox()
    expect(at((await call('GET', 'TaxRates')).json, 'TaxRates')).toHaveLength(11)
    expect((await call('GET', 'Accounts')).text).toContain('"SystemAccount":"ROUNDING"')
    expect(at((await call('GET', 'BrandingThemes')).json, 'BrandingThemes', 0)).toMatchObject({
      Name: 'Standard',
      SortOrder: 0,
    })
    expect(at((await call('GET', 'Organisation')).json, 'Organisations', 0)).toMatchObject({
      Timezone: 'AUSEASTERNSTANDARDTIME',
      BaseCurrency: 'AUD',
    })
    expect((await call('GET', 'Organisation')).text).not.toContain('PeriodLockDate')
    expect((await call('GET', 'Users')).status).toBe(200)
    expect((await call('GET', 'Organisation/Actions')).text).toContain('CreateDraftInvoice')
  })

  test('reset brings the company back and keeps the connection', async () => {
    const { call, control, act } = await startSandbox({
      company: smallCompany({ contacts: 20, items: 5, invoices: 5 }),
    })
    await act({ action: 'createContact', fields: { Name: 'Extra' } })
    const after = await control('POST', 'reset', {})
    expect(after.status).toBe(200)
    expect((await call('GET', 'Contacts?page=1')).text).not.toContain('Extra')
  })

  test('the floor counts the fewest calls', async () => {
    const { control } = await startSandbox({ company: smallCompany({ contacts: 20, items: 5, invoices: 5 }) })
    const floor = await control('GET', 'floor?contacts=10000&items=2000&invoices=20000')
    expect(at(floor.json, 'reads', 'settings')).toBe(6)
    expect(at(floor.json, 'writes')).toEqual({ contacts: 200, items: 40, invoices: 400, total: 640 })
  })
})

describe('the page', () => {
  test('a person finds, edits and archives a contact; names are escaped; clicks are not counted as calls', async () => {
    const { app, sandbox, call } = await startSandbox()
    const made = await call('PUT', 'Contacts', { body: { Name: 'Smith & "Sons"' } })
    const id = textAt(made.json, 'Contacts', 0, 'ContactID')
    const calls = sandbox.control.log.count()
    const get = async (path: string) => (await app.fetch(new Request(`http://localhost${path}`))).text()
    expect(await get('/?q=smith')).toContain('Smith &amp; &quot;Sons&quot;')
    const form = (body: Record<string, string>) =>
      app.fetch(
        new Request(`http://localhost/__sandbox/ui/contacts/${id}`, {
          method: 'POST',
          body: new URLSearchParams(body),
        }),
      )
    expect((await form({ action: 'editContact', Name: 'Smith', EmailAddress: 'x' })).headers.get('location')).toContain(
      'Email',
    )
    expect((await form({ action: 'archiveContact' })).status).toBe(303)
    expect(await get(`/?kind=contacts&id=${id}`)).toContain('ARCHIVED')
    expect(await get('/?kind=invoices')).toContain('0 invoices')
    expect(await get('/?kind=items')).toContain('0 items')
    expect(sandbox.control.log.count()).toBe(calls)
  })
})

test('over real HTTP on one port: connect, write, read, and every switch answers', async () => {
  const sandbox = createXeroSandbox({ clock: createClock(), chance: createChance(3) })
  const server = await serveSandbox(sandbox.app, 0)
  sandbox.setBaseUrl(server.url)
  try {
    const tokens = await connect(sandbox, SCOPES)
    const headers = apiHeaders(sandbox, tokens.access_token)
    const body = JSON.stringify({ Contacts: [{ Name: 'Acme' }] })
    const made = await fetch(`${server.url}/api.xro/2.0/Contacts`, { method: 'PUT', headers, body })
    expect(made.status).toBe(200)
    const discovery: unknown = await (await fetch(`${server.url}/.well-known/openid-configuration`)).json()
    expect(at(discovery, 'token_endpoint')).toBe(`${server.url}/connect/token`)
    for (const { name, values } of sandbox.control.switches.list()) {
      expect(values.length).toBeGreaterThan(1)
      expect(sandbox.control.switches.set(name, values[1] ?? '')).toEqual({ ok: true })
    }
  } finally {
    await server.close()
  }
})
