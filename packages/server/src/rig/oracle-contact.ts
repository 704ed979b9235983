import { type Differ, type Difference, differences } from './oracle-difference.ts'
import type { XeroContact, ZohoAccount, ZohoPerson } from './oracle-state.ts'
import { folded, sameKey, sameLetters, samePhone, sameText } from './oracle-text.ts'

/** A company with its people and its Xero contact. */
export interface ContactPair {
  readonly account: ZohoAccount
  readonly persons: readonly ZohoPerson[]
  readonly contact: XeroContact
  /** E-mails and names of everybody in the CRM, its recycle bin included. */
  readonly everybody: ReadonlySet<string>
}

export function contactDifferences(pair: ContactPair): readonly Difference[] {
  const { account, contact } = pair
  return differences({ kind: 'contact', zohoId: account.id, xeroId: contact.id }, (differ) => {
    const name = contact.texts.Name ?? ''
    if (!sameText(account.Account_Name, name)) differ('name', account.Account_Name, name)
    if (!samePhone(account.Phone, contact.phones.DEFAULT)) differ('phone', account.Phone, say(contact.phones.DEFAULT))
    if (!samePhone(account.Fax, contact.phones.FAX)) differ('fax', account.Fax, say(contact.phones.FAX))
    compareAddress(differ, { account, prefix: 'Billing', address: contact.addresses.POBOX })
    compareAddress(differ, { account, prefix: 'Shipping', address: contact.addresses.STREET })
    comparePersons(differ, pair)
  })
}

const STREET_LINES = ['AddressLine1', 'AddressLine2', 'AddressLine3', 'AddressLine4']

interface AddressPair {
  readonly account: ZohoAccount
  readonly prefix: 'Billing' | 'Shipping'
  readonly address: XeroContact['addresses']['POBOX']
}

function compareAddress(differ: Differ, { account, prefix, address }: AddressPair) {
  const zoho = (part: string) => String(account[`${prefix}_${part}`] ?? '')
  const street = STREET_LINES.map((line) => address[line] ?? '').join(' ')
  const parts = [
    ['Street', street],
    ['City', address.City ?? ''],
    ['State', address.Region ?? ''],
    ['Code', address.PostalCode ?? ''],
  ] as const
  for (const [part, xero] of parts) {
    if (!sameText(zoho(part).replaceAll(',', ' '), xero.replaceAll(',', ' ')))
      differ(`${prefix} ${part}`, zoho(part), xero)
  }
  const country = address.Country ?? ''
  if (!sameLetters(zoho('Country'), country)) differ(`${prefix} Country`, zoho('Country'), country)
}

/** The ticked person, else the oldest with an e-mail, else the oldest: whose name the Xero contact carries. */
export function primaryOf(persons: readonly ZohoPerson[]): ZohoPerson | undefined {
  const byAge = [...persons].sort(
    (left, right) => Date.parse(left.Created_Time) - Date.parse(right.Created_Time) || left.id.localeCompare(right.id),
  )
  return (
    byAge.find((person) => person.Xero_Primary_Contact === true) ??
    byAge.find((person) => person.Email !== '') ??
    byAge[0]
  )
}

/**
 * The choice of a primary is stored: where nobody is ticked, an older person who joins, or who gets an e-mail later, does
 * not take over, and where several are, as after a merge, neither does an older one of them. So whoever of them Xero
 * names is the one; all of that person must agree.
 */
function chosenPrimary(persons: readonly ZohoPerson[], contact: XeroContact): ZohoPerson | undefined {
  const email = contact.texts.EmailAddress ?? ''
  const ticked = persons.filter((person) => person.Xero_Primary_Contact === true)
  const possible = ticked.length > 0 ? ticked : persons
  const named = email === '' ? undefined : possible.find((person) => sameKey(person.Email, email))
  return named ?? primaryOf(persons)
}

function comparePersons(differ: Differ, { persons, contact, everybody }: ContactPair) {
  const primary = chosenPrimary(persons, contact)
  if (primary !== undefined || !isAboutLeaver(contact, everybody)) comparePrimary(differ, primary, contact)
  const keyOf = (person: ZohoPerson) => personKey(person.Email, fullName(person))
  // Who stands there twice (a restore; I2 looks for it) may be named once in Xero, or twice.
  const named = primary === undefined ? '' : keyOf(primary)
  // A lead without a person, converted into a company that has people, leaves one there who has neither name nor mailbox.
  const unnamed = persons
    .filter((person) => person !== primary)
    .map(keyOf)
    .filter((key) => key !== named && key.trim() !== '')
  const listed = contact.persons
    .map((person) => personKey(person.email, `${person.firstName} ${person.lastName}`))
    .filter((key) => key !== named)
  if (unnamed.sort().join('; ') !== listed.sort().join('; ')) differ('persons', unnamed.join('; '), listed.join('; '))
}

/**
 * The last of a company's people has left it, or was deleted: blank never erases, so Xero goes on addressing its invoices
 * to that person. Somebody whom the CRM has never had is another matter.
 */
function isAboutLeaver(contact: XeroContact, everybody: ReadonlySet<string>): boolean {
  const name = folded(`${contact.texts.FirstName ?? ''} ${contact.texts.LastName ?? ''}`)
  return [contact.texts.EmailAddress ?? '', name].some((key) => key !== '' && everybody.has(key.toLowerCase()))
}

/** Whatever somebody may be recognised by. */
export function recognised(person: Pick<ZohoPerson, 'Email' | 'First_Name' | 'Last_Name'>): readonly string[] {
  return [person.Email, folded(`${person.First_Name} ${person.Last_Name}`)].map((key) => key.toLowerCase())
}

function comparePrimary(differ: Differ, primary: ZohoPerson | undefined, contact: XeroContact) {
  const email = contact.texts.EmailAddress ?? ''
  if (!sameKey(primary?.Email ?? '', email)) differ('email', primary?.Email ?? '', email)
  if (!samePhone(primary?.Mobile ?? '', contact.phones.MOBILE))
    differ('mobile', primary?.Mobile ?? '', say(contact.phones.MOBILE))
  const first = contact.texts.FirstName ?? ''
  const last = contact.texts.LastName ?? ''
  if (!sameText(primary?.First_Name ?? '', first)) differ('firstName', primary?.First_Name ?? '', first)
  // Zoho needs a last name: without one in Xero it shows a stand-in.
  if (last !== '' && !sameText(primary?.Last_Name ?? '', last)) differ('lastName', primary?.Last_Name ?? '', last)
}

/** Zoho needs a last name: a dash or the mailbox stands for "none" (zoho-crm.md 9 trap 13). */
function fullName({ First_Name, Last_Name, Email }: ZohoPerson): string {
  const isStandIn = Last_Name === '-' || (Last_Name.includes('@') && First_Name === '' && Email !== '')
  return isStandIn ? First_Name : `${First_Name} ${Last_Name}`
}

function personKey(email: string, name: string): string {
  return `${email.trim().toLowerCase()} ${name.replace(/\s+/g, ' ').trim()}`
}

function say(slot: XeroContact['phones']['DEFAULT']): string {
  return `${slot.PhoneCountryCode} ${slot.PhoneAreaCode} ${slot.PhoneNumber}`.trim()
}
