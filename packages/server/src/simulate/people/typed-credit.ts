import type { ZohoCreditNote, ZohoInvoice } from '../../rig/oracle-state.ts'
import { type Asked, noteAsked } from '../credit-book.ts'
import { someOf } from '../streams.ts'
import type { Town } from './town.ts'

/**
 * A salesperson puts a part of a credit note against an invoice (R38a): mostly of the same customer, with an amount of
 * its own, so that nobody else's is taken for it.
 */
export async function typeAllocation(town: Town): Promise<boolean> {
  const { Invoices, XeroCreditNotes } = town.states.zoho.records
  const note = someOf(town.chance, XeroCreditNotes)
  const own = Invoices.filter((one) => one.Account_Name !== '' && one.Account_Name === note?.Credit_Customer)
  const invoice = someOf(town.chance, town.chance.float() < 0.9 ? own : Invoices)
  if (note === undefined || invoice === undefined) return false
  const cents = 1 + (Number(town.fresh().price.slice(1, 5)) % 250)
  // What a bookkeeper puts against invoices is a whole unit, or all that is left.
  const amount = ((cents === 100 ? 251 : cents) / 100).toFixed(2)
  return typeRecord(town, { note, invoice, amount })
}

/** The very record of another one again: it may be a slip, and may be meant. */
export async function typeAgain(town: Town): Promise<boolean> {
  const asked = someOf(town.chance, [...town.credits.asked.values()])
  const { Invoices, XeroCreditNotes } = town.states.zoho.records
  const note = XeroCreditNotes.find(({ id }) => id === asked?.noteId)
  const invoice = Invoices.find(({ id }) => id === asked?.invoiceId)
  if (asked === undefined || note === undefined || invoice === undefined) return false
  return typeRecord(town, { note, invoice, amount: asked.amount })
}

/** A bookkeeper does by hand what a salesperson has asked for. */
export async function allocateAsked(town: Town): Promise<boolean> {
  const asked = someOf(town.chance, [...town.credits.asked.values()])
  const { Invoices, XeroCreditNotes } = town.states.zoho.records
  const id = XeroCreditNotes.find((one) => one.id === asked?.noteId)?.Xero_ID ?? ''
  const invoice = Invoices.find((one) => one.id === asked?.invoiceId)?.Xero_ID ?? ''
  if (asked === undefined || id === '' || invoice === '') return false
  return (await town.act('xero', { action: 'allocateCredit', id, invoice, amount: asked.amount })) !== undefined
}

/** A salesperson thinks better of it. */
export async function untype(town: Town): Promise<boolean> {
  const typed = town.states.zoho.records.XeroPayments.filter((one) => town.credits.asked.has(one.id))
  const record = someOf(town.chance, typed)
  if (record === undefined) return false
  return (await town.act('zoho', { action: 'delete', module: 'XeroPayments', id: record.id })) !== undefined
}

interface Wish {
  readonly note: ZohoCreditNote
  readonly invoice: ZohoInvoice
  readonly amount: Asked['amount']
}

async function typeRecord(town: Town, { note, invoice, amount }: Wish): Promise<boolean> {
  // Of credit paid ahead Xero takes none from here: such a record waits for a person.
  const Payment_Type = town.chance.float() < 0.95 ? 'Credit note' : 'Prepayment'
  const values = {
    Name: `Credit ${town.fresh().text}`,
    Payment_Type,
    Credit_Note_Used: { id: note.id },
    Paid_Invoice: { id: invoice.id },
    Paid_Amount: Number(amount),
  }
  const id = await town.act('zoho', { action: 'create', module: 'XeroPayments', values })
  if (id === undefined) return false
  noteAsked(town.credits, id, {
    noteId: note.id,
    invoiceId: invoice.id,
    amount,
    isSendable: Payment_Type === 'Credit note',
  })
  return true
}
