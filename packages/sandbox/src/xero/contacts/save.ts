import { ElementRefused, UnknownId } from '../api/problem.ts'
import type { Books } from '../model/books.ts'
import type { ContactRow } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'
import { applyContact } from './apply.ts'
import { blankContact } from './blank.ts'
import { ARCHIVED_MATCH, contactFaults, NOT_IDENTIFIED, NUMBER_TAKEN, nameTaken, tidied } from './validate.ts'

/** PUT creates only, POST updates what its id, number or name matches and creates otherwise (xero.md 5.1). */
export type SaveMode = 'create' | 'upsert'

export function saveContact(books: Books, fields: Fields, mode: SaveMode): ContactRow {
  const match = matchContact(books, fields)
  if (match === undefined) return storeContact(books, applyContact(books, blankContact(books.guid(), 0), fields))
  if (match.status !== 'ACTIVE') throw new ElementRefused(ARCHIVED_MATCH)
  if (mode === 'create') {
    const isNumberMatch = match.texts.ContactNumber !== '' && match.texts.ContactNumber === fields.text('ContactNumber')
    throw new ElementRefused(isNumberMatch ? NUMBER_TAKEN : nameTaken(match.texts.Name))
  }
  return storeContact(books, applyContact(books, match, fields))
}

/** Checks a changed contact against itself and the others, then keeps it and tells the webhooks. */
export function storeContact(books: Books, contact: ContactRow): ContactRow {
  const isNew = books.contacts.get(contact.id) === undefined
  const faults = [...contactFaults(contact, books.switches), ...clashes(books, contact)]
  if (faults.length > 0) throw new ElementRefused(...faults)
  books.contacts.put(contact)
  books.raise({
    category: 'CONTACT',
    type: isNew ? 'CREATE' : 'UPDATE',
    resourceId: contact.id,
    atMs: contact.updatedMs,
  })
  return contact
}

function clashes(books: Books, contact: ContactRow): readonly string[] {
  const before = books.contacts.get(contact.id)
  const faults: string[] = []
  const { Name: name, ContactNumber: number } = contact.texts
  const namesake = activeByName(books, name)
  if (
    contact.status === 'ACTIVE' &&
    name !== before?.texts.Name &&
    namesake !== undefined &&
    namesake.id !== contact.id
  ) {
    faults.push(nameTaken(name))
  }
  if (number !== '' && books.contacts.find('number', number).some((other) => other.id !== contact.id)) {
    faults.push(NUMBER_TAKEN)
  }
  return faults
}

/** By id, else by number, else by name; an archived namesake matches only when no active one does. */
export function matchContact(books: Books, fields: Fields): ContactRow | undefined {
  const id = fields.text('ContactID')
  if (id !== undefined && id !== '') {
    const row = books.contacts.get(id.toLowerCase())
    if (row === undefined) throw new UnknownId('Contact', id)
    return row
  }
  const number = fields.text('ContactNumber') ?? ''
  const name = tidied(fields.text('Name') ?? '')
  if (number === '' && name === '') throw new ElementRefused(NOT_IDENTIFIED)
  const byNumber = number === '' ? undefined : books.contacts.find('number', number)[0]
  return byNumber ?? (name === '' ? undefined : (activeByName(books, name) ?? archivedByName(books, name)))
}

export function activeByName(books: Books, name: string): ContactRow | undefined {
  return namesakes(books, name).find((row) => row.status === 'ACTIVE')
}

function archivedByName(books: Books, name: string): ContactRow | undefined {
  if (books.switches.is('archivedMatchOnCreate', 'allowed')) return undefined
  return namesakes(books, name)[0]
}

function namesakes(books: Books, name: string): readonly ContactRow[] {
  const rows = books.contacts.find('name', name.toLowerCase())
  return books.switches.is('contactNameCase', 'sensitive') ? rows.filter((row) => row.texts.Name === name) : rows
}
