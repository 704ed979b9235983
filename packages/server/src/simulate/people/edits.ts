import { noteDated } from '../purchase-book.ts'
import { someOf } from '../streams.ts'
import type { Deed, Town, Value } from './town.ts'

export type Change = (value: Value) => Readonly<Record<string, unknown>>

/** One field of one record, somewhere. */
export async function editSomething(town: Town): Promise<boolean> {
  const deed = someOf(town.chance, EDITS)
  return deed === undefined ? false : deed(town)
}

type Editing = (town: Town) => Promise<boolean>

const zohoEdit = (module: string, id: string, values: Readonly<Record<string, unknown>>): Deed => ({
  action: 'edit',
  module,
  id,
  values,
})

const companyField =
  (field: 'phone' | 'city' | 'name'): Editing =>
  async (town) => {
    const account = someOf(town.chance, town.states.zoho.records.Accounts)
    if (account === undefined) return false
    return town.type('zoho', { kind: 'contact', id: account.id, field }, (value) =>
      zohoEdit('Accounts', account.id, ACCOUNT_VALUES[field](value)),
    )
  }

const ACCOUNT_VALUES = {
  phone: (value: Value) => ({ Phone: value.phone.zoho }),
  city: (value: Value) => ({ Billing_City: value.text }),
  name: (value: Value) => ({ Account_Name: `Harbour ${value.text} Traders` }),
} as const

const personEmail: Editing = async (town) => {
  const person = someOf(town.chance, town.states.zoho.records.Contacts)
  if (person === undefined) return false
  return town.type('zoho', { kind: 'person', id: person.id, field: 'email' }, (value) =>
    zohoEdit('Contacts', person.id, { Email: value.email }),
  )
}

const product =
  (field: 'name' | 'description' | 'price'): Editing =>
  async (town) => {
    const record = someOf(town.chance, town.states.zoho.records.Products)
    if (record === undefined) return false
    return town.type('zoho', { kind: 'item', id: record.id, field }, (value) =>
      zohoEdit('Products', record.id, PRODUCT_VALUES[field](value)),
    )
  }

const PRODUCT_VALUES = {
  name: (value: Value) => ({ Product_Name: `Widget ${value.text}` }),
  description: (value: Value) => ({ Description: `About ${value.text}` }),
  price: (value: Value) => ({ Unit_Price: Number(value.price) }),
} as const

const crmDueDate: Editing = async (town) => {
  const invoice = someOf(town.chance, town.states.zoho.records.Invoices)
  if (invoice === undefined) return false
  return town.type('zoho', { kind: 'invoice', id: invoice.id, field: 'dueDate' }, (value) =>
    zohoEdit('Invoices', invoice.id, { Due_Date: value.date }),
  )
}

const crmRow: Editing = async (town) => {
  const invoice = someOf(town.chance, town.states.zoho.records.Invoices)
  const row = someOf(town.chance, invoice?.Invoiced_Items ?? [])
  if (invoice === undefined || row === undefined) return false
  const values = town.chance.pick<Change>([
    (value: Value) => ({ Quantity: value.quantity }),
    (value: Value) => ({ Description: `Row ${value.text}` }),
    (value: Value) => ({ List_Price: Number(value.price) }),
  ])
  return town.type('zoho', { kind: 'invoice', id: invoice.id, field: 'lines' }, (value) => ({
    action: 'editRow',
    id: invoice.id,
    rowId: row.id,
    values: values(value),
  }))
}

const contactField =
  (field: 'phone' | 'city' | 'name' | 'email'): Editing =>
  async (town) => {
    const contact = someOf(
      town.chance,
      town.states.xero.contacts.filter((one) => one.status === 'ACTIVE'),
    )
    if (contact === undefined) return false
    return town.type('xero', { kind: 'contact', id: contact.id, field }, (value) => ({
      action: 'editContact',
      id: contact.id,
      fields: CONTACT_VALUES[field](value, contact.addresses.POBOX),
    }))
  }

const CONTACT_VALUES = {
  phone: (value: Value) => ({
    Phones: [{ PhoneType: 'DEFAULT', PhoneCountryCode: '61', PhoneAreaCode: '02', PhoneNumber: value.phone.local }],
  }),
  city: (value: Value, address: Readonly<Record<string, string>>) => ({
    Addresses: [{ ...address, AddressType: 'POBOX', City: value.text }],
  }),
  name: (value: Value) => ({ Name: `Meadow ${value.text} Supplies` }),
  email: (value: Value) => ({ EmailAddress: value.email }),
} as const

const item =
  (field: 'name' | 'description' | 'price'): Editing =>
  async (town) => {
    const record = someOf(town.chance, town.states.xero.items)
    if (record === undefined) return false
    return town.type('xero', { kind: 'item', id: record.id, field }, (value) => ({
      action: 'editItem',
      id: record.id,
      fields: ITEM_VALUES[field](value),
    }))
  }

const ITEM_VALUES = {
  name: (value: Value) => ({ Name: `Gadget ${value.text}` }),
  description: (value: Value) => ({ Description: `All of ${value.text}` }),
  price: (value: Value) => ({ SalesDetails: { UnitPrice: Number(value.price) } }),
} as const

const openInvoice = (town: Town) =>
  someOf(
    town.chance,
    town.states.xero.invoices.filter((one) => ['DRAFT', 'SUBMITTED', 'AUTHORISED'].includes(one.status)),
  )

const booksDueDate: Editing = async (town) => {
  const invoice = openInvoice(town)
  if (invoice === undefined) return false
  // Silent on a part-paid invoice (xero.md 2.6).
  if (invoice.status === 'AUTHORISED') town.unseen([invoice.id])
  const isDone = await town.type('xero', { kind: 'invoice', id: invoice.id, field: 'dueDate' }, (value) => ({
    action: 'editInvoice',
    id: invoice.id,
    fields: { DueDate: value.date },
  }))
  // It may be a bill.
  if (isDone) noteDated(town.purchases, invoice.id, 'xero')
  return isDone
}

const booksLine: Editing = async (town) => {
  const invoice = openInvoice(town)
  const line = someOf(town.chance, invoice?.lines ?? [])
  if (invoice === undefined || line === undefined) return false
  const change = town.chance.pick<Change>([
    (value: Value) => ({ Quantity: value.quantity }),
    (value: Value) => ({ Description: `Line ${value.text}` }),
    (value: Value) => ({ UnitAmount: Number(value.price) }),
  ])
  return town.type('xero', { kind: 'invoice', id: invoice.id, field: 'lines' }, (value) => ({
    action: 'editInvoice',
    id: invoice.id,
    fields: {
      LineItems: invoice.lines.map((one) => ({ LineItemID: one.id, ...(one.id === line.id ? change(value) : {}) })),
    },
  }))
}

const EDITS: readonly Editing[] = [
  companyField('phone'),
  companyField('phone'),
  companyField('city'),
  companyField('name'),
  personEmail,
  product('name'),
  product('description'),
  product('price'),
  crmDueDate,
  crmRow,
  crmRow,
  contactField('phone'),
  contactField('phone'),
  contactField('city'),
  contactField('name'),
  contactField('email'),
  item('name'),
  item('description'),
  item('price'),
  booksDueDate,
  booksLine,
  booksLine,
]

/** Two people, one field, one moment. */
export async function editBothSides(town: Town): Promise<boolean> {
  const { zoho, xero } = town.states
  const account = someOf(
    town.chance,
    zoho.records.Accounts.filter((one) => xero.contacts.some(({ id }) => id === one.Xero_ID)),
  )
  if (account === undefined) return false
  const field = town.chance.pick(['phone', 'city', 'name'] as const)
  const contact = xero.contacts.find(({ id }) => id === account.Xero_ID)
  const inZoho = await town.type('zoho', { kind: 'contact', id: account.id, field }, (value) =>
    zohoEdit('Accounts', account.id, ACCOUNT_VALUES[field](value)),
  )
  const inXero = await town.type('xero', { kind: 'contact', id: account.Xero_ID, field }, (value) => ({
    action: 'editContact',
    id: account.Xero_ID,
    fields: CONTACT_VALUES[field](value, contact?.addresses.POBOX ?? {}),
  }))
  return inZoho && inXero
}

/** Saves the beginning of a word, and the whole of it a moment later. */
export async function typeInHalves(
  town: Town,
  pause: () => Promise<void>,
  again: () => Promise<Town>,
): Promise<boolean> {
  const account = someOf(town.chance, town.states.zoho.records.Accounts)
  if (account === undefined) return false
  const place = { kind: 'contact', id: account.id, field: 'city' } as const
  const half = await town.type('zoho', place, ({ text }) => zohoEdit('Accounts', account.id, { Billing_City: text }))
  if (!half) return false
  await pause()
  return (await again()).type('zoho', place, ({ text }) =>
    zohoEdit('Accounts', account.id, { Billing_City: `${text} Heights` }),
  )
}
