import { billedOrdersTwice } from './oracle-bill.ts'
import { billedTwice } from './oracle-deal.ts'
import { quoteOrigin } from './oracle-quote.ts'
import { recordedTwice } from './oracle-recorded.ts'
import type { BothStates, XeroCredit, XeroInvoice } from './oracle-state.ts'
import { folded } from './oracle-text.ts'
import { businessesTwice } from './oracle-vendor.ts'

export interface DuplicateFacts {
  readonly quotePrefix: string
  /**
   * Was this company of ours made in the gap between our look and our write, into which a person typed the other one?
   * Zoho enforces no name: that can be told, and not be prevented. Only who watched every call may say so.
   */
  isRace(ours: { readonly id: string; readonly name: string }, other: { readonly id: string }): boolean
}

/** Every way in which one thing may stand twice; an empty list is I2. */
export function duplicates({ zoho, xero }: BothStates, { quotePrefix, isRace }: DuplicateFacts): readonly string[] {
  const { Accounts, Contacts, Products, Invoices, Quotes } = zoho.records
  const leads = zoho.records.Leads.filter((lead) => !lead.Converted__s)
  // Salespeople may convert two leads of one mailbox into one company: their doing.
  const isConverted = new Set(zoho.records.Leads.map((lead) => lead.Converted_Contact))
  const companies = new Set(Accounts.map(({ id }) => id))
  const isCompany = ({ id }: { readonly id: string }) => companies.has(id)
  const active = xero.contacts.filter((contact) => contact.status === 'ACTIVE')
  const live = xero.invoices.filter((invoice) => !['DELETED', 'VOIDED'].includes(invoice.status))
  const liveQuotes = xero.quotes.filter((quote) => quote.status !== 'DELETED')
  const ours = xero.contacts.filter((contact) => contact.texts.ContactNumber !== '')
  return [
    ...twice('Zoho Accounts of one Xero ID', Accounts, (record) => record.Xero_ID),
    ...twice('Zoho leads and companies of one Xero ID', [...Accounts, ...leads], (record) => record.Xero_ID, isCompany),
    ...twice('Zoho Contacts of one Xero ID', Contacts, (record) => record.Xero_ID),
    ...twice('Zoho Products of one Xero ID', Products, (record) => record.Xero_ID),
    ...twice('Zoho Invoices of one Xero ID', Invoices, (record) => record.Xero_ID),
    ...twice('Zoho payments of one Xero ID', zoho.records.XeroPayments, (record) => record.Xero_ID),
    ...twice('Zoho credit notes of one Xero ID', zoho.records.XeroCreditNotes, (record) => record.Xero_ID),
    ...twice('Xero sales credits of one number', xero.creditNotes.filter(isLiveSalesCredit), (note) => note.number),
    ...twice('people of one company with one e-mail', Contacts, personKey, ({ id }) => isConverted.has(id)),
    ...twice('Xero contacts of one ContactNumber', ours, (contact) => contact.texts.ContactNumber ?? ''),
    ...twice('active Xero contacts of one name', active, (contact) => (contact.texts.Name ?? '').toLowerCase()),
    ...twice('Xero items of one code', xero.items, (item) => item.code.toLowerCase()),
    ...twice('live Xero sales invoices of one number', live.filter(isSale), (invoice) => invoice.number),
    ...twice('Xero invoices for one of our links', live, (invoice) => invoice.url),
    ...twice('Zoho Quotes of one Xero ID', Quotes, (record) => record.Xero_ID),
    ...twice('live Xero quotes of one CRM quote', liveQuotes, (quote) => quoteOrigin(quote.number, quotePrefix)),
    ...billedTwice({ zoho, xero }),
    ...recordedTwice({ zoho, xero }),
    ...twice('Zoho Vendors of one Xero ID', zoho.records.Vendors, (record) => record.Xero_ID),
    ...billedOrdersTwice({ zoho, xero }),
    ...businessesTwice({ zoho, xero }),
    ...madeTwice({ zoho, xero }, isRace),
  ]
}

const isLiveSalesCredit = (note: XeroCredit) =>
  note.type === 'ACCRECCREDIT' && !['DELETED', 'VOIDED'].includes(note.status)

const isSale = (invoice: XeroInvoice) => invoice.type === 'ACCREC'

function personKey(person: BothStates['zoho']['records']['Contacts'][number]): string {
  return person.Email === '' || person.Account_Name === '' ? '' : `${person.Account_Name} ${person.Email.toLowerCase()}`
}

/** What we made although a record of the same face stood there already. */
function madeTwice({ zoho, xero }: BothStates, isRace: DuplicateFacts['isRace']): readonly string[] {
  const us = zoho.org.users[0]?.id ?? ''
  const { Accounts, Products, Invoices } = zoho.records
  const typed = new Set(xero.invoices.filter((one) => !one.createdByApp).map(({ id }) => id))
  const sales = xero.invoices.filter((invoice) => isSale(invoice) && !['DELETED', 'VOIDED'].includes(invoice.status))
  return [
    ...besides('Zoho Account', Accounts, {
      face: (one) => folded(one.Account_Name).toLowerCase(),
      isOurs: (one) => one.Created_By.id === us,
      isRace: (one, other) => isRace({ id: one.id, name: one.Account_Name }, other),
    }),
    ...besides('Zoho Vendor', zoho.records.Vendors, {
      face: (one) => folded(one.Vendor_Name).toLowerCase(),
      isOurs: (one) => one.Created_By.id === us,
      isRace: (one, other) => isRace({ id: one.id, name: one.Vendor_Name }, other),
    }),
    ...besides('Zoho Product', Products, {
      face: (one) => one.Product_Code.toLowerCase(),
      isOurs: (one) => one.Created_By.id === us,
    }),
    ...besides('Zoho Invoice', Invoices, {
      face: (one) => `${one.Account_Name} ${one.Invoice_Date} ${one.Subject} ${one.Grand_Total}`,
      isOurs: (one) => one.Created_By.id === us,
      // A bookkeeper may invoice one quote twice in Xero, and each stands in the CRM.
      isElse: (one, other) => one.Xero_ID !== other.Xero_ID && typed.has(one.Xero_ID) && typed.has(other.Xero_ID),
    }),
    ...besides('Xero invoice', sales, {
      face: (one) => `${one.contactId} ${one.date} ${one.reference} ${one.total}`,
      isOurs: (one) => one.createdByApp,
    }),
  ]
}

function twice<T extends { readonly id: string }>(
  what: string,
  records: readonly T[],
  keyOf: (record: T) => string,
  isExcused: (record: T) => boolean = () => false,
): readonly string[] {
  return [...grouped(records, keyOf)].flatMap(([key, group]) =>
    group.length < 2 || group.every(isExcused)
      ? []
      : [`${what} ${key}: ${group.map((record) => record.id).join(', ')}`],
  )
}

function besides<T extends { readonly id: string }>(
  what: string,
  records: readonly T[],
  at: { face(record: T): string } & Origin<T>,
): readonly string[] {
  // A person may type a second one of what we made first; Zoho's ids grow.
  const order = (left: T, right: T) => left.id.length - right.id.length || (left.id < right.id ? -1 : 1)
  return [...grouped(records, at.face)].flatMap(([face, group]) =>
    group.length < 2 || ![...group].sort(order).some((record, index, all) => isBeside(record, all.slice(0, index), at))
      ? []
      : [`${what} made beside one of the same face ${face}: ${group.map((record) => record.id).join(', ')}`],
  )
}

interface Origin<T> {
  isOurs(record: T): boolean
  isRace?(record: T, other: T): boolean
  /** Does each stand for a record of its own that a person has made? */
  isElse?(record: T, other: T): boolean
}

/** Ours, and made after another of the same face that we could have seen. */
function isBeside<T>(record: T, earlier: readonly T[], at: Origin<T>): boolean {
  return at.isOurs(record) && earlier.some((other) => !at.isRace?.(record, other) && !at.isElse?.(record, other))
}

function grouped<T>(records: readonly T[], keyOf: (record: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const record of records) {
    const key = keyOf(record)
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), record])
  }
  return groups
}
