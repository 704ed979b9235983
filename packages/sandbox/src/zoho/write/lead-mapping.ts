import type { JsonObject } from '../model/json.ts'
import type { StoredRecord } from '../model/record.ts'
import type { World } from '../world.ts'
import { standardModule } from './conversion.ts'

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

export function accountOfLead(world: World, lead: StoredRecord): JsonObject {
  return { ...mapped(lead, ACCOUNT), ...mapped(lead, ownFields(world, 'Accounts')) }
}

export function contactOfLead(world: World, lead: StoredRecord): JsonObject {
  return { ...mapped(lead, CONTACT), ...mapped(lead, ownFields(world, 'Contacts')) }
}

/** Custom fields go over where an admin has mapped them (unverified how often): those that both modules call the same. */
function ownFields(world: World, target: 'Accounts' | 'Contacts'): Mapping {
  if (world.switches.is('conversionCarries', 'standardOnly')) return {}
  const own = standardModule(world, 'Leads').fields.filter((field) => field.custom)
  const there = standardModule(world, target).fields.filter((field) => field.custom)
  const shared = own.filter(({ apiName, kind }) => there.some((one) => one.apiName === apiName && one.kind === kind))
  return Object.fromEntries(shared.map(({ apiName }) => [apiName, apiName]))
}

/** Blanks are left out, so that they erase nothing in an existing record. */
function mapped(lead: StoredRecord, mapping: Mapping): JsonObject {
  const values = Object.entries(mapping).map(([to, from]) => [to, lead.values[from] ?? null])
  return Object.fromEntries(values.filter(([, value]) => value !== null))
}
