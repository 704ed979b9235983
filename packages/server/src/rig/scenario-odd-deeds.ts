import { xeroAct, xeroCreate, xeroEdit, zohoAct, zohoCreate, zohoEdit } from './acts.ts'
import type { EngineRig } from './engine-rig.ts'
import { type BothStates, readStates } from './oracle-state.ts'
import type { Crossing } from './scenario-small-company.ts'

/*
 * What happens less often, and where the unverified facts are: deletes, archives, a shorter address, odd characters, a
 * document of nothing, a restore. Some of it rightly ends in the inbox, whatever the switches say.
 */
export async function oddDeeds(rig: EngineRig): Promise<readonly Crossing[]> {
  const companies = freeCompanies(await readStates(rig))
  const [shortened, deleted, archived, restored] = companies
  if (shortened === undefined || deleted === undefined || archived === undefined || restored === undefined) return []
  await zohoAct(rig, { action: 'delete', module: 'Accounts', id: deleted.id })
  await zohoAct(rig, { action: 'delete', module: 'Accounts', id: restored.id })
  await xeroAct(rig, { action: 'archiveContact', id: archived.Xero_ID })
  await zohoEdit(rig, { module: 'Accounts', id: archived.id }, { Phone: '+61 2 5550 6666' })
  const crossings = [...(await texts(rig, shortened)), ...(await documentOfNothing(rig, shortened))]
  await deleteUsedItem(rig)
  await rig.clock.advance(120_000)
  await rig.pass()
  await zohoAct(rig, { action: 'restore', id: restored.id })
  await zohoEdit(rig, { module: 'Accounts', id: restored.id }, { Phone: '+61 2 5550 5555' })
  return [
    ...crossings,
    {
      name: 'phone of a restored company',
      hasCrossed: (now) => contactOf(now, restored.Xero_ID)?.phones.DEFAULT.PhoneNumber === '5550 5555',
    },
  ]
}

type Account = BothStates['zoho']['records']['Accounts'][number]

/** Linked companies with no document, from the end: the everyday part of the scenario uses the first ones. */
function freeCompanies({ zoho, xero }: BothStates): readonly Account[] {
  const busy = new Set(zoho.records.Invoices.map((invoice) => invoice.Account_Name))
  const active = new Set(xero.contacts.flatMap((contact) => (contact.status === 'ACTIVE' ? [contact.id] : [])))
  const free = zoho.records.Accounts.filter((account) => active.has(account.Xero_ID) && !busy.has(account.id))
  return [...free].reverse()
}

async function texts(rig: EngineRig, company: Account): Promise<readonly Crossing[]> {
  const Addresses = [{ AddressType: 'POBOX', AddressLine1: 'Level 3', AddressLine2: '1 Main St', City: 'Perth' }]
  await xeroEdit(rig, { action: 'editContact', id: company.Xero_ID }, { Addresses })
  await rig.clock.advance(120_000)
  await rig.pass()
  await zohoEdit(rig, { module: 'Accounts', id: company.id }, { Billing_Street: '2 Short St' })
  const odd = await xeroCreate(rig, 'createContact', { Name: 'Café & Söhne \u{1F600} Perth', FirstName: 'Zoë' })
  return [
    {
      name: 'a shorter address',
      hasCrossed: (now) => {
        const { AddressLine1, AddressLine2 } = contactOf(now, company.Xero_ID)?.addresses.POBOX ?? {}
        return AddressLine1 === '2 Short St' && AddressLine2 === ''
      },
    },
    { name: 'odd characters', hasCrossed: ({ zoho }) => zoho.records.Accounts.some((one) => one.Xero_ID === odd.id) },
  ]
}

async function documentOfNothing(rig: EngineRig, company: Account): Promise<readonly Crossing[]> {
  const books = await xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Status: 'AUTHORISED',
    Contact: { ContactID: company.Xero_ID },
    Date: '2026-11-18',
    DueDate: '2026-12-18',
    LineItems: [{ Description: 'Goodwill', Quantity: 1, UnitAmount: 0, TaxType: 'OUTPUT', AccountCode: '200' }],
  })
  return [
    {
      name: 'a document of nothing',
      hasCrossed: ({ zoho }) =>
        zoho.records.Invoices.some((one) => one.Xero_ID === books.id && one.Status === 'Approved'),
    },
  ]
}

/** Zoho's product of a Xero item that goes; where Xero refuses to delete it, nothing has happened. */
async function deleteUsedItem(rig: EngineRig): Promise<void> {
  const product = await zohoCreate(rig, 'Products', { Product_Name: 'Gone soon', Product_Code: 'GONE', Unit_Price: 5 })
  await rig.clock.advance(120_000)
  await rig.pass()
  const { zoho } = await readStates(rig)
  const itemId = zoho.records.Products.find((one) => one.id === product.id)?.Xero_ID ?? ''
  if (itemId !== '') await xeroAct(rig, { action: 'deleteItem', id: itemId })
}

function contactOf({ xero }: BothStates, id: string) {
  return xero.contacts.find((contact) => contact.id === id)
}
