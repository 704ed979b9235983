import { Big } from 'big.js'
import type { BothStates, XeroLine, ZohoLead, ZohoRow, ZohoVendor } from '../rig/oracle-state.ts'
import type { Edit, Place } from './edit-ledger.ts'

/** What stands at a place now, as a person would read it; undefined when the record is not there. */
export function textAt(states: BothStates, edit: Pick<Edit, 'side' | 'place'>): string | undefined {
  return edit.side === 'zoho' ? inZoho(states, edit.place) : inXero(states, edit.place)
}

function inZoho({ zoho }: BothStates, { kind, id, field }: Place): string | undefined {
  const { Accounts, Contacts, Products, Invoices, Quotes, Vendors, Purchase_Orders } = zoho.records
  switch (kind) {
    case 'contact': {
      const account = Accounts.find((one) => one.id === id)
      if (account === undefined) return undefined
      if (field === 'phone') return account.Phone
      return String((field === 'city' ? account.Billing_City : account.Account_Name) ?? '')
    }
    case 'person':
      return Contacts.find((one) => one.id === id)?.Email
    case 'lead':
      return onLead(zoho, id, field)
    case 'line':
      return undefined
    case 'vendor': {
      const vendor = Vendors.find((one) => one.id === id)
      return vendor === undefined ? undefined : vendorText(vendor, field)
    }
    case 'bill': {
      const order = Purchase_Orders.find((one) => one.id === id)
      if (order === undefined || field === 'dueDate') return order?.Due_Date
      return rowsText(order.Purchase_Items)
    }
    case 'item': {
      const product = Products.find((one) => one.id === id)
      if (product === undefined) return undefined
      if (field === 'price') return money(product.Unit_Price)
      return field === 'description' ? product.Description : product.Product_Name
    }
    case 'invoice': {
      const invoice = Invoices.find((one) => one.id === id)
      if (invoice === undefined || field === 'dueDate') return invoice?.Due_Date
      return rowsText(invoice.Invoiced_Items)
    }
    case 'quote': {
      const quote = Quotes.find((one) => one.id === id)
      if (quote === undefined || field === 'dueDate') return quote?.Valid_Till
      if (field === 'lines') return rowsText(quote.Quoted_Items)
      return field === 'description' ? quote.Description : quote.Subject
    }
  }
}

/** On the lead, or on whatever its conversion has copied it to. */
function onLead({ records }: BothStates['zoho'], id: string, field: Place['field']): string | undefined {
  const lead = records.Leads.find((one) => one.id === id)
  if (lead === undefined) return undefined
  if (!lead.Converted__s) return leadText(lead, field)
  if (field === 'email') return records.Contacts.find((one) => one.id === lead.Converted_Contact)?.Email
  const account = records.Accounts.find((one) => one.id === lead.Converted_Account)
  if (account === undefined || field === 'phone') return account?.Phone
  return String((field === 'city' ? account.Billing_City : account.Account_Name) ?? '')
}

function leadText(lead: ZohoLead, field: Place['field']): string {
  switch (field) {
    case 'phone':
      return lead.Phone
    case 'city':
      return lead.City
    case 'email':
      return lead.Email
    default:
      return lead.Company
  }
}

function vendorText(vendor: ZohoVendor, field: Place['field']): string {
  switch (field) {
    case 'phone':
      return vendor.Phone
    case 'city':
      return vendor.City
    case 'email':
      return vendor.Email
    default:
      return vendor.Vendor_Name
  }
}

function inXero({ xero }: BothStates, { kind, id, field }: Place): string | undefined {
  switch (kind) {
    case 'contact':
    case 'vendor':
    case 'lead':
    case 'person': {
      const contact = xero.contacts.find((one) => one.id === id)
      if (contact === undefined) return undefined
      if (field === 'phone') return contact.phones.DEFAULT.PhoneNumber
      if (field === 'city') return contact.addresses.POBOX.City ?? ''
      if (field === 'name') return contact.texts.Name ?? ''
      // Another person may have become the primary: the one with this address is then among the others.
      return [contact.texts.EmailAddress ?? '', ...contact.persons.map((person) => person.email)].join('; ')
    }
    case 'item': {
      const item = xero.items.find((one) => one.id === id)
      if (item === undefined) return undefined
      if (field === 'price') return money(item.sales.unitPrice)
      return field === 'description' ? item.description : item.name
    }
    case 'line': {
      const line = xero.invoices.flatMap(({ lines }) => lines).find((one) => one.id === id)
      // A line that we had made anew would have lost what was chosen on it.
      return line?.tracking.map(({ option }) => option).join() ?? ''
    }
    case 'bill':
    case 'invoice': {
      const invoice = xero.invoices.find((one) => one.id === id)
      if (invoice === undefined || field === 'dueDate') return invoice?.dueDate
      return linesText(invoice.lines)
    }
    case 'quote': {
      const quote = xero.quotes.find((one) => one.id === id)
      if (quote === undefined || field === 'dueDate') return quote?.expiryDate
      if (field === 'lines') return linesText(quote.lines)
      return field === 'description' ? quote.summary : quote.reference
    }
  }
}

function rowsText(rows: readonly ZohoRow[]): string {
  return rows.map((row) => `${money(row.Quantity)} / ${money(row.List_Price)} / ${row.Description}`).join('; ')
}

function linesText(lines: readonly XeroLine[]): string {
  return lines.map((line) => `${money(line.quantity)} / ${money(line.unitAmount)} / ${line.description}`).join('; ')
}

export function money(decimal: string): string {
  return new Big(decimal === '' ? '0' : decimal).toFixed(2)
}
