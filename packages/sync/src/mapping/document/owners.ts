import type { Kind } from '../../model/kind.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ZohoPath } from './zoho-fields.ts'

type Owners = Readonly<Record<string, string>>

function address(prefix: string, postalCode: string, field: string): Owners {
  return Object.fromEntries(
    ['Street', 'City', 'State', postalCode, 'Country'].map((part) => [`${prefix}_${part}`, field]),
  )
}

const ACCOUNTS: Owners = {
  Account_Name: 'name',
  Phone: 'phone',
  Fax: 'fax',
  Website: 'website',
  ...address('Billing', 'Code', 'billingAddress'),
  ...address('Shipping', 'Code', 'shippingAddress'),
}
const PRIMARY: Owners = {
  First_Name: 'firstName',
  Last_Name: 'lastName',
  Email: 'email',
  Mobile: 'mobile',
  Account_Name: 'persons',
}
const PERSON_ALONE: Owners = {
  First_Name: 'name',
  Last_Name: 'name',
  Email: 'email',
  Phone: 'phone',
  Mobile: 'mobile',
  ...address('Mailing', 'Zip', 'billingAddress'),
  ...address('Other', 'Zip', 'shippingAddress'),
}
/** Under the one name or the other by the customer model: either way it is Tandem's own. */
export const LEAD_OWNERS: Owners = {
  Company: 'name',
  First_Name: 'firstName',
  Last_Name: 'lastName',
  Email: 'email',
  Phone: 'phone',
  Mobile: 'mobile',
  Fax: 'fax',
  Website: 'website',
  ...Object.fromEntries(['Street', 'City', 'State', 'Zip_Code', 'Country'].map((part) => [part, 'billingAddress'])),
}
const PRODUCTS: Owners = {
  Product_Name: 'name',
  Product_Code: 'code',
  Unit_Price: 'unitPrice',
  Description: 'description',
  Tax: 'tax',
  Taxable: 'tax',
}
const INVOICES: Owners = {
  Account_Name: 'customer',
  Contact_Name: 'customer',
  Subject: 'subject',
  Invoice_Date: 'date',
  Due_Date: 'dueDate',
  Status: 'status',
  Currency: 'currency',
  Exchange_Rate: 'currency',
  Invoiced_Items: 'lines',
  Discount: 'lines',
  Adjustment: 'lines',
}

/** Default rules that a document may put another in the place of; the others are of one piece with the engine. */
const OPEN: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  contact: ['name', 'firstName', 'lastName', 'email', 'website'],
  item: ['name', 'description', 'unitPrice'],
  invoice: ['subject', 'date', 'dueDate', 'status'],
}

export function isOpenRule(kind: Kind, field: string): boolean {
  return OPEN[kind]?.includes(field) ?? false
}

/** Names that mean something else in plans and policies. */
const RESERVED: ReadonlySet<string> = new Set(['lines', 'total', 'persons'])

export function isReserved(field: string): boolean {
  return RESERVED.has(field)
}

/** The Zoho fields of the record's own module that the default rules of a kind write, with the rule's name. */
export function zohoOwners(kind: Kind, role: ZohoPath['role'], { customerModel }: ConnectionSettings): Owners {
  switch (kind) {
    case 'contact':
      return role === 'primary' ? PRIMARY : customerModel === 'contactsAlone' ? PERSON_ALONE : ACCOUNTS
    case 'item':
      return PRODUCTS
    case 'invoice':
      return INVOICES
    default:
      return {}
  }
}
