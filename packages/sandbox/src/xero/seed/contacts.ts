import type { Party, Address as PartyAddress } from '../../company/contract.ts'
import { blankAddress, blankAddresses, blankContact, blankPhone, blankPhones } from '../contacts/blank.ts'
import { MAX_PERSONS } from '../contacts/validate.ts'
import type { Books } from '../model/books.ts'
import type { Address, ContactRow } from '../model/rows.ts'

/** A party as somebody typed it into Xero before Tandem came: no ContactNumber, which only an API can write. */
export function contactOf(books: Books, party: Party, updatedMs: number): ContactRow {
  const blank = blankContact(books.guid(), updatedMs)
  const [primary, ...others] = party.persons
  const email = party.email || (primary?.email ?? '')
  return {
    ...blank,
    status: party.oddities.includes('archivedInXero') ? 'ARCHIVED' : 'ACTIVE',
    texts: {
      ...blank.texts,
      Name: party.xeroName,
      FirstName: primary?.firstName ?? '',
      LastName: primary?.lastName ?? '',
      EmailAddress: email,
      TaxNumber: party.abn,
    },
    persons: email === '' ? [] : others.slice(0, MAX_PERSONS).map((person) => ({ ...person, includeInEmails: false })),
    addresses: {
      ...blankAddresses,
      POBOX: addressOf(party.billing),
      ...(party.shipping === undefined ? {} : { STREET: addressOf(party.shipping) }),
    },
    phones: { ...blankPhones, DEFAULT: phoneOf(party.phone) },
    website: party.website,
  }
}

function addressOf(address: PartyAddress): Address {
  return {
    ...blankAddress,
    AddressLine1: address.street,
    City: address.city,
    Region: address.region,
    PostalCode: address.postalCode,
    Country: address.country,
  }
}

const phoneOf = (phone: Party['phone']) => ({
  ...blankPhone,
  PhoneNumber: phone.number,
  PhoneAreaCode: phone.area,
  PhoneCountryCode: phone.country,
})
