import { Big } from 'big.js'
import { ElementRefused, UnknownId } from '../api/problem.ts'
import { blankInvoice, defaultTheme, lineAmountTypesOf, rateFor } from '../invoices/apply.ts'
import { totalsOf } from '../invoices/line-amounts.ts'
import type { LineRules } from '../invoices/line-draft.ts'
import { replaceLines } from '../invoices/lines.ts'
import { markTrading, resolveContact } from '../invoices/resolve-contact.ts'
import { BAD_STATUS, lockFaults, transitionFault } from '../invoices/rules.ts'
import { amountDue, settleInvoice } from '../invoices/settle.ts'
import type { Books } from '../model/books.ts'
import type { CreditNoteRow } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'
import { openCredit, raiseCreditNote, settleCreditNote } from './settle.ts'

const STATUSES = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'VOIDED', 'DELETED'] as const

export interface CreditNoteWrite {
  readonly mode: 'create' | 'upsert'
  readonly unitDecimals: 2 | 4
}

/** Same statuses and transitions as invoices; a draft may have no lines; no discounts (xero.md 4.5). */
export function saveCreditNote(books: Books, fields: Fields, write: CreditNoteWrite): CreditNoteRow {
  const match = matchNote(books, fields)
  if (match !== undefined && write.mode === 'create') throw new ElementRefused('Credit Note # must be unique.')
  const before = match ?? blankNote(books, fields)
  const sent = fields.text('Status')?.toUpperCase() || undefined
  const fault = transitionFault({ status: before.status, hasAllocations: before.allocations.length > 0 }, sent)
  if (fault !== undefined) throw new ElementRefused(fault)
  const status = sent === undefined ? before.status : STATUSES.find((known) => known === sent)
  if (status === undefined) throw new ElementRefused(BAD_STATUS)
  const row = applyNote(books, { ...before, status }, { fields, unitDecimals: write.unitDecimals })
  const faults = lockFaults(books, [row.date])
  if (faults.length > 0) throw new ElementRefused(...faults)
  books.creditNotes.put(row)
  markTrading(books, row.contactId, row.type === 'ACCRECCREDIT' ? 'sale' : 'purchase')
  raiseCreditNote(books, row, match === undefined ? 'CREATE' : 'UPDATE')
  return row
}

function matchNote(books: Books, fields: Fields): CreditNoteRow | undefined {
  const id = fields.text('CreditNoteID')?.toLowerCase()
  if (id !== undefined && id !== '') {
    const row = books.creditNotes.get(id)
    if (row === undefined) throw new UnknownId('CreditNote', id)
    return row
  }
  if (fields.text('Type')?.toUpperCase() === 'ACCPAYCREDIT') return undefined
  return books.creditNotes.find('number', fields.text('CreditNoteNumber') ?? '')[0]
}

function blankNote(books: Books, fields: Fields): CreditNoteRow {
  const type = fields.text('Type')?.toUpperCase()
  if (type !== 'ACCRECCREDIT' && type !== 'ACCPAYCREDIT') {
    throw new ElementRefused('The Credit Note Type must be ACCRECCREDIT or ACCPAYCREDIT.')
  }
  return { ...blankInvoice(books, 'ACCREC'), type, allocations: [] }
}

function applyNote(
  books: Books,
  before: CreditNoteRow,
  change: { readonly fields: Fields; readonly unitDecimals: 2 | 4 },
): CreditNoteRow {
  const { fields } = change
  const sentContact = fields.object('Contact')
  const contact =
    before.contactId === '' || sentContact !== undefined ? resolveContact(books, sentContact, 'create') : undefined
  const lineAmountTypes = lineAmountTypesOf(fields) ?? before.lineAmountTypes
  const rules: LineRules = {
    side: before.type === 'ACCRECCREDIT' ? 'sale' : 'purchase',
    lineAmountTypes,
    unitDecimals: change.unitDecimals,
    stage: before.status === 'AUTHORISED' ? 'final' : 'draft',
    discounts: 'refused',
    taxDefault: 'fromAccount',
  }
  const sentLines = fields.list('LineItems')
  const lines =
    sentLines === undefined ? before.lines : replaceLines(books, sentLines, { before: before.lines, rules }).lines
  if (lines.length === 0 && before.status !== 'DRAFT')
    throw new ElementRefused('One or more line items must be specified')
  const currency = fields.text('CurrencyCode') || before.currency || books.organisation.baseCurrency
  if (books.currencies.get(currency) === undefined) {
    throw new ElementRefused(`Organisation is not subscribed to currency ${currency}`)
  }
  const number = fields.text('CreditNoteNumber') || before.number
  return {
    ...before,
    ...totalsOf(lines, lineAmountTypes),
    updatedMs: books.now(),
    number: number === '' && before.type === 'ACCRECCREDIT' ? nextNoteNumber(books) : number,
    reference: fields.text('Reference') ?? before.reference,
    contactId: contact?.id ?? before.contactId,
    date: fields.date('Date') || before.date || books.today(),
    lineAmountTypes,
    lines,
    currency,
    currencyRate: fields.decimal('CurrencyRate') ?? rateFor(books, currency, before),
    brandingThemeId: fields.text('BrandingThemeID')?.toLowerCase() || before.brandingThemeId || defaultTheme(books),
    sentToContact: fields.flag('SentToContact') ?? before.sentToContact,
  }
}

const nextNoteNumber = (books: Books) =>
  books.nextNumber('CN-', (candidate) => books.creditNotes.find('number', candidate).length > 0)

/** Applies credit to an invoice of the same contact: a second call after approval (xero.md 4.5). */
export function allocate(books: Books, note: CreditNoteRow, fields: Fields): CreditNoteRow {
  const invoice = books.invoices.get(fields.object('Invoice')?.text('InvoiceID')?.toLowerCase() ?? '')
  const amount = (fields.decimal('Amount') ?? new Big(0)).round(2, 1)
  if (invoice === undefined || invoice.contactId !== note.contactId) {
    throw new ElementRefused('The allocation must be made to an invoice of the same contact')
  }
  if (note.status !== 'AUTHORISED' || invoice.status !== 'AUTHORISED') {
    throw new ElementRefused('Allocations can only be made between Authorised documents')
  }
  if (amount.lte(0) || amount.gt(amountDue(invoice)) || amount.gt(openCredit(books, note))) {
    throw new ElementRefused('The allocation amount exceeds the amount outstanding on this document')
  }
  const date = invoice.date > note.date ? invoice.date : note.date
  const allocation = { id: books.guid(), invoiceId: invoice.id, amount, date }
  books.creditNotes.put({ ...note, allocations: [...note.allocations, allocation] })
  settleInvoice(books, invoice.id)
  return settleCreditNote(books, note.id) ?? note
}

/** Takes an allocation back; undefined when there is none of that id. */
export function unallocate(
  books: Books,
  note: CreditNoteRow,
  allocationId: string,
): CreditNoteRow['allocations'][number] | undefined {
  const allocation = note.allocations.find((candidate) => candidate.id === allocationId)
  if (allocation === undefined) return undefined
  books.creditNotes.put({ ...note, allocations: note.allocations.filter((candidate) => candidate !== allocation) })
  settleInvoice(books, allocation.invoiceId)
  settleCreditNote(books, note.id)
  return allocation
}
