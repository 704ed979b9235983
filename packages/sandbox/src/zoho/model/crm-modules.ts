import { RENEWALS } from './deal-stages.ts'
import type { FieldSpec } from './field-spec.ts'
import { lookup, pick, plain, text } from './field-spec.ts'

export const LEAD_SOURCES = [
  'Advertisement',
  'Cold Call',
  'Employee Referral',
  'External Referral',
  'Partner',
  'Web Research',
]
export const INDUSTRIES = ['Communications', 'Consulting', 'Education', 'Manufacturing', 'Real Estate', 'Technology']

export function address(prefix: string): FieldSpec[] {
  return [
    text(`${prefix}_Street`, 250),
    text(`${prefix}_City`, 100),
    text(`${prefix}_State`, 100),
    text(`${prefix}_Code`, 30),
    text(`${prefix}_Country`, 100),
  ]
}

function contactAddress(prefix: string): FieldSpec[] {
  return [...address(prefix).filter((field) => !field.apiName.endsWith('_Code')), text(`${prefix}_Zip`, 30)]
}

export const CURRENCY_FIELDS: readonly FieldSpec[] = [
  plain('Currency', 'currencycode'),
  plain('Exchange_Rate', 'double', { decimals: 9 }),
]

/** No e-mail and no tax number by default (zoho-crm.md 4). */
export const ACCOUNT_FIELDS: readonly FieldSpec[] = [
  text('Account_Name', 200, { mandatory: true }),
  lookup('Parent_Account', 'Accounts'),
  plain('Account_Number', 'bigint'),
  text('Account_Site', 80),
  pick('Account_Type', 'Analyst', 'Competitor', 'Customer', 'Distributor', 'Partner', 'Prospect', 'Reseller', 'Vendor'),
  pick('Industry', ...INDUSTRIES),
  pick('Ownership', 'Other', 'Private', 'Public', 'Subsidiary'),
  pick('Rating', 'Acquired', 'Active', 'Market Failed', 'Project Cancelled', 'Shut Down'),
  plain('Employees', 'integer'),
  plain('Annual_Revenue', 'currency'),
  plain('SIC_Code', 'integer'),
  text('Ticker_Symbol', 30),
  plain('Phone', 'phone'),
  plain('Fax', 'phone'),
  plain('Website', 'website'),
  ...address('Billing'),
  ...address('Shipping'),
  plain('Description', 'textarea'),
  ...CURRENCY_FIELDS,
]

export const CONTACT_FIELDS: readonly FieldSpec[] = [
  pick('Salutation', 'Mr.', 'Mrs.', 'Ms.', 'Dr.', 'Prof.'),
  text('First_Name', 40),
  text('Last_Name', 80, { mandatory: true }),
  text('Full_Name', 120, { readOnly: true }),
  lookup('Account_Name', 'Accounts'),
  lookup('Vendor_Name', 'Vendors'),
  lookup('Reporting_To', 'Contacts'),
  plain('Email', 'email'),
  plain('Secondary_Email', 'email'),
  ...['Phone', 'Mobile', 'Home_Phone', 'Other_Phone', 'Asst_Phone', 'Fax'].map((name) => plain(name, 'phone')),
  text('Title', 100),
  text('Department', 100),
  plain('Date_of_Birth', 'date'),
  pick('Lead_Source', ...LEAD_SOURCES),
  plain('Email_Opt_Out', 'boolean'),
  ...contactAddress('Mailing'),
  ...contactAddress('Other'),
  plain('Description', 'textarea'),
  ...CURRENCY_FIELDS,
]

export const DEAL_FIELDS: readonly FieldSpec[] = [
  text('Deal_Name', 120, { mandatory: true }),
  {
    ...pick(
      'Stage',
      'Qualification',
      'Needs Analysis',
      'Value Proposition',
      'Identify Decision Makers',
      'Proposal/Price Quote',
      'Negotiation/Review',
      'Closed Won',
      'Closed Lost',
      'Closed Lost to Competition',
    ),
    mandatory: true,
  },
  pick('Pipeline', 'Standard (Standard)', RENEWALS),
  plain('Closing_Date', 'date', { mandatory: true }),
  plain('Amount', 'currency'),
  plain('Probability', 'integer'),
  plain('Expected_Revenue', 'formula', { readOnly: true }),
  lookup('Account_Name', 'Accounts'),
  lookup('Contact_Name', 'Contacts'),
  pick('Type', 'Existing Business', 'New Business'),
  pick('Lead_Source', ...LEAD_SOURCES),
  text('Next_Step', 100),
  plain('Description', 'textarea'),
  ...CURRENCY_FIELDS,
]

export const VENDOR_FIELDS: readonly FieldSpec[] = [
  text('Vendor_Name', 120, { mandatory: true }),
  plain('Email', 'email'),
  plain('Phone', 'phone'),
  plain('Website', 'website'),
  text('Category', 100),
  pick('GL_Account', 'Sales-Software', 'Sales-Hardware', 'Rental-Income', 'Interest-Income'),
  text('Street', 250),
  text('City', 100),
  text('State', 100),
  text('Zip_Code', 30),
  text('Country', 100),
  plain('Description', 'textarea'),
  ...CURRENCY_FIELDS,
]
