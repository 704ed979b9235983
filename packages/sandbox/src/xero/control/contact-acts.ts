import { ElementRefused } from '../api/problem.ts'
import { applyContact } from '../contacts/apply.ts'
import { blankContact } from '../contacts/blank.ts'
import { contactByKey } from '../contacts/endpoint.ts'
import { storeContact } from '../contacts/save.ts'
import type { Books } from '../model/books.ts'
import type { ContactRow } from '../model/rows.ts'
import { Fields } from '../wire/fields.ts'

/** By id, ContactNumber or name. */
export function requireContact(books: Books, key: string): ContactRow {
  const row = contactByKey(books, key) ?? books.contacts.find('name', key.toLowerCase())[0]
  if (row === undefined) throw new ElementRefused(`No contact "${key}"`)
  return row
}

export function createContact(books: Books, fields: object): ContactRow {
  return storeContact(books, applyContact(books, blankContact(books.guid(), 0), new Fields(fields)))
}

/** In the UI archived contacts can be edited too. */
export function editContact(books: Books, key: string, fields: object): ContactRow {
  return storeContact(books, applyContact(books, requireContact(books, key), new Fields(fields)))
}

export const archiveContact = (books: Books, key: string): ContactRow => setStatus(books, key, 'ARCHIVED')

/** Possible in the UI only (xero.md 4.1). */
export const restoreContact = (books: Books, key: string): ContactRow => setStatus(books, key, 'ACTIVE')

function setStatus(books: Books, key: string, status: ContactRow['status']): ContactRow {
  return storeContact(books, { ...requireContact(books, key), status, mergedTo: undefined, updatedMs: books.now() })
}

/** The loser is archived and points to the survivor, its documents move; the survivor is not bumped (xero.md 2.6, 4.1). */
export function mergeContacts(books: Books, pair: { loser: string; survivor: string }): ContactRow {
  const loser = requireContact(books, pair.loser)
  const survivor = requireContact(books, pair.survivor)
  if (loser.id === survivor.id) throw new ElementRefused('A contact cannot be merged with itself')
  const updatedMs = books.now()
  for (const invoice of books.invoices.find('contact', loser.id))
    books.invoices.put({ ...invoice, contactId: survivor.id })
  for (const quote of books.quotes.find('contact', loser.id)) books.quotes.put({ ...quote, contactId: survivor.id })
  for (const note of books.creditNotes.find('contact', loser.id))
    books.creditNotes.put({ ...note, contactId: survivor.id })
  for (const order of books.purchaseOrders.find('contact', loser.id))
    books.purchaseOrders.put({ ...order, contactId: survivor.id })
  for (const advances of [books.prepayments, books.overpayments])
    for (const advance of advances.find('contact', loser.id)) advances.put({ ...advance, contactId: survivor.id })
  books.contacts.put({
    ...survivor,
    isCustomer: survivor.isCustomer || loser.isCustomer,
    isSupplier: survivor.isSupplier || loser.isSupplier,
    updatedMs: books.switches.is('mergeBumpsSurvivor', 'yes') ? updatedMs : survivor.updatedMs,
  })
  const merged: ContactRow = { ...loser, status: 'ARCHIVED', mergedTo: survivor.id, updatedMs }
  books.contacts.put(merged)
  for (const resourceId of [loser.id, survivor.id])
    books.raise({ category: 'CONTACT', type: 'UPDATE', resourceId, atMs: updatedMs })
  return merged
}
