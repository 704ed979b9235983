import { CURRENCY_FIELDS, INDUSTRIES, LEAD_SOURCES } from './crm-modules.ts'
import type { FieldSpec } from './field-spec.ts'
import { lookup, pick, plain, text } from './field-spec.ts'

/** Leads (zoho-crm.md 4). What conversion made of one stands in read-only fields. */
export const LEAD_FIELDS: readonly FieldSpec[] = [
  pick('Salutation', 'Mr.', 'Mrs.', 'Ms.', 'Dr.', 'Prof.'),
  text('First_Name', 40),
  text('Last_Name', 80, { mandatory: true }),
  text('Full_Name', 120, { readOnly: true }),
  text('Company', 200),
  plain('Email', 'email'),
  plain('Secondary_Email', 'email'),
  ...['Phone', 'Mobile', 'Fax'].map((name) => plain(name, 'phone')),
  plain('Website', 'website'),
  text('Designation', 100),
  pick('Lead_Source', ...LEAD_SOURCES),
  pick(
    'Lead_Status',
    'Attempted to Contact',
    'Contact in Future',
    'Contacted',
    'Junk Lead',
    'Lost Lead',
    'Not Contacted',
    'Pre-Qualified',
    'Not Qualified',
  ),
  pick('Industry', ...INDUSTRIES),
  plain('Annual_Revenue', 'currency'),
  plain('No_of_Employees', 'integer'),
  text('Street', 250),
  text('City', 100),
  text('State', 100),
  text('Zip_Code', 30),
  text('Country', 100),
  plain('Description', 'textarea'),
  plain('Converted__s', 'boolean', { readOnly: true }),
  lookup('Converted_Account', 'Accounts', { readOnly: true }),
  lookup('Converted_Contact', 'Contacts', { readOnly: true }),
  lookup('Converted_Deal', 'Deals', { readOnly: true }),
  plain('Converted_Date_Time', 'datetime', { readOnly: true }),
  ...CURRENCY_FIELDS,
]
