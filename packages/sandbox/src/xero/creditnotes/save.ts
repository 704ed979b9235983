import { ElementRefused, UnknownId } from '../api/problem.ts'
import { tooLong } from '../contacts/validate.ts'
import { isUsed, raiseCredit } from '../credits/credit.ts'
import { markTrading } from '../invoices/resolve-contact.ts'
import { BAD_STATUS, frozenMoney, HAS_PAYMENTS, lockFaults, transitionFault } from '../invoices/rules.ts'
import type { Books } from '../model/books.ts'
import type { CreditNoteRow } from '../model/credit-rows.ts'
import type { Fields } from '../wire/fields.ts'
import { type AppliedNote, applyNote, blankNote } from './apply.ts'

export const NUMBER_NOT_UNIQUE = 'Credit Note # must be unique.'

export interface CreditNoteWrite {
  readonly mode: 'create' | 'upsert'
  readonly unitDecimals: 2 | 4
}

/** Same statuses and transitions as invoices; a draft may have no lines; no discounts (xero.md 4.5). */
export function saveCreditNote(books: Books, fields: Fields, write: CreditNoteWrite): AppliedNote {
  const match = matchNote(books, fields)
  if (match === undefined) return createNote(books, fields, write)
  if (write.mode === 'create') throw new ElementRefused(NUMBER_NOT_UNIQUE)
  return updateCreditNote(books, match, { fields, unitDecimals: write.unitDecimals })
}

function matchNote(books: Books, fields: Fields): CreditNoteRow | undefined {
  const id = fields.text('CreditNoteID')
  if (id !== undefined && id !== '') {
    const row = books.creditNotes.get(id.toLowerCase())
    if (row === undefined) throw new UnknownId('Credit Note', id)
    return row
  }
  if (fields.text('Type')?.toUpperCase() === 'ACCPAYCREDIT') return undefined
  return salesNoteNumbered(books, fields.text('CreditNoteNumber') ?? '')
}

/** Numbers are unique on the sales side only; switch `freedNumberReuse` as for invoices. */
function salesNoteNumbered(books: Books, number: string): CreditNoteRow | undefined {
  if (number === '') return undefined
  const isFreed = (row: CreditNoteRow) =>
    books.switches.is('freedNumberReuse', 'allowed') && (row.status === 'VOIDED' || row.status === 'DELETED')
  return books.creditNotes.find('number', number).find((row) => row.type === 'ACCRECCREDIT' && !isFreed(row))
}

function createNote(books: Books, fields: Fields, write: CreditNoteWrite): AppliedNote {
  const applied = applyNote(books, blankNote(books, fields), { fields, unitDecimals: write.unitDecimals })
  const { row } = applied
  if (!['DRAFT', 'SUBMITTED', 'AUTHORISED'].includes(row.status)) throw new ElementRefused(BAD_STATUS)
  const isToBeNumbered = row.type === 'ACCRECCREDIT' && row.number === ''
  const numbered = isToBeNumbered ? { ...row, number: nextNoteNumber(books) } : row
  refuse([...headFaults(books, numbered), ...numberFaults(books, numbered), ...lockFaults(books, [row.date])])
  return { row: storeNote(books, numbered, 'CREATE'), warnings: applied.warnings }
}

export function updateCreditNote(
  books: Books,
  before: CreditNoteRow,
  change: { readonly fields: Fields; readonly unitDecimals: 2 | 4 },
): AppliedNote {
  const sent = change.fields.text('Status')?.toUpperCase() || undefined
  const fault = transitionFault({ status: before.status, hasAllocations: isUsed(books, before) }, sent)
  if (fault !== undefined) throw new ElementRefused(fault)
  const { row, warnings } = applyNote(books, before, change)
  const isMoved = frozenMoney(before, row) || before.contactId !== row.contactId
  if (isUsed(books, before) && isMoved) throw new ElementRefused(HAS_PAYMENTS)
  refuse([
    ...headFaults(books, row),
    ...(row.number === before.number ? [] : numberFaults(books, row)),
    ...lockFaults(books, [before.date, row.date]),
  ])
  return { row: storeNote(books, row, 'UPDATE'), warnings }
}

const nextNoteNumber = (books: Books) =>
  books.nextNumber('CN-', (candidate) => books.creditNotes.find('number', candidate).length > 0)

function headFaults(books: Books, row: CreditNoteRow): readonly string[] {
  const faults: string[] = []
  if (row.number.length > 255) faults.push(tooLong('CreditNoteNumber', 255))
  if (row.reference.length > 255) faults.push(tooLong('Reference', 255))
  if (books.currencies.get(row.currency) === undefined) {
    faults.push(`Organisation is not subscribed to currency ${row.currency}`)
  }
  if (row.currencyRate.lte(0)) faults.push('CurrencyRate must be greater than zero.')
  if (books.brandingThemes.get(row.brandingThemeId) === undefined) faults.push('The BrandingThemeID does not exist.')
  return faults
}

function numberFaults(books: Books, row: CreditNoteRow): readonly string[] {
  if (row.type === 'ACCPAYCREDIT') return []
  const holder = salesNoteNumbered(books, row.number)
  return holder === undefined || holder.id === row.id ? [] : [NUMBER_NOT_UNIQUE]
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new ElementRefused(...faults)
}

/** Keeps the note, marks the contact as customer or supplier, tells the webhooks. */
function storeNote(books: Books, row: CreditNoteRow, type: 'CREATE' | 'UPDATE'): CreditNoteRow {
  books.creditNotes.put(row)
  markTrading(books, row.contactId, row.type === 'ACCRECCREDIT' ? 'sale' : 'purchase')
  raiseCredit(books, row, type)
  return row
}
