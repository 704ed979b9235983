import { someOf } from '../streams.ts'
import { newRows, someProducts } from './rows.ts'
import type { Town } from './town.ts'

/** Something new, somewhere; now and then the same thing on both sides. */
export async function createSomething(town: Town): Promise<boolean> {
  const create = someOf(town.chance, CREATES)
  return create === undefined ? false : create(town)
}

type Creating = (town: Town) => Promise<boolean>

const isDone = (id: string | undefined) => id !== undefined

const company: Creating = async (town) => {
  const { text, phone } = town.fresh()
  const values = { Account_Name: `Orchard ${text} Pty Ltd`, Phone: phone.zoho }
  const id = await town.act('zoho', { action: 'create', module: 'Accounts', values })
  if (id === undefined) return false
  if (town.chance.float() < 0.5) return true
  const person = { First_Name: 'Ada', Last_Name: `L${town.fresh().text}`, Email: town.fresh().email }
  const personValues = { ...person, Account_Name: { id } }
  return isDone(await town.act('zoho', { action: 'create', module: 'Contacts', values: personValues }))
}

const contact: Creating = async (town) => {
  const { text, email } = town.fresh()
  return isDone(
    await town.act('xero', { action: 'createContact', fields: { Name: `Quarry ${text} Ltd`, EmailAddress: email } }),
  )
}

/** Typed into both systems by two people who do not know of each other. */
const companyTwice: Creating = async (town) => {
  const name = `Twin ${town.fresh().text} Pty Ltd`
  await town.act('zoho', { action: 'create', module: 'Accounts', values: { Account_Name: name } })
  return isDone(await town.act('xero', { action: 'createContact', fields: { Name: name } }))
}

const person: Creating = async (town) => {
  const account = someOf(town.chance, town.states.zoho.records.Accounts)
  if (account === undefined) return false
  const { text, email } = town.fresh()
  const values = { First_Name: 'Bo', Last_Name: `P${text}`, Email: email, Account_Name: { id: account.id } }
  return isDone(await town.act('zoho', { action: 'create', module: 'Contacts', values }))
}

const product: Creating = async (town) => {
  const { text, price } = town.fresh()
  const values = { Product_Name: `Part ${text}`, Product_Code: `P-${text}`, Unit_Price: Number(price) }
  return isDone(await town.act('zoho', { action: 'create', module: 'Products', values }))
}

const item: Creating = async (town) => {
  const { text, price } = town.fresh()
  const SalesDetails = { UnitPrice: Number(price), AccountCode: '200', TaxType: 'OUTPUT' }
  const fields = { Code: `I-${text}`, Name: `Piece ${text}`, IsSold: true, SalesDetails }
  return isDone(await town.act('xero', { action: 'createItem', fields }))
}

const crmInvoice: Creating = async (town) => {
  const account = someOf(town.chance, town.states.zoho.records.Accounts)
  const products = someProducts(town)
  if (account === undefined || products.length === 0) return false
  const value = town.fresh()
  const values = {
    Subject: `Order ${value.text}`,
    Account_Name: { id: account.id },
    Invoice_Date: '2026-11-20',
    Due_Date: '2026-12-20',
    Status: 'Created',
    Invoiced_Items: newRows(town, products, value.text),
  }
  return isDone(await town.act('zoho', { action: 'create', module: 'Invoices', values }))
}

const booksInvoice: Creating = async (town) => {
  const { contacts, items } = town.states.xero
  const customer = someOf(
    town.chance,
    contacts.filter((one) => one.status === 'ACTIVE'),
  )
  if (customer === undefined) return false
  const { text } = town.fresh()
  const sold = items.filter((one) => one.isSold && one.code !== '')
  const LineItems = [1, 2, 3].slice(0, town.chance.int(1, 3)).map((number) => {
    const known = someOf(town.chance, sold)
    return {
      Description: `Work ${text} ${number}`,
      Quantity: town.chance.int(1, 9),
      UnitAmount: town.chance.int(100, 99_999) / 100,
      TaxType: 'OUTPUT',
      AccountCode: '200',
      ...(known === undefined || town.chance.float() < 0.4 ? {} : { ItemCode: known.code }),
      ...(town.chance.float() < 0.3 ? { DiscountRate: 5 } : {}),
    }
  })
  const fields = {
    Type: 'ACCREC',
    Contact: { ContactID: customer.id },
    Date: '2026-11-20',
    DueDate: '2026-12-20',
    Reference: `Job ${text}`,
    LineItems,
    ...(town.chance.float() < 0.4 ? { Status: 'AUTHORISED' } : {}),
  }
  return isDone(await town.act('xero', { action: 'createInvoice', fields }))
}

const CREATES: readonly Creating[] = [
  company,
  company,
  contact,
  contact,
  companyTwice,
  person,
  product,
  item,
  crmInvoice,
  crmInvoice,
  booksInvoice,
  booksInvoice,
]
