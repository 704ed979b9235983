import type { ZohoVerbs } from './zoho-verbs.ts'

const NO_ID = '5600000999999999999'
const MANY = 51

/** What Zoho refuses, each in another way. `accountId`: a record to build on. */
export async function driveRefusals(zoho: ZohoVerbs, accountId: string): Promise<void> {
  await zoho.refused(401).get('Accounts?fields=id', { authorization: 'Zoho-oauthtoken nonsense' })
  await zoho.refused(404).get('settings/nonsense/at/all')
  await zoho.get(`Accounts/${NO_ID}`)
  await driveReads(zoho.refused(400))
  await driveWrites(zoho.refused(400), accountId)
  await driveSettings(zoho.refused(400))
}

async function driveReads(zoho: ZohoVerbs): Promise<void> {
  const many = Array.from({ length: MANY }, (_, index) => `Field${index}`).join(',')
  await zoho.get('Accounts')
  await zoho.get(`Accounts?fields=${many}`)
  await zoho.get('Nonsense?fields=id')
  await zoho.get('Accounts?fields=id&page=11&per_page=200')
  await zoho.get('Accounts?fields=id&page=nonsense')
  await zoho.get('Accounts?fields=id&sort_by=Nonsense')
  await zoho.get('Accounts?fields=id&page=1&page_token=x')
  await zoho.get('Accounts?fields=id&page_token=x')
  await zoho.get('Accounts/nonsense')
  await zoho.get('Accounts/deleted?type=nonsense')
  await zoho.get('Accounts/search')
  await zoho.get('Accounts/search?criteria=nonsense')
  await zoho.send('POST', 'coql', {})
  await zoho.send('POST', 'coql', { select_query: 'select from where' })
  await zoho.send('POST', 'coql', { select_query: 'select id from Nonsense where id is not null' })
}

async function driveWrites(zoho: ZohoVerbs, accountId: string): Promise<void> {
  await zoho.send('POST', 'Accounts', '{"data":')
  await zoho.send('POST', 'Accounts', {})
  await zoho.send('POST', 'Accounts', { data: Array.from({ length: 101 }, () => ({ Account_Name: 'x' })) })
  await zoho.insert('Accounts', { Account_Name: 'x'.repeat(300), Industry: 'Nonsense', Employees: 'many' })
  await zoho.insert('Accounts', { Account_Name: 'Twin', Xero_Contact_Id: 'a-2' })
  await zoho.insert('Accounts', { Account_Name: 7, Parent_Account: { id: NO_ID } })
  await zoho.insert('Contacts', { Last_Name: 'Lee', Email: 'nonsense' })
  await zoho.insert('Invoices', { Subject: 'No lines', Account_Name: { id: accountId } })
  const line = { Product_Name: { id: NO_ID }, Quantity: 1 }
  await zoho.insert('Invoices', { Subject: 'No product', Account_Name: { id: accountId }, Invoiced_Items: [line] })
  await zoho.update('Accounts', { Account_Name: 'Without id' })
  await zoho.send('POST', 'Accounts/upsert', { data: [{ Account_Name: 'x' }], duplicate_check_fields: ['Nonsense'] })
  await zoho.remove(`Accounts/${NO_ID}`)
  await zoho.remove('Accounts')
}

async function driveSettings(zoho: ZohoVerbs): Promise<void> {
  const place = 'settings/fields?module=Accounts'
  const text = (label: string) => ({ field_label: label, data_type: 'text', length: 10 })
  await zoho.get('settings/fields')
  await zoho.send('POST', place, { fields: ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'].map(text) })
  await zoho.send('POST', place, { fields: [{ data_type: 'text' }] })
  await zoho.send('POST', place, { fields: [{ field_label: 'Odd', data_type: 'nonsense' }] })
  await zoho.send('POST', 'actions/watch', { watch: [{ channel_id: '2', events: ['Nonsense.all'] }] })
  await zoho.send('POST', 'actions/watch', { watch: [{ events: ['Accounts.all'] }] })
  await zoho.send('POST', 'actions/watch', {})
  await zoho.send('PATCH', 'actions/watch', { watch: [{ channel_id: '99', token: 'x' }] })
}
