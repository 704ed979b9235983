import { ADDRESS_PARTS, CONTACT_TEXTS, type ContactRow, PHONE_PARTS } from '../model/rows.ts'
import type { XeroSwitches } from '../switches.ts'

/** Exact texts of xero.md 4.1: clients match on them. */
export const ARCHIVED_MATCH =
  'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.'
export const NUMBER_TAKEN = 'Another contact has this contact number. Please enter a different contact number.'
export const NOT_IDENTIFIED =
  'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber'
export const NO_PRIMARY_EMAIL = 'Additional people cannot be added when the primary person has no email address set.'
export const nameTaken = (name: string): string =>
  `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`
export const tooLong = (field: string, length: number): string =>
  `The ${field} field must not be longer than ${length} characters.`

export const MAX_PERSONS = 5
const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/
const TERMS = ['DAYSAFTERBILLDATE', 'DAYSAFTERBILLMONTH', 'OFCURRENTMONTH', 'OFFOLLOWINGMONTH']

/** Everything that is wrong with a contact in itself, apart from the other contacts (xero.md 4.1). */
export function contactFaults(contact: ContactRow, switches: XeroSwitches): readonly string[] {
  return [
    ...textFaults(contact),
    ...nameFaults(contact.texts.Name, switches),
    ...emailFaults(contact),
    ...addressFaults(contact),
    ...phoneFaults(contact),
    ...termFaults(contact),
  ]
}

function textFaults({ texts }: ContactRow): readonly string[] {
  return Object.entries(texts).flatMap(([field, value]) => {
    const longest = lengthOf(CONTACT_TEXTS, field)
    return value.length > longest ? [tooLong(field, longest)] : []
  })
}

const lengthOf = (limits: Readonly<Record<string, number>>, field: string) => limits[field] ?? Number.POSITIVE_INFINITY

function nameFaults(name: string, switches: XeroSwitches): readonly string[] {
  if (name.trim() === '') return ['The Name field is required.']
  if (/[<>]/.test(name)) return ['The contact name cannot contain the characters < or >.']
  if (switches.is('contactNameWhitespace', 'rejected') && name !== tidied(name)) {
    return ['The contact name cannot contain leading, trailing or double spaces.']
  }
  return []
}

export const tidied = (name: string): string => name.trim().replaceAll(/ {2,}/g, ' ')

function emailFaults({ texts, persons }: ContactRow): readonly string[] {
  const faults: string[] = []
  const emails = [texts.EmailAddress, ...persons.map((person) => person.email)]
  if (emails.some((email) => email !== '' && !EMAIL.test(email))) faults.push('Email address must be valid.')
  if (persons.length > MAX_PERSONS) faults.push(`A contact can have at most ${MAX_PERSONS} contact persons.`)
  if (persons.length > 0 && texts.EmailAddress === '') faults.push(NO_PRIMARY_EMAIL)
  for (const person of persons) {
    for (const text of [person.firstName, person.lastName, person.email]) {
      if (text.length > 255) faults.push(tooLong('ContactPersons', 255))
    }
  }
  return faults
}

function addressFaults({ addresses }: ContactRow): readonly string[] {
  return Object.values(addresses).flatMap((address) => {
    const faults = Object.entries(address).flatMap(([part, value]) => {
      const longest = lengthOf(ADDRESS_PARTS, part)
      return value.length > longest ? [tooLong(part, longest)] : []
    })
    return /^[\p{L}\p{M} ]*$/u.test(address.Country) ? faults : [...faults, 'Country can contain letters only.']
  })
}

function phoneFaults({ phones }: ContactRow): readonly string[] {
  return Object.values(phones).flatMap((phone) =>
    Object.entries(phone).flatMap(([part, value]) => {
      const longest = lengthOf(PHONE_PARTS, part)
      return value.length > longest ? [tooLong(part, longest)] : []
    }),
  )
}

function termFaults({ paymentTerms }: ContactRow): readonly string[] {
  return Object.values(paymentTerms ?? {}).flatMap((terms) => {
    if (typeof terms !== 'object' || terms === null || !('Type' in terms)) return []
    return TERMS.includes(String(terms.Type)) ? [] : ['PaymentTerms Type is not valid.']
  })
}
