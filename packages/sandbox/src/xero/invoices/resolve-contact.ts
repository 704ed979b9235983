import { ElementRefused } from '../api/problem.ts'
import { applyContact } from '../contacts/apply.ts'
import { blankContact } from '../contacts/blank.ts'
import { matchContact, storeContact } from '../contacts/save.ts'
import { ARCHIVED_MATCH } from '../contacts/validate.ts'
import type { Books } from '../model/books.ts'
import type { ContactRow } from '../model/rows.ts'
import { Fields } from '../wire/fields.ts'
import { NO_CONTACT } from './rules.ts'

/**
 * The `Contact` of a document (xero.md 4.1, traps 6): a name alone finds or silently creates; anything beyond an id
 * updates the contact and drops the persons that are not sent along.
 */
export function resolveContact(books: Books, fields: Fields | undefined, whenMissing: 'create' | 'refuse'): ContactRow {
  if (fields === undefined || fields.names().length === 0) throw new ElementRefused(NO_CONTACT)
  const match = matchContact(books, fields)
  if (match === undefined) {
    if (whenMissing === 'refuse') throw new ElementRefused(NO_CONTACT)
    return storeContact(books, applyContact(books, blankContact(books.guid(), 0), fields))
  }
  if (match.status !== 'ACTIVE') throw new ElementRefused(ARCHIVED_MATCH)
  if (fields.names().length === 1 || !isEdit(fields)) return match
  const persons = fields.has('ContactPersons') ? {} : { ContactPersons: [] }
  return storeContact(books, applyContact(books, match, new Fields({ ...fields.raw, ...persons })))
}

/** Read-only parts that a client echoes do not count as an edit. */
function isEdit(fields: Fields): boolean {
  const readOnly = ['contactid', 'hasvalidationerrors', 'updateddateutc', 'contactgroups']
  return fields.names().some((name) => !readOnly.includes(name))
}

/** Flips IsCustomer or IsSupplier without moving UpdatedDateUTC (xero.md 2.6). */
export function markTrading(books: Books, contactId: string, side: 'sale' | 'purchase'): void {
  const row = books.contacts.get(contactId)
  if (row === undefined || (side === 'sale' ? row.isCustomer : row.isSupplier)) return
  books.contacts.put(side === 'sale' ? { ...row, isCustomer: true } : { ...row, isSupplier: true })
}
