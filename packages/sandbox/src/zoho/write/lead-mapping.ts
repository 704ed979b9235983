import type { JsonObject } from '../model/json.ts'
import type { StoredRecord } from '../model/record.ts'

/** Field of a lead, by the field that takes it over; Zoho's default mapping of conversion. */
type Mapping = Readonly<Record<string, string>>

const ACCOUNT: Mapping = {
  Account_Name: 'Company',
  Phone: 'Phone',
  Fax: 'Fax',
  Website: 'Website',
  Industry: 'Industry',
  Annual_Revenue: 'Annual_Revenue',
  Employees: 'No_of_Employees',
  Billing_Street: 'Street',
  Billing_City: 'City',
  Billing_State: 'State',
  Billing_Code: 'Zip_Code',
  Billing_Country: 'Country',
}

const CONTACT: Mapping = {
  Salutation: 'Salutation',
  First_Name: 'First_Name',
  Last_Name: 'Last_Name',
  Email: 'Email',
  Secondary_Email: 'Secondary_Email',
  Phone: 'Phone',
  Mobile: 'Mobile',
  Fax: 'Fax',
  Title: 'Designation',
  Lead_Source: 'Lead_Source',
  Description: 'Description',
  Mailing_Street: 'Street',
  Mailing_City: 'City',
  Mailing_State: 'State',
  Mailing_Zip: 'Zip_Code',
  Mailing_Country: 'Country',
}

export function accountOfLead(lead: StoredRecord): JsonObject {
  return mapped(lead, ACCOUNT)
}

export function contactOfLead(lead: StoredRecord): JsonObject {
  return mapped(lead, CONTACT)
}

/** Blanks are left out, so that they erase nothing in an existing record. */
function mapped(lead: StoredRecord, mapping: Mapping): JsonObject {
  const values = Object.entries(mapping).map(([to, from]) => [to, lead.values[from] ?? null])
  return Object.fromEntries(values.filter(([, value]) => value !== null))
}
