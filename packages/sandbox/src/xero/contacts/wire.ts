import { Big } from 'big.js'
import type { Books } from '../model/books.ts'
import { ADDRESS_TYPES, type ContactRow, PHONE_TYPES } from '../model/rows.ts'
import { instant, money, type WireObject } from '../wire/json.ts'

/** Lists without a page, `summaryOnly` and the rest each show another part of a contact (xero.md 2.3, 2.4). */
export type ContactView = 'full' | 'unpaged' | 'summary'

/** Switch `htmlEscapedNames`. */
export function shownText(books: Books, text: string): string {
  if (books.switches.is('htmlEscapedNames', 'raw')) return text
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

export function contactWire(books: Books, row: ContactRow, view: ContactView): WireObject {
  const { texts } = row
  return {
    ContactID: row.id,
    ...(view === 'full' && row.mergedTo !== undefined ? { MergedToContactID: row.mergedTo } : {}),
    ContactNumber: orAbsent(texts.ContactNumber),
    AccountNumber: orAbsent(texts.AccountNumber),
    ContactStatus: row.status,
    Name: shownText(books, texts.Name),
    FirstName: orAbsent(shownText(books, texts.FirstName)),
    LastName: orAbsent(shownText(books, texts.LastName)),
    CompanyNumber: orAbsent(texts.CompanyNumber),
    EmailAddress:
      texts.EmailAddress === '' && books.switches.is('missingEmail', 'omitted') ? undefined : texts.EmailAddress,
    BankAccountDetails: texts.BankAccountDetails,
    TaxNumber: orAbsent(texts.TaxNumber),
    AccountsReceivableTaxType: orAbsent(texts.AccountsReceivableTaxType),
    AccountsPayableTaxType: orAbsent(texts.AccountsPayableTaxType),
    ...(view === 'summary' ? {} : addressesAndPhones(row)),
    ...(view === 'summary' ? { Phones: phones(row) } : {}),
    UpdatedDateUTC: instant(row.updatedMs),
    ...(view === 'summary' ? {} : { ContactGroups: [], IsSupplier: row.isSupplier, IsCustomer: row.isCustomer }),
    DefaultCurrency: orAbsent(texts.DefaultCurrency),
    XeroNetworkKey: orAbsent(texts.XeroNetworkKey),
    ...(view === 'full' ? fullOnly(books, row) : {}),
    HasAttachments: false,
    HasValidationErrors: false,
  }
}

function fullOnly(books: Books, row: ContactRow): WireObject {
  const { texts } = row
  return {
    SalesDefaultAccountCode: orAbsent(texts.SalesDefaultAccountCode),
    PurchasesDefaultAccountCode: orAbsent(texts.PurchasesDefaultAccountCode),
    SalesDefaultLineAmountType: orAbsent(texts.SalesDefaultLineAmountType),
    PurchasesDefaultLineAmountType: orAbsent(texts.PurchasesDefaultLineAmountType),
    SalesTrackingCategories: [],
    PurchasesTrackingCategories: [],
    ContactPersons: row.persons.map((person) => ({
      FirstName: person.firstName,
      LastName: person.lastName,
      EmailAddress: person.email,
      IncludeInEmails: person.includeInEmails,
    })),
    PaymentTerms: row.paymentTerms,
    Website: orAbsent(row.website),
    Balances: balances(books, row),
  }
}

function addressesAndPhones(row: ContactRow): WireObject {
  return {
    Addresses: ADDRESS_TYPES.map((type) => {
      const address = row.addresses[type]
      return {
        AddressType: type,
        AddressLine1: orAbsent(address.AddressLine1),
        AddressLine2: orAbsent(address.AddressLine2),
        AddressLine3: orAbsent(address.AddressLine3),
        AddressLine4: orAbsent(address.AddressLine4),
        City: address.City,
        Region: address.Region,
        PostalCode: address.PostalCode,
        Country: address.Country,
        AttentionTo: orAbsent(address.AttentionTo),
      }
    }),
    Phones: phones(row),
  }
}

const phones = (row: ContactRow) =>
  PHONE_TYPES.map((type) => ({
    PhoneType: type,
    PhoneNumber: row.phones[type].PhoneNumber,
    PhoneAreaCode: row.phones[type].PhoneAreaCode,
    PhoneCountryCode: row.phones[type].PhoneCountryCode,
  }))

/** In base currency, over approved documents; absent for a contact that has none. */
function balances(books: Books, row: ContactRow): WireObject | undefined {
  const open = books.invoices.find('contact', row.id).filter((invoice) => invoice.status === 'AUTHORISED')
  if (open.length === 0) return undefined
  const today = books.today()
  const side = (type: 'ACCREC' | 'ACCPAY'): WireObject => {
    let outstanding = new Big(0)
    let overdue = new Big(0)
    for (const invoice of open.filter((candidate) => candidate.type === type)) {
      const due = invoice.total.minus(invoice.amountPaid).minus(invoice.amountCredited).div(invoice.currencyRate)
      outstanding = outstanding.plus(due)
      if (invoice.dueDate !== '' && invoice.dueDate < today) overdue = overdue.plus(due)
    }
    return { Outstanding: money(outstanding), Overdue: money(overdue) }
  }
  return { AccountsReceivable: side('ACCREC'), AccountsPayable: side('ACCPAY') }
}

/** Inside listed documents: no e-mail, nothing expanded (xero.md 4.3). */
export function embeddedContact(books: Books, contactId: string): WireObject {
  const row = books.contacts.get(contactId)
  return {
    ContactID: contactId,
    Name: shownText(books, row?.texts.Name ?? ''),
    Addresses: [],
    Phones: [],
    ContactGroups: [],
    ContactPersons: [],
    HasValidationErrors: false,
  }
}

/** Absent values are usually omitted (xero.md 2.5). */
export const orAbsent = (text: string): string | undefined => (text === '' ? undefined : text)
