import { describe, expect, it } from 'vitest'
import { openOrg, type TestOrg } from '../test-org.ts'

async function taskOrg() {
  const org = await openOrg()
  const account = await org.add('Accounts', { Account_Name: 'Acme' })
  const product = await org.add('Products', { Product_Name: 'Widget', Unit_Price: 10 })
  const invoice = await org.add('Invoices', {
    Subject: 'Of March',
    Account_Name: { id: account },
    Invoiced_Items: [{ Product_Name: { id: product }, Quantity: 1, List_Price: 10 }],
  })
  const send = (values: Record<string, unknown>) =>
    org.call('POST', '/Tasks', { body: { data: [values], trigger: [] } })
  return { org, account, invoice, send }
}
const read = async (org: TestOrg, id: string) => (await org.call('GET', `/Tasks/${id}`)).json
const change = (org: TestOrg, id: string, values: Record<string, unknown>) =>
  org.call('PUT', `/Tasks/${id}`, { body: { data: [values] } })

// Catches: a client that is right only because its sandbox takes what the real CRM refuses.
describe('tasks', () => {
  it('name what they are about by its id and its module', async () => {
    const { org, invoice } = await taskOrg()
    const about = { Subject: 'Call them', What_Id: { id: invoice }, $se_module: 'Invoices', Due_Date: '2026-03-02' }
    const task = await read(org, await org.add('Tasks', about))
    expect(task.at('data', 0, 'What_Id')).toEqual({ id: invoice, name: 'Of March' })
    expect(task.at('data', 0, '$se_module')).toBe('Invoices')
    expect(task.at('data', 0, 'Status')).toBe('Not Started')
    const query = `select id, What_Id from Tasks where What_Id = '${invoice}'`
    const found = await org.call('POST', '/coql', { body: { select_query: query } })
    expect(found.json.at('data', 0, 'id')).toBe(task.at('data', 0, 'id'))
  })
  it.each([
    ['no subject', () => ({ Due_Date: '2026-03-02' }), 'MANDATORY_NOT_FOUND', 'Subject'],
    ['a record without its module', (id: string) => ({ What_Id: { id } }), 'MANDATORY_NOT_FOUND', '$se_module'],
    [
      'a record of another module',
      (id: string) => ({ What_Id: { id }, $se_module: 'Deals' }),
      'INVALID_DATA',
      'What_Id',
    ],
    ['a module of contacts', (id: string) => ({ What_Id: { id }, $se_module: 'Contacts' }), null, ''],
    ['a module that is none', () => ({ $se_module: 'Bills' }), 'INVALID_DATA', '$se_module'],
    ['an unknown status', () => ({ Status: 'Done' }), 'INVALID_DATA', 'Status'],
    ['a date that is none', () => ({ Due_Date: '02/03/2026' }), 'INVALID_DATA', 'Due_Date'],
    ['an owner who is nobody', () => ({ Owner: { id: '5600000000999999999' } }), 'INVALID_DATA', 'Owner'],
  ] as const)('with %s are refused', async (name, values, code, field) => {
    const { invoice, send } = await taskOrg()
    const subject = name === 'no subject' ? {} : { Subject: 'Call them' }
    const answer = await send({ ...subject, ...values(invoice) })
    expect(answer.status).toBe(400)
    if (code === null) return
    expect([answer.json.at('data', 0, 'code'), answer.json.at('data', 0, 'details', 'api_name')]).toEqual([code, field])
  })
  it('tell when they were completed, and forget it when they are open again', async () => {
    const { org } = await taskOrg()
    const id = await org.add('Tasks', { Subject: 'Call them', Closed_Time: '2026-01-01T00:00:00+00:00' })
    const closed = async () => (await read(org, id)).at('data', 0, 'Closed_Time')
    expect(await closed()).toBe(null)
    await change(org, id, { Status: 'Completed' })
    expect(await closed()).toBe('2026-03-01T10:00:00+11:00')
    await change(org, id, { Status: 'In Progress' })
    expect(await closed()).toBe(null)
  })
  it('stay about the same record when that is not sent again', async () => {
    const { org, invoice, account } = await taskOrg()
    const id = await org.add('Tasks', { Subject: 'Call', What_Id: { id: invoice }, $se_module: 'Invoices' })
    expect((await change(org, id, { Status: 'Deferred' })).status).toBe(200)
    expect((await read(org, id)).at('data', 0, 'What_Id', 'id')).toBe(invoice)
    expect((await change(org, id, { What_Id: { id: account } })).status).toBe(400)
    expect((await change(org, id, { What_Id: { id: account }, $se_module: 'Accounts' })).status).toBe(200)
  })
  it('need the right to tasks', async () => {
    const { org } = await taskOrg()
    await org.limitTo('ZohoCRM.modules.invoices.ALL')
    const answer = await org.call('GET', '/Tasks?fields=Subject')
    expect([answer.status, answer.json.at('code')]).toEqual([401, 'OAUTH_SCOPE_MISMATCH'])
    await org.limitTo('ZohoCRM.modules.tasks.READ')
    expect((await org.call('GET', '/Tasks?fields=Subject')).status).toBe(204)
    expect((await org.call('POST', '/Tasks', { body: { data: [{ Subject: 'x' }] } })).status).toBe(401)
  })
  it('take a unique field, or refuse one: a switch', async () => {
    const { org } = await taskOrg()
    const field = { field_label: 'Key', data_type: 'text', length: 100, unique: { case_sensitive: false } }
    const make = () => org.call('POST', '/settings/fields?module=Tasks', { body: { fields: [field] } })
    org.set('uniqueOnTasks', 'NOT_SUPPORTED')
    expect((await make()).json.at('fields', 0, 'code')).toBe('NOT_SUPPORTED')
    org.set('uniqueOnTasks', 'SUCCESS')
    expect((await make()).status).toBe(201)
    await org.add('Tasks', { Subject: 'One', Key: 'k' })
    const again = await org.call('POST', '/Tasks', { body: { data: [{ Subject: 'Two', Key: 'K' }] } })
    expect(again.json.at('data', 0, 'code')).toBe('DUPLICATE_DATA')
  })
})
