import { ElementRefused } from '../api/problem.ts'
import { tooLong } from '../contacts/validate.ts'
import { advancesOf, isUsed, raiseCredit, sideOf } from '../credits/credit.ts'
import { defaultTheme, lineAmountTypesOf, rateFor } from '../invoices/apply.ts'
import { blankDocument } from '../invoices/blank.ts'
import { totalsOf } from '../invoices/line-amounts.ts'
import { markTrading, resolveContact } from '../invoices/resolve-contact.ts'
import { HAS_PAYMENTS, lockFaults } from '../invoices/rules.ts'
import type { Books } from '../model/books.ts'
import { type AdvanceRow, type AdvanceType, PREPAYMENT_TYPES } from '../model/credit-rows.ts'
import { NO_ACCOUNT, sentAccount } from '../payments/account.ts'
import type { Fields } from '../wire/fields.ts'
import { advanceLines } from './lines.ts'

export interface AdvanceWrite {
  /** The types that may be made this way: the API makes fewer than a person can. */
  readonly types: readonly AdvanceType[]
  readonly unitDecimals: 2 | 4
}

/** Money in or out of a bank account that waits for its invoice: approved from the start (xero.md 4.7). */
export function createAdvance(books: Books, fields: Fields, { types, unitDecimals }: AdvanceWrite): AdvanceRow {
  const type = types.find((known) => known === fields.text('Type')?.toUpperCase())
  if (type === undefined) throw new ElementRefused(`The Type must be one of ${types.join(', ')}`)
  const account = sentAccount(books, fields.object('BankAccount'))
  if (account === undefined || account.type !== 'BANK') throw new ElementRefused(NO_ACCOUNT)
  const contact = resolveContact(books, fields.object('Contact'), 'create')
  const isPrepayment = PREPAYMENT_TYPES.some((known) => known === type)
  const kind = isPrepayment ? 'prepayment' : 'overpayment'
  const lineAmountTypes = isPrepayment ? (lineAmountTypesOf(fields) ?? 'Exclusive') : 'NoTax'
  const { lines } = advanceLines(books, fields, { kind, side: sideOf({ type }), lineAmountTypes, unitDecimals })
  const currency = fields.text('CurrencyCode') || account.currency || books.organisation.baseCurrency
  const blank = blankDocument(books)
  const row: AdvanceRow = {
    ...blank,
    ...totalsOf(lines, lineAmountTypes),
    type,
    status: 'AUTHORISED',
    updatedMs: books.now(),
    reference: fields.text('Reference') ?? '',
    contactId: contact.id,
    date: fields.date('Date') || books.today(),
    lineAmountTypes,
    lines,
    currency,
    currencyRate: fields.decimal('CurrencyRate') ?? rateFor(books, currency, blank),
    brandingThemeId: defaultTheme(books),
    allocations: [],
    accountId: account.id,
    isReconciled: fields.flag('IsReconciled') ?? false,
  }
  refuse([...headFaults(books, row), ...lockFaults(books, [row.date])])
  markTrading(books, row.contactId, sideOf(row))
  return storeAdvance(books, row, 'CREATE')
}

function headFaults(books: Books, row: AdvanceRow): readonly string[] {
  const faults: string[] = []
  if (books.currencies.get(row.currency) === undefined) {
    faults.push(`Organisation is not subscribed to currency ${row.currency}`)
  }
  if (row.currencyRate.lte(0)) faults.push('CurrencyRate must be greater than zero.')
  if (row.total.lte(0)) faults.push('The Total must be greater than zero')
  if (row.reference.length > 255) faults.push(tooLong('Reference', 255))
  return faults
}

/** Only what has not been used can be voided, and only once (xero.md 4.7). */
export function voidAdvance(books: Books, row: AdvanceRow): AdvanceRow {
  if (row.status === 'VOIDED') throw new ElementRefused('This document has already been voided')
  if (isUsed(books, row)) throw new ElementRefused(HAS_PAYMENTS)
  refuse(lockFaults(books, [row.date]))
  return storeAdvance(books, { ...row, status: 'VOIDED', updatedMs: books.now() }, 'UPDATE')
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new ElementRefused(...faults)
}

function storeAdvance(books: Books, row: AdvanceRow, type: 'CREATE' | 'UPDATE'): AdvanceRow {
  advancesOf(books, row.type).put(row)
  raiseCredit(books, row, type)
  return row
}
