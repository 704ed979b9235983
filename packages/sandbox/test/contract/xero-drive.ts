import { type Probe, textIn } from './probe.ts'
import { driveCreditNotes, driveInvoices, drivePayments, driveQuotes } from './xero-documents-drive.ts'
import { type XeroVerbs, xeroVerbs } from './xero-verbs.ts'

const NOWHERE = '00000000-0000-4000-8000-000000000001'

const NEW_CONTACT = {
  Name: 'Wattle Street Contract Cafe',
  ContactNumber: 'ZCRM-1',
  EmailAddress: 'accounts@wattle.example',
  TaxNumber: '51824753556',
  Addresses: [{ AddressType: 'POBOX', AddressLine1: '8 Wattle St', City: 'Ultimo', PostalCode: '2007' }],
  Phones: [{ PhoneType: 'DEFAULT', PhoneCountryCode: '61', PhoneAreaCode: '02', PhoneNumber: '5550 1234' }],
  ContactPersons: [{ FirstName: 'Ada', LastName: 'Lee', EmailAddress: 'ada@wattle.example', IncludeInEmails: true }],
  PaymentTerms: { Sales: { Day: 20, Type: 'OFFOLLOWINGMONTH' } },
}

/** Every endpoint that the sync uses: lists, single reads, creates, updates, deletes and what is refused. */
export async function driveXero(probe: Probe): Promise<void> {
  const xero = xeroVerbs(probe)
  await readSettings(xero)
  const parties = { contactId: await driveContacts(xero), code: await driveItems(xero) }
  const invoiceId = await driveInvoices(xero, parties)
  await drivePayments(xero, invoiceId)
  await driveQuotes(xero, parties)
  await driveCreditNotes(xero, parties)
  await driveRefusals(xero)
  await driveConnections(probe)
}

async function readSettings(xero: XeroVerbs): Promise<void> {
  await xero.get('Organisation')
  await xero.get('Organisation/Actions')
  const accounts = await xero.get('Accounts')
  await xero.get(`Accounts/${textIn(accounts, 'Accounts', 'AccountID')}`)
  await xero.get('TaxRates')
  await xero.get('TaxRates/OUTPUT')
  await xero.get('Currencies')
  await xero.send('PUT', 'Currencies', { Code: 'SGD', Description: 'Singapore Dollar' })
  await xero.get('BrandingThemes')
  const users = await xero.get('Users')
  await xero.get(`Users/${textIn(users, 'Users', 'UserID')}`)
  const tracking = await xero.get('TrackingCategories?includeArchived=true')
  await xero.get(`TrackingCategories/${textIn(tracking, 'TrackingCategories', 'TrackingCategoryID')}`)
}

/** Last of all: it takes the connection away. */
async function driveConnections(probe: Probe): Promise<void> {
  const { body } = await probe.call({ path: '/connections' })
  const id = textIn({ status: 200, body: { connections: body } }, 'connections', 'id')
  await probe.expecting(204).call({ method: 'DELETE', path: `/connections/${id}` })
  await probe.expecting(404).call({ method: 'DELETE', path: `/connections/${id}` })
  await probe.expecting(403).call({ path: '/api.xro/2.0/Contacts' })
}

async function driveContacts(xero: XeroVerbs): Promise<string> {
  const emailed = encodeURIComponent('EmailAddress!=null')
  await xero.get('Contacts')
  await xero.get('Contacts?page=1&pageSize=100&includeArchived=true&order=UpdatedDateUTC%20ASC')
  await xero.get('Contacts?page=1&summaryOnly=true')
  await xero.get(`Contacts?page=1&where=${emailed}`, { 'if-modified-since': '2020-01-01T00:00:00' })
  const twin = { ...NEW_CONTACT, ContactNumber: 'ZCRM-2' }
  const created = await xero.put('Contacts?summarizeErrors=false', NEW_CONTACT, twin, {})
  const id = textIn(created, 'Contacts', 'ContactID')
  await xero.refused(400).put('Contacts', NEW_CONTACT)
  await xero.get(`Contacts/${id}`)
  await xero.get(`Contacts/${NEW_CONTACT.ContactNumber}`)
  await xero.get(`Contacts?page=1&IDs=${id}&searchTerm=wattle`)
  await xero.post(`Contacts/${id}`, { ContactID: id, FirstName: 'Ada' })
  await xero.post('Contacts?summarizeErrors=false', { ContactID: id, LastName: 'Lee' })
  const other = textIn(await xero.put('Contacts', { Name: 'Soon Archived Pty Ltd' }), 'Contacts', 'ContactID')
  await xero.post(`Contacts/${other}`, { ContactID: other, ContactStatus: 'ARCHIVED' })
  await xero.refused(400).post(`Contacts/${other}`, { ContactID: other, Name: 'Again' })
  await xero.put(`Contacts/${id}/History`, { Details: 'Linked' })
  await xero.get(`Contacts/${id}/History`)
  return id
}

async function driveItems(xero: XeroVerbs): Promise<string> {
  const sale = { UnitPrice: 12.3456, AccountCode: '200', TaxType: 'OUTPUT' }
  const item = { Code: 'CONTRACT-1', Name: 'Contract item', Description: 'For tests', SalesDetails: sale }
  await xero.get('Items?unitdp=4')
  const created = await xero.put('Items?summarizeErrors=false&unitdp=4', item, { Name: 'Without code' })
  const id = textIn(created, 'Items', 'ItemID')
  await xero.refused(400).put('Items', item)
  await xero.get(`Items/${id}`)
  await xero.get(`Items/${item.Code}`)
  await xero.post(`Items/${id}`, { ItemID: id, Code: item.Code, Name: 'Renamed' })
  await xero.post('Items?summarizeErrors=false', { Code: item.Code, IsPurchased: false })
  const gone = await xero.put('Items', { Code: 'CONTRACT-2' })
  await xero.remove(`Items/${textIn(gone, 'Items', 'ItemID')}`)
  return item.Code
}

async function driveRefusals(xero: XeroVerbs): Promise<void> {
  await xero.refused(401).get('Contacts', { authorization: 'Bearer nonsense' })
  await xero.refused(403).get('Contacts', { 'xero-tenant-id': NOWHERE })
  await xero.refused(404).get(`Contacts/${NOWHERE}`)
  await xero.refused(404).get(`Invoices/${NOWHERE}`)
  await xero.refused(404).post('Contacts', { ContactID: NOWHERE, Name: 'Nobody' })
  await xero.refused(400).get(`Contacts?where=${encodeURIComponent('Nonsense=="x"')}`)
  await xero.refused(400).send('PUT', 'Contacts', '{"Contacts":')
  await xero.refused(400).send('PUT', 'Contacts', {})
}
