import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

async function orgWithRows() {
  const org = await openOrg()
  const acme = await org.add('Accounts', { Account_Name: "O'Brien & Co", Employees: 5, Website: 'a.example' })
  const other = await org.add('Accounts', { Account_Name: 'Zeta', Employees: 12 })
  await org.add('Contacts', { Last_Name: 'One', Email: 'One@x.example', Account_Name: acme })
  await org.add('Contacts', { Last_Name: 'Two', Account_Name: other })
  return { org, acme, other }
}
const ask = (org: TestOrg, select_query: string) => org.call('POST', '/coql', { body: { select_query } })
const names = async (org: TestOrg, where: string) =>
  (await ask(org, `select Account_Name from Accounts where ${where}`)).json
    .list('data')
    .map((row) => row.at('Account_Name'))

describe('COQL', () => {
  it('finds at once what search does not yet see, exactly', async () => {
    const { org, acme } = await orgWithRows()
    const answer = await ask(org, "select id from Accounts where Account_Name = 'O''Brien & Co'")
    expect(answer.json.list('data').map((row) => row.at('id'))).toEqual([acme])
    expect(await names(org, "Account_Name = 'Brien'")).toEqual([])
    expect(await names(org, "Account_Name = 'zeta'")).toEqual(['Zeta'])
    org.set('coqlEquality', 'caseSensitive')
    expect(await names(org, "Account_Name = 'zeta'")).toEqual([])
  })

  it('knows the operators', async () => {
    const { org, other } = await orgWithRows()
    expect(await names(org, 'Employees > 5')).toEqual(['Zeta'])
    expect(await names(org, 'Employees between 1 and 5')).toHaveLength(1)
    expect(await names(org, `id in (${other}, 5600000000000000001)`)).toEqual(['Zeta'])
    expect(await names(org, `id not in ('${other}')`)).toHaveLength(1)
    expect(await names(org, "Account_Name like 'o%co'")).toHaveLength(1)
    expect(await names(org, "Account_Name not like '%z%'")).toHaveLength(1)
    expect(await names(org, 'Website is null')).toEqual(['Zeta'])
    expect(await names(org, 'Website is not null')).toHaveLength(1)
    expect(await names(org, "Modified_Time >= '2026-02-28T23:00:00+00:00'")).toHaveLength(2)
    expect(await names(org, "Modified_Time > '2026-02-28T23:00:00+00:00'")).toHaveLength(0)
  })

  it('wants more than two conditions nested in pairs', async () => {
    const { org } = await orgWithRows()
    const flat = await ask(org, 'select id from Accounts where Employees > 1 and Employees > 2 and Employees > 3')
    expect([flat.status, flat.json.at('code')]).toEqual([400, 'SYNTAX_ERROR'])
    expect(await names(org, '((Employees > 1 and Employees > 2) and Employees > 5)')).toEqual(['Zeta'])
  })

  it('joins over a lookup, orders by several columns and pages', async () => {
    const { org } = await orgWithRows()
    const query = 'select Last_Name, Account_Name.Account_Name from Contacts where id is not null'
    const answer = await ask(org, `${query} order by Account_Name.Employees desc, id asc limit 1, 1`)
    expect(answer.json.at('data', 0, 'Account_Name.Account_Name')).toBe("O'Brien & Co")
    expect(answer.json.at('info')).toEqual({ count: 1, more_records: false })
    expect((await ask(org, `${query} limit 1 offset 0`)).json.at('info', 'more_records')).toBe(true)
    expect((await ask(org, `${query} limit 1 offset 9`)).status).toBe(204)
  })

  it('refuses a missing where, a limit beyond 2,000, unknown columns and modules', async () => {
    const { org } = await orgWithRows()
    const code = async (query: string) => (await ask(org, query)).json.at('code')
    expect(await code('select id from Accounts')).toBe('SYNTAX_ERROR')
    expect(await code('select id from Accounts where id is not null limit 2001')).toBe('LIMIT_EXCEEDED')
    expect(await code('select Nope from Accounts where id is not null')).toBe('INVALID_QUERY')
    expect(await code("select id from Accounts where Employees = 'many'")).toBe('INVALID_QUERY')
    expect(await code('select id from Nothing where id is not null')).toBe('INVALID_MODULE')
  })

  it('reads line items only under the switch', async () => {
    const { org, acme } = await orgWithRows()
    const product = await org.add('Products', { Product_Name: 'W' })
    const lines = [{ Product_Name: product, Quantity: 2, List_Price: 5, Line_Tax: [{ name: 'GST' }] }]
    const invoice = await org.add('Invoices', { Subject: 'I', Account_Name: acme, Invoiced_Items: lines })
    const query = `select Quantity, Net_Total, Line_Tax, Parent_Id from Invoiced_Items where Parent_Id in ('${invoice}')`
    expect((await ask(org, query)).json.at('code')).toBe('INVALID_MODULE')
    org.set('coqlOnSubform', 'on')
    const row = (await ask(org, query)).json
    expect([row.at('data', 0, 'Net_Total'), row.at('data', 0, 'Parent_Id', 'id')]).toEqual([11, invoice])
    expect(row.at('data', 0, 'Line_Tax', 0, 'name')).toBe('GST')
  })

  it('counts', async () => {
    const { org } = await orgWithRows()
    const answer = await ask(org, 'select COUNT(id) from Accounts where id is not null')
    expect(answer.json.at('data', 0, 'COUNT(id)')).toBe(2)
  })
})
