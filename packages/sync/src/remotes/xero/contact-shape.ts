import { z } from 'zod'
import { flag, id, instant, text } from './row-schemas.ts'
import type { XeroShape } from './shape.ts'
import { textOf } from './shape.ts'

const address = z.looseObject({
  AddressType: z.string(),
  AddressLine1: text,
  AddressLine2: text,
  AddressLine3: text,
  AddressLine4: text,
  City: text,
  Region: text,
  PostalCode: text,
  Country: text,
  AttentionTo: text,
})

const phone = z.looseObject({
  PhoneType: z.string(),
  PhoneNumber: text,
  PhoneAreaCode: text,
  PhoneCountryCode: text,
})

const person = z.looseObject({ FirstName: text, LastName: text, EmailAddress: text, IncludeInEmails: flag })

/** xero.md 4.1. */
const schema = z.looseObject({
  ContactID: id,
  Name: z.string(),
  UpdatedDateUTC: instant,
  ContactStatus: text,
  ContactNumber: text,
  AccountNumber: text,
  FirstName: text,
  LastName: text,
  EmailAddress: text,
  CompanyNumber: text,
  TaxNumber: text,
  DefaultCurrency: text,
  Website: text,
  MergedToContactID: text,
  IsCustomer: flag,
  IsSupplier: flag,
  Addresses: z.array(address).nullish(),
  Phones: z.array(phone).nullish(),
  ContactPersons: z.array(person).nullish(),
})

export const contactShape: XeroShape = {
  collection: 'Contacts',
  resource: 'Contacts',
  idField: 'ContactID',
  keyField: 'ContactNumber',
  schema,
  texts: [
    'ContactStatus',
    'ContactNumber',
    'AccountNumber',
    'FirstName',
    'LastName',
    'EmailAddress',
    'CompanyNumber',
    'TaxNumber',
    'DefaultCurrency',
    'Website',
    'MergedToContactID',
  ],
  lists: ['Addresses', 'Phones', 'ContactPersons'],
  // Both refuse every edit by API; a merged contact is ARCHIVED and says where it went in MergedToContactID.
  life: (fields) => (['ARCHIVED', 'GDPRREQUEST'].includes(textOf(fields.ContactStatus)) ? 'archived' : 'live'),
  hasLines: () => true,
}

/** The same contacts as those from whom is bought: `IsSupplier` says who is one already, and a new one is not yet (xero.md 4.1). */
export const supplierShape: XeroShape = { ...contactShape, collection: 'Suppliers' }
