import type { XeroInvoice, ZohoInvoice } from '../../rig/oracle-state.ts'
import { noteBack } from '../removal-book.ts'
import { someOf } from '../streams.ts'
import { BOOKS_QUOTE_DEEDS } from './books-quotes.ts'
import { QUOTE_DEEDS } from './quotes.ts'
import { archiveContact, deleteDraft, deleteItem, restoreContact, zohoDelete, zohoRestore } from './removals.ts'
import type { Town } from './town.ts'

/** Ends something on one side, or brings it back: whatever a delete may cross for (R12c). */
export async function disposeOfSomething(town: Town): Promise<boolean> {
  const deed = someOf(town.chance, DEEDS)
  return deed === undefined ? false : deed(town)
}

type Disposing = (town: Town) => Promise<boolean>

const isDone = (id: string | undefined) => id !== undefined

const voidInvoice: Disposing = async (town) => {
  const invoice = someOf(
    town.chance,
    town.states.xero.invoices.filter((one) => one.status === 'AUTHORISED'),
  )
  if (invoice === undefined) return false
  return town.remove('xero', invoice, { action: 'void', id: invoice.id })
}

/** So that a delete in the CRM has something to ask about. */
const approve: Disposing = async (town) => {
  const draft = someOf(
    town.chance,
    town.states.xero.invoices.filter((one) => one.status === 'DRAFT'),
  )
  if (draft === undefined) return false
  return isDone(await town.act('xero', { action: 'approve', id: draft.id }))
}

/** Out of the bin and edited at once: the restore alone moves no version (zoho-crm.md 3.7). */
const restoreAndEdit: Disposing = async (town) => {
  const entry = someOf(
    town.chance,
    town.states.zoho.deleted.filter(({ module }) => module in TEXTS),
  )
  const text = TEXTS[entry?.module ?? '']
  if (entry === undefined || text === undefined) return false
  const { module, record } = entry
  town.unseen([record.id])
  if (!isDone(await town.act('zoho', { action: 'restore', id: record.id }))) return false
  noteBack(town.removals, record.id, town.nowMs)
  const values = { [text]: `Back ${town.fresh().text}` }
  return town.remove('zoho', record.values[text] ?? '', { action: 'edit', module, id: record.id, values })
}

const TEXTS: Readonly<Record<string, string>> = {
  Accounts: 'Billing_City',
  Products: 'Description',
  Invoices: 'Subject',
  Quotes: 'Description',
}

interface LinkedInvoice {
  readonly crm: ZohoInvoice
  readonly books: XeroInvoice
}

function openPairs({ states }: Town): readonly LinkedInvoice[] {
  const { zoho, xero } = states
  return zoho.records.Invoices.flatMap((crm) =>
    xero.invoices
      .filter((books) => books.id === crm.Xero_ID && ['DRAFT', 'AUTHORISED'].includes(books.status))
      .map((books) => ({ crm, books })),
  )
}

const editInBooks = (town: Town, books: XeroInvoice): Promise<boolean> => {
  const [line] = books.lines
  if (line === undefined || town.chance.float() < 0.5)
    return town.type('xero', { kind: 'invoice', id: books.id, field: 'dueDate' }, (value) => ({
      action: 'editInvoice',
      id: books.id,
      fields: { DueDate: value.date },
    }))
  return town.type('xero', { kind: 'invoice', id: books.id, field: 'lines' }, (value) => ({
    action: 'editInvoice',
    id: books.id,
    fields: {
      LineItems: books.lines.map(({ id }) => ({
        LineItemID: id,
        ...(id === line.id ? { Quantity: value.quantity } : {}),
      })),
    },
  }))
}

/** Deleted in the CRM while a bookkeeper edits it: the edit beats the delete. */
const deleteUnderEdit: Disposing = async (town) => {
  const pair = someOf(town.chance, openPairs(town))
  if (pair === undefined) return false
  const { crm, books } = pair
  const isEditedFirst = town.chance.float() < 0.5
  if (isEditedFirst && !(await editInBooks(town, books))) return false
  if (!(await town.remove('zoho', crm, { action: 'delete', module: 'Invoices', id: crm.id }))) return false
  return isEditedFirst || editInBooks(town, books)
}

/** The other way round: put away in Xero, and edited in the CRM. */
const archiveUnderEdit: Disposing = async (town) => {
  const { zoho, xero } = town.states
  const account = someOf(
    town.chance,
    zoho.records.Accounts.filter((one) =>
      xero.contacts.some(({ id, status }) => id === one.Xero_ID && status === 'ACTIVE'),
    ),
  )
  if (account === undefined) return false
  const place = { kind: 'contact', id: account.id, field: 'city' } as const
  const edit = () =>
    town.type('zoho', place, ({ text }) => ({
      action: 'edit',
      module: 'Accounts',
      id: account.id,
      values: { Billing_City: text },
    }))
  const isEditedFirst = town.chance.float() < 0.5
  if (isEditedFirst && !(await edit())) return false
  if (!isDone(await town.act('xero', { action: 'archiveContact', id: account.Xero_ID }))) return false
  return isEditedFirst || edit()
}

const handleQuote: Disposing = async (town) => {
  const deed = someOf(town.chance, [...QUOTE_DEEDS, ...BOOKS_QUOTE_DEEDS])
  return deed === undefined ? false : deed(town)
}

/** Nobody empties a price list: a side that is suddenly empty stops every pass, as it should (design section 6). */
const unlessLast =
  (remove: Disposing): Disposing =>
  async (town) =>
    Math.min(town.states.xero.items.length, town.states.zoho.records.Products.length) > 2 ? remove(town) : false

const DEEDS: readonly Disposing[] = [
  zohoDelete('Accounts'),
  unlessLast(zohoDelete('Products')),
  zohoDelete('Invoices'),
  zohoDelete('Invoices'),
  zohoDelete('Invoices'),
  zohoDelete('Quotes'),
  zohoDelete('Quotes'),
  deleteUnderEdit,
  deleteUnderEdit,
  archiveUnderEdit,
  zohoRestore,
  zohoRestore,
  restoreAndEdit,
  restoreAndEdit,
  archiveContact,
  restoreContact,
  unlessLast(deleteItem),
  deleteDraft,
  deleteDraft,
  voidInvoice,
  approve,
  approve,
  handleQuote,
  handleQuote,
  handleQuote,
  handleQuote,
]
