import type { XeroContact, ZohoVendor } from '../../rig/oracle-state.ts'
import type { Place } from '../edit-ledger.ts'
import { someOf } from '../streams.ts'
import type { Buying } from './purchasing.ts'
import { zohoDelete } from './removals.ts'
import type { Town, Value } from './town.ts'

const isDone = (id: string | undefined) => id !== undefined

const create = async (town: Town, module: string, values: Readonly<Record<string, unknown>>) =>
  town.act('zoho', { action: 'create', module, values })

const vendor: Buying = async (town) => {
  const { text, email, phone } = town.fresh()
  const values = { Vendor_Name: `Sawmill ${text} Ltd`, City: `Port ${text}` }
  const reached = town.chance.float() < 0.7 ? { Email: email, Phone: phone.zoho } : {}
  return isDone(await create(town, 'Vendors', { ...values, ...reached }))
}

/** A company with somebody in it, whose mailbox is a vendor's too. */
async function company(town: Town, of: { readonly name: string; readonly email: string }): Promise<boolean> {
  const id = await create(town, 'Accounts', { Account_Name: of.name })
  if (id === undefined) return false
  if (of.email === '') return true
  const person = { First_Name: 'Di', Last_Name: `B${town.fresh().text}`, Email: of.email, Account_Name: { id } }
  return isDone(await create(town, 'Contacts', person))
}

/** Somebody of whom is bought and to whom is sold, typed as both in one breath. */
const both: Buying = async (town) => {
  const { text, email } = town.fresh()
  const Vendor_Name = town.chance.pick([`Both ${text} Pty Ltd`, `Both ${text}`])
  const mailbox = town.chance.float() < 0.7 ? { Email: email } : {}
  if (!isDone(await create(town, 'Vendors', { Vendor_Name, ...mailbox }))) return false
  return company(town, { name: `Both ${text} Pty Ltd`, email })
}

/** A company that is there begins to sell to us. */
const vendorOfCompany: Buying = async (town) => {
  const { Accounts, Contacts } = town.states.zoho.records
  const account = someOf(town.chance, Accounts)
  if (account === undefined) return false
  const Email = Contacts.find((one) => one.Account_Name === account.id && one.Email !== '')?.Email ?? ''
  const mailbox = Email === '' ? {} : { Email }
  return isDone(await create(town, 'Vendors', { Vendor_Name: account.Account_Name, ...mailbox }))
}

/** A vendor who is there begins to buy of us. */
const companyOfVendor: Buying = async (town) => {
  const one = someVendor(town)
  return one === undefined ? false : company(town, { name: one.Vendor_Name, email: one.Email })
}

const someVendor = ({ chance, states }: Town): ZohoVendor | undefined => someOf(chance, states.zoho.records.Vendors)

const VENDOR_VALUES = {
  phone: (value: Value) => ({ Phone: value.phone.zoho }),
  city: (value: Value) => ({ City: value.text }),
  name: (value: Value) => ({ Vendor_Name: `Quarry ${value.text} Stone` }),
  email: (value: Value) => ({ Email: value.email }),
} as const

const editVendor: Buying = async (town) => {
  const one = someVendor(town)
  if (one === undefined) return false
  const field = town.chance.pick(['phone', 'phone', 'city', 'name', 'email'] as const)
  return typeVendor(town, one, field)
}

function typeVendor(town: Town, { id }: ZohoVendor, field: keyof typeof VENDOR_VALUES): Promise<boolean> {
  const place: Place = { kind: 'vendor', id, field }
  return town.type('zoho', place, (value) => ({
    action: 'edit',
    module: 'Vendors',
    id,
    values: VENDOR_VALUES[field](value),
  }))
}

/** Two people, one supplier, one field, one moment. */
const editBoth: Buying = async (town) => {
  const linked = town.states.zoho.records.Vendors.filter(({ Xero_ID }) => Xero_ID !== '')
  const one = someOf(town.chance, linked)
  if (one === undefined || !(await typeVendor(town, one, 'name'))) return false
  const place: Place = { kind: 'contact', id: one.Xero_ID, field: 'name' }
  return town.type('xero', place, (value) => ({
    action: 'editContact',
    id: one.Xero_ID,
    fields: { Name: `Ledger ${value.text} Works` },
  }))
}

/** A bookkeeper types the bill of somebody new, or of somebody to whom we only sold till now. */
const booksSupplier: Buying = async (town) => {
  const known = someOf(town.chance, town.states.xero.contacts.filter(isActive))
  const { text, email } = town.fresh()
  const fields = { Name: `Mill ${text} Ltd`, EmailAddress: email }
  const id =
    known === undefined || town.chance.float() < 0.6
      ? await town.act('xero', { action: 'createContact', fields })
      : known.id
  if (id === undefined) return false
  // That a contact is a supplier from now on does not move its version (xero.md 2.6).
  town.unseen([id])
  const line = { Description: `Paper ${text}`, Quantity: 2, UnitAmount: 12.5, AccountCode: '453', TaxType: 'INPUT' }
  const bill = { Contact: { ContactID: id }, InvoiceNumber: `B-${text}`, Date: '2026-11-20', DueDate: '2026-12-20' }
  return isDone(await town.act('xero', { action: 'createBill', fields: { ...bill, LineItems: [line] } }))
}

const isActive = ({ status }: XeroContact) => status === 'ACTIVE'

export const VENDOR_DEEDS: readonly Buying[] = [
  vendor,
  vendor,
  vendor,
  both,
  both,
  vendorOfCompany,
  companyOfVendor,
  editVendor,
  editVendor,
  editVendor,
  editBoth,
  booksSupplier,
  zohoDelete('Vendors'),
]
