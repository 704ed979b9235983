import type { BothStates, ZohoRow } from '../../rig/oracle-state.ts'
import { noteOrderBack, noteOrderBinned } from '../purchase-book.ts'
import { noteBack, noteMerged } from '../removal-book.ts'
import { someOf } from '../streams.ts'
import type { Town } from './town.ts'

/** Deletes, archives, cancels; and brings back what was deleted or archived. */
export async function removeSomething(town: Town): Promise<boolean> {
  const remove = someOf(town.chance, REMOVALS)
  return remove === undefined ? false : remove(town)
}

type Removing = (town: Town) => Promise<boolean>

export const zohoDelete =
  (
    module:
      | 'Accounts'
      | 'Contacts'
      | 'Products'
      | 'Invoices'
      | 'Quotes'
      | 'Deals'
      | 'XeroPayments'
      | 'Vendors'
      | 'Purchase_Orders',
  ): Removing =>
  async (town) => {
    const records: readonly { readonly id: string }[] = town.states.zoho.records[module]
    const record = someOf(town.chance, records)
    if (record === undefined || isOurProduct(town.states, record.id)) return false
    town.unseen(documentsOf(town.states, record.id))
    if (['Invoices', 'Quotes', 'Deals'].includes(module)) town.sales.binned.add(record.id)
    if (module === 'Purchase_Orders') noteOrderBinned(town.purchases, town.states, record.id)
    return town.remove('zoho', record, { action: 'delete', module, id: record.id })
  }

/** Documents that name a record show it no longer once it is deleted, and again once it is restored. */
export function documentsOf({ zoho }: BothStates, id: string): readonly string[] {
  const { Invoices, Quotes, Deals, Purchase_Orders } = zoho.records
  const hasRow = (rows: readonly ZohoRow[]) => rows.some((row) => row.Product_Name.id === id)
  return [
    ...Invoices.filter((one) => [one.Account_Name, one.Deal_Name__s].includes(id) || hasRow(one.Invoiced_Items)),
    ...Quotes.filter((one) => [one.Account_Name, one.Deal_Name].includes(id) || hasRow(one.Quoted_Items)),
    ...Deals.filter((one) => one.Account_Name === id),
    ...Purchase_Orders.filter((one) => one.Vendor_Name === id || hasRow(one.Purchase_Items)),
  ].map((one) => one.id)
}

/** The product behind lines without an item is ours; an admin who deletes it has to connect anew. */
function isOurProduct({ zoho }: BothStates, id: string): boolean {
  return zoho.records.Products.some((one) => one.id === id && one.Created_By.id === zoho.org.users[0]?.id)
}

export const zohoRestore: Removing = async (town) => {
  const record = someOf(town.chance, town.states.zoho.deleted)?.record
  if (record === undefined) return false
  // A restore does not move the record's version, nor its documents'.
  const { Invoices, Quotes, Deals, Purchase_Orders } = town.states.zoho.records
  town.unseen([record.id, ...[...Invoices, ...Quotes, ...Deals, ...Purchase_Orders].map(({ id }) => id)])
  if ((await town.act('zoho', { action: 'restore', id: record.id })) === undefined) return false
  noteBack(town.removals, record.id, town.nowMs)
  noteOrderBack(town.purchases, town.states, record.id)
  return true
}

const cancelInvoice: Removing = async (town) => {
  const invoice = someOf(town.chance, town.states.zoho.records.Invoices)
  if (invoice === undefined) return false
  const values = { Status: 'Cancelled' }
  return (await town.act('zoho', { action: 'edit', module: 'Invoices', id: invoice.id, values })) !== undefined
}

const deleteRow: Removing = async (town) => {
  const invoice = someOf(
    town.chance,
    town.states.zoho.records.Invoices.filter((one) => one.Invoiced_Items.length > 1),
  )
  const row = someOf(town.chance, invoice?.Invoiced_Items ?? [])
  if (invoice === undefined || row === undefined) return false
  return town.remove('zoho', row, { action: 'deleteRow', id: invoice.id, rowId: row.id })
}

export const archiveContact: Removing = async (town) => {
  const contact = someOf(
    town.chance,
    town.states.xero.contacts.filter((one) => one.status === 'ACTIVE'),
  )
  if (contact === undefined) return false
  return (await town.act('xero', { action: 'archiveContact', id: contact.id })) !== undefined
}

export const restoreContact: Removing = async (town) => {
  const contact = someOf(
    town.chance,
    town.states.xero.contacts.filter((one) => one.status === 'ARCHIVED'),
  )
  if (contact === undefined) return false
  if ((await town.act('xero', { action: 'restoreContact', id: contact.id })) === undefined) return false
  noteBack(town.removals, contact.id, town.nowMs)
  return true
}

export const deleteItem: Removing = async (town) => {
  const item = someOf(town.chance, town.states.xero.items)
  if (item === undefined) return false
  return town.remove('xero', item, { action: 'deleteItem', id: item.id })
}

export const deleteDraft: Removing = async (town) => {
  const draft = someOf(
    town.chance,
    town.states.xero.invoices.filter((one) => one.status === 'DRAFT'),
  )
  if (draft === undefined) return false
  return town.remove('xero', draft, { action: 'deleteDraft', id: draft.id })
}

const REMOVALS: readonly Removing[] = [
  zohoDelete('Accounts'),
  zohoDelete('Contacts'),
  zohoDelete('Products'),
  zohoDelete('Invoices'),
  zohoRestore,
  zohoRestore,
  zohoRestore,
  cancelInvoice,
  deleteRow,
  archiveContact,
  restoreContact,
  restoreContact,
  deleteItem,
  deleteDraft,
]

/** Two records become one, in the CRM or in the books. */
export async function mergeSomething(town: Town): Promise<boolean> {
  if (town.chance.float() < 0.5) {
    const winner = someOf(town.chance, town.states.zoho.records.Accounts)
    const loser = someOf(town.chance, town.states.zoho.records.Accounts)
    if (winner === undefined || loser === undefined || winner.id === loser.id) return false
    if (!(await town.remove('zoho', loser, { action: 'merge', winner: winner.id, loser: loser.id }))) return false
    noteMerged(town.removals, loser.id, winner.id)
    return true
  }
  const active = town.states.xero.contacts.filter((one) => one.status === 'ACTIVE')
  const survivor = someOf(town.chance, active)
  const loser = someOf(town.chance, active)
  if (survivor === undefined || loser === undefined || survivor.id === loser.id) return false
  const documents = [...town.states.xero.invoices, ...town.states.xero.quotes]
  town.unseen(documents.flatMap((one) => (one.contactId === loser.id ? [one.id] : [])))
  // Nor that the survivor is a supplier from now on.
  if (loser.isSupplier && !survivor.isSupplier) town.unseen([survivor.id])
  return town.remove('xero', loser, { action: 'mergeContacts', survivor: survivor.id, loser: loser.id })
}
