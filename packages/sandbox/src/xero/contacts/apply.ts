import { ElementRefused } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import {
  ADDRESS_TYPES,
  type Address,
  type ContactPerson,
  type ContactRow,
  PHONE_TYPES,
  type Phone,
} from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'
import { echoObject } from '../wire/json.ts'
import { ADDRESS_PART_KEYS, CONTACT_TEXT_KEYS, PHONE_PART_KEYS, recordOf } from './blank.ts'
import { tidied } from './validate.ts'

/** The contact as the request wants it: omitted fields keep their value, ContactPersons are replaced (xero.md 4.1). */
export function applyContact(books: Books, before: ContactRow, fields: Fields): ContactRow {
  const terms = fields.object('PaymentTerms')
  return {
    ...before,
    updatedMs: books.now(),
    status: statusOf(before, fields),
    texts: recordOf(CONTACT_TEXT_KEYS, (key) => {
      const text = changedText(books, fields.text(key), before.texts[key])
      return key === 'Name' && books.switches.is('contactNameWhitespace', 'trimmed') ? tidied(text) : text
    }),
    persons: fields.list('ContactPersons')?.map(personOf) ?? before.persons,
    addresses: mergeAddresses(books, before, fields),
    phones: mergePhones(books, before, fields),
    paymentTerms: terms === undefined ? before.paymentTerms : echoObject(terms.raw),
  }
}

/** Switch `clearByEmptyString`: whether "" empties a field or is overlooked. */
function changedText(books: Books, sent: string | undefined, before: string): string {
  if (sent === undefined) return before
  return sent === '' && books.switches.is('clearByEmptyString', 'ignored') ? before : sent
}

function statusOf(before: ContactRow, fields: Fields): ContactRow['status'] {
  const status = fields.text('ContactStatus')?.toUpperCase()
  if (status === undefined || status === '') return before.status
  if (status === 'ACTIVE' || status === 'ARCHIVED') return status
  throw new ElementRefused(`The ContactStatus '${status}' is not valid.`)
}

function personOf(fields: Fields): ContactPerson {
  return {
    firstName: fields.text('FirstName') ?? '',
    lastName: fields.text('LastName') ?? '',
    email: fields.text('EmailAddress') ?? '',
    includeInEmails: fields.flag('IncludeInEmails') ?? false,
  }
}

function mergeAddresses(books: Books, before: ContactRow, fields: Fields): ContactRow['addresses'] {
  const sent = fields.list('Addresses') ?? []
  for (const address of sent) knownType(address, 'AddressType', ADDRESS_TYPES)
  return recordOf(ADDRESS_TYPES, (type): Address => {
    const update = sent.findLast((address) => address.text('AddressType')?.toUpperCase() === type)
    const old = before.addresses[type]
    if (update === undefined) return old
    return recordOf(ADDRESS_PART_KEYS, (part) => changedText(books, update.text(part), old[part]))
  })
}

function mergePhones(books: Books, before: ContactRow, fields: Fields): ContactRow['phones'] {
  const sent = fields.list('Phones') ?? []
  for (const phone of sent) knownType(phone, 'PhoneType', PHONE_TYPES)
  return recordOf(PHONE_TYPES, (type): Phone => {
    const update = sent.findLast((phone) => phone.text('PhoneType')?.toUpperCase() === type)
    const old = before.phones[type]
    if (update === undefined) return old
    return recordOf(PHONE_PART_KEYS, (part) => changedText(books, update.text(part), old[part]))
  })
}

function knownType(fields: Fields, name: string, known: readonly string[]): void {
  const type = fields.text(name)?.toUpperCase() ?? ''
  if (!known.includes(type)) throw new ElementRefused(`The ${name} '${type}' is not valid.`)
}
