import { type Probe, textIn, writtenId } from './probe.ts'
import { driveDocuments } from './zoho-documents-drive.ts'
import { driveRefusals } from './zoho-refusals-drive.ts'
import { type ZohoVerbs, zohoVerbs } from './zoho-verbs.ts'

const NO_ID = '5600000999999999999'

/** Every endpoint that the sync uses: metadata, lists, single reads, writes, searches, subscriptions and refusals. */
export async function driveZoho(probe: Probe): Promise<void> {
  const zoho = zohoVerbs(probe)
  await readSettings(zoho)
  await provisionFields(zoho)
  const accountId = await driveAccounts(zoho)
  await driveContacts(zoho, accountId)
  await driveDocuments(zoho, { accountId, productId: await driveProducts(zoho) })
  await driveQueries(zoho)
  await driveWatch(zoho)
  await driveRefusals(zoho, accountId)
}

async function readSettings(zoho: ZohoVerbs): Promise<void> {
  await zoho.get('org')
  await zoho.get('users?type=CurrentUser')
  const users = await zoho.get('users?type=AllUsers&page=1&per_page=200')
  await zoho.get(`users/${textIn(users, 'users', 'id')}`)
  const currencies = await zoho.get('org/currencies')
  await zoho.get(`org/currencies/${textIn(currencies, 'currencies', 'id')}`)
  await zoho.get('org/taxes')
  await zoho.get('settings/modules')
  await zoho.get('settings/modules/Invoices')
  for (const module of ['Accounts', 'Invoices', 'Invoiced_Items']) await zoho.get(`settings/fields?module=${module}`)
  await zoho.get('settings/fields?module=Products&type=all')
  const layouts = await zoho.get('settings/layouts?module=Invoices')
  await zoho.get(`settings/layouts/${textIn(layouts, 'layouts', 'id')}?module=Invoices`)
  await zoho.get('settings/related_lists?module=Accounts')
}

async function provisionFields(zoho: ZohoVerbs): Promise<void> {
  const place = 'settings/fields?module=Accounts'
  const unique = { field_label: 'Xero Contact Id', data_type: 'text', length: 50, unique: { case_sensitive: false } }
  const options = ['Pending', 'Synced'].map((value) => ({ display_value: value, actual_value: value }))
  const status = { field_label: 'Xero Sync Status', data_type: 'picklist', pick_list_values: options }
  const id = writtenId(await zoho.send('POST', place, { fields: [status, unique] }), 'fields')
  await zoho.refused(400).send('POST', place, { fields: [unique] })
  await zoho.get(`settings/fields/${id}?module=Accounts`)
  await zoho.send('PATCH', `settings/fields/${id}?module=Accounts`, { fields: [{ field_label: 'Xero State' }] })
  await zoho.remove(`settings/fields/${id}?module=Accounts`)
}

async function driveAccounts(zoho: ZohoVerbs): Promise<string> {
  await zoho.get('Accounts?fields=Account_Name,Owner,Billing_City&per_page=5&sort_by=Modified_Time&sort_order=asc')
  await zoho.get('Vendors?fields=Vendor_Name,Email&per_page=5')
  const account = { Account_Name: 'Contract Cafe', Phone: '+61 2 5550 1234', Xero_Contact_Id: 'a-1' }
  const id = writtenId(await zoho.insert('Accounts', account))
  await zoho.insert('Accounts', { Account_Name: 'Second' }, { Phone: '1' })
  await zoho.get(`Accounts/${id}`)
  await zoho.update(`Accounts/${id}`, { Fax: null, Website: 'https://a.example' })
  await zoho.update('Accounts', { id, Industry: null }, { id: NO_ID, Fax: '1' })
  const data = [account, { Xero_Contact_Id: 'a-2', Account_Name: 'Third' }]
  await zoho.send('POST', 'Accounts/upsert', { data, duplicate_check_fields: ['Xero_Contact_Id'], trigger: [] })
  return id
}

async function driveContacts(zoho: ZohoVerbs, accountId: string): Promise<void> {
  await zoho.get('Contacts?fields=Last_Name,Email,Account_Name,Owner&page=1&per_page=5')
  const person = { Last_Name: 'Lee', First_Name: 'Ada', Email: 'ada@contract.example', Account_Name: { id: accountId } }
  const id = writtenId(await zoho.insert('Contacts', person))
  await zoho.get(`Contacts/${id}`)
  await zoho.remove(`Contacts/${id}?wf_trigger=false`)
  await zoho.get('Contacts/deleted?type=all&page=1&per_page=10')
  await driveRecycleBin(zoho, id)
}

async function driveRecycleBin(zoho: ZohoVerbs, id: string): Promise<void> {
  const bin = 'settings/recycle_bin'
  await zoho.get(`${bin}?page=1&per_page=10`)
  await zoho.get(`${bin}/${id}`)
  await zoho.get(`${bin}/actions/count`)
  await zoho.send('POST', `${bin}/actions/restore`, { ids: [id] })
  await zoho.remove(`Contacts/${id}`)
  await zoho.send('POST', `${bin}/${id}/actions/restore`, undefined)
  await zoho.remove(`Contacts?ids=${id}`)
  await zoho.remove(`${bin}?ids=${id}`)
}

async function driveProducts(zoho: ZohoVerbs): Promise<string> {
  await zoho.get('Products?fields=Product_Name,Product_Code,Unit_Price,Tax,Taxable&per_page=5')
  const product = { Product_Name: 'Contract widget', Product_Code: 'CW-1', Unit_Price: 100.5, Taxable: true }
  const id = writtenId(await zoho.insert('Products', product))
  await zoho.get(`Products/${id}`)
  return id
}

async function driveQueries(zoho: ZohoVerbs): Promise<void> {
  const named = encodeURIComponent('(Account_Name:equals:Contract)')
  await zoho.get(`Accounts/search?criteria=${named}&fields=Account_Name`)
  await zoho.get('Accounts/search?word=Pty&page=1&per_page=5')
  await zoho.get(`Contacts/search?email=${encodeURIComponent('ada@contract.example')}`)
  await zoho.get('Accounts/actions/count')
  const columns = 'select id, Account_Name, Modified_Time from Accounts where Account_Name is not null'
  await zoho.send('POST', 'coql', { select_query: `${columns} order by Modified_Time asc limit 0, 5` })
}

async function driveWatch(zoho: ZohoVerbs): Promise<void> {
  const id = '1000000068001'
  const events = ['Accounts.all', 'Invoices.edit']
  const channel = { channel_id: id, events, notify_url: 'https://app.example.com/hooks/zoho', token: 'contract' }
  const options = { notify_on_related_action: false, return_affected_field_values: true }
  await zoho.send('POST', 'actions/watch', { watch: [{ ...channel, ...options }] })
  await zoho.get(`actions/watch?channel_id=${id}&page=1&per_page=10`)
  await zoho.send('PUT', 'actions/watch', { watch: [channel] })
  await zoho.send('PATCH', 'actions/watch', { watch: [{ channel_id: id, token: 'changed' }] })
  await zoho.remove(`actions/watch?channel_ids=${id}`)
}
