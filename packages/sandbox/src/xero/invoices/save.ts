import { ElementRefused, UnknownId } from '../api/problem.ts'
import { tooLong } from '../contacts/validate.ts'
import type { Books } from '../model/books.ts'
import type { InvoiceRow } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'
import { type Applied, applyInvoice } from './apply.ts'
import { blankInvoice } from './blank.ts'
import { markTrading } from './resolve-contact.ts'
import {
  BAD_STATUS,
  frozenChange,
  HAS_PAYMENTS,
  hasAllocations,
  isSilentEdit,
  lockFaults,
  NO_DUE_DATE,
  NUMBER_NOT_UNIQUE,
  transitionFault,
} from './rules.ts'

export interface InvoiceWrite {
  readonly mode: 'create' | 'upsert'
  readonly unitDecimals: 2 | 4
  /** `createdByMyApp` finds documents of the app only; those made in Xero's UI are a person's. */
  readonly author: 'app' | 'person'
}

/** PUT creates; POST updates what its InvoiceID, or its sales InvoiceNumber, matches (xero.md 4.3). */
export function saveInvoice(books: Books, fields: Fields, write: InvoiceWrite): Applied {
  const match = matchInvoice(books, fields)
  if (match === undefined) return createInvoice(books, fields, write)
  if (write.mode === 'create') throw new ElementRefused(NUMBER_NOT_UNIQUE)
  return updateInvoice(books, match, { fields, unitDecimals: write.unitDecimals })
}

function matchInvoice(books: Books, fields: Fields): InvoiceRow | undefined {
  const id = fields.text('InvoiceID')
  if (id !== undefined && id !== '') {
    const row = books.invoices.get(id.toLowerCase())
    if (row === undefined) throw new UnknownId('Invoice', id)
    return row
  }
  if (fields.text('Type')?.toUpperCase() === 'ACCPAY') return undefined
  return salesInvoiceNumbered(books, fields.text('InvoiceNumber') ?? '')
}

/** Switch `freedNumberReuse`: whether voided and deleted invoices still hold their number. */
export function salesInvoiceNumbered(books: Books, number: string): InvoiceRow | undefined {
  if (number === '') return undefined
  const isFreed = (row: InvoiceRow) =>
    books.switches.is('freedNumberReuse', 'allowed') && (row.status === 'VOIDED' || row.status === 'DELETED')
  return books.invoices.find('number', number).find((row) => row.type === 'ACCREC' && !isFreed(row))
}

function createInvoice(books: Books, fields: Fields, write: InvoiceWrite): Applied {
  const type = fields.text('Type')?.toUpperCase()
  if (type !== 'ACCREC' && type !== 'ACCPAY') throw new ElementRefused('The Invoice Type must be ACCREC or ACCPAY.')
  const blank = { ...blankInvoice(books, type), createdByApp: write.author === 'app' }
  const { row, warnings } = applyInvoice(books, blank, { fields, unitDecimals: write.unitDecimals })
  if (!['DRAFT', 'SUBMITTED', 'AUTHORISED'].includes(row.status)) throw new ElementRefused(BAD_STATUS)
  const numbered = type === 'ACCREC' && row.number === '' ? { ...row, number: nextInvoiceNumber(books) } : row
  refuseFaults([...headFaults(books, numbered), ...lockFaults(books, [row.date]), ...numberFaults(books, numbered)])
  return { row: storeInvoice(books, paidWhenZero(books, numbered), 'CREATE'), warnings }
}

export const nextInvoiceNumber = (books: Books): string =>
  books.nextNumber('INV-', (candidate) => books.invoices.find('number', candidate).length > 0)

export function updateInvoice(
  books: Books,
  before: InvoiceRow,
  change: { readonly fields: Fields; readonly unitDecimals: 2 | 4 },
): Applied {
  const sentStatus = change.fields.text('Status')?.toUpperCase() || undefined
  const fault = transitionFault({ status: before.status, hasAllocations: hasAllocations(before) }, sentStatus)
  if (fault !== undefined) throw new ElementRefused(fault)
  const { row, warnings } = applyInvoice(books, before, change)
  const isNumberChanged = row.number !== before.number
  const isContactFrozen = before.amountCredited.gt(0) && row.contactId !== before.contactId
  if (hasAllocations(before) && (frozenChange(before, row) || isContactFrozen)) throw new ElementRefused(HAS_PAYMENTS)
  refuseFaults([
    ...headFaults(books, row),
    ...lockFaults(books, [before.date, row.date]),
    ...(isNumberChanged ? numberFaults(books, row) : []),
  ])
  const kept = isSilentEdit(before, row) ? { ...row, updatedMs: before.updatedMs } : row
  return { row: storeInvoice(books, paidWhenZero(books, kept), 'UPDATE'), warnings }
}

function refuseFaults(faults: readonly string[]): void {
  if (faults.length > 0) throw new ElementRefused(...faults)
}

function headFaults(books: Books, row: InvoiceRow): readonly string[] {
  const faults: string[] = []
  if (row.status === 'AUTHORISED' && row.dueDate === '') faults.push(NO_DUE_DATE)
  if (row.number.length > 255) faults.push(tooLong('InvoiceNumber', 255))
  if (!/^[ -~]*$/.test(row.number)) faults.push('InvoiceNumber can contain printable ASCII characters only.')
  if (row.reference.length > 255) faults.push(tooLong('Reference', 255))
  if (books.currencies.get(row.currency) === undefined) {
    faults.push(`Organisation is not subscribed to currency ${row.currency}`)
  }
  if (row.currencyRate.lte(0)) faults.push('CurrencyRate must be greater than zero.')
  if (row.url !== '' && (!URL.canParse(row.url) || /xero/i.test(row.url))) faults.push('Url must be a valid URL.')
  if (books.brandingThemes.get(row.brandingThemeId) === undefined) faults.push('The BrandingThemeID does not exist.')
  return faults
}

function numberFaults(books: Books, row: InvoiceRow): readonly string[] {
  if (row.type === 'ACCPAY') return []
  const holder = salesInvoiceNumbered(books, row.number)
  return holder === undefined || holder.id === row.id ? [] : [NUMBER_NOT_UNIQUE]
}

/** Switch `zeroTotalApproved`. */
function paidWhenZero(books: Books, row: InvoiceRow): InvoiceRow {
  const isNothing = row.status === 'AUTHORISED' && row.total.eq(0)
  if (!isNothing || books.switches.is('zeroTotalApproved', 'AUTHORISED')) return row
  return { ...row, status: 'PAID', fullyPaidOn: row.date }
}

/** Keeps the invoice, marks the contact as customer or supplier, tells the webhooks. */
export function storeInvoice(books: Books, row: InvoiceRow, type: 'CREATE' | 'UPDATE'): InvoiceRow {
  books.invoices.put(row)
  markTrading(books, row.contactId, row.type === 'ACCREC' ? 'sale' : 'purchase')
  books.raise({ category: 'INVOICE', type, resourceId: row.id, atMs: books.now() })
  return row
}
