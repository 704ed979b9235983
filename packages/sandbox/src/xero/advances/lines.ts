import { ElementRefused } from '../api/problem.ts'
import { NO_LINES } from '../invoices/change-lines.ts'
import { type BuiltLines, replaceLines } from '../invoices/lines.ts'
import type { Books } from '../model/books.ts'
import type { CreditKind } from '../model/credit-rows.ts'
import type { LineAmountTypes } from '../model/rows.ts'
import type { Fields } from '../wire/fields.ts'

export interface AdvanceLines {
  readonly kind: Exclude<CreditKind, 'creditNote'>
  readonly side: 'sale' | 'purchase'
  readonly lineAmountTypes: LineAmountTypes
  readonly unitDecimals: 2 | 4
}

/** A prepayment is coded and taxed like an invoice; an overpayment stays on the control account, without tax. */
export function advanceLines(books: Books, fields: Fields, as: AdvanceLines): BuiltLines {
  const sent = fields.list('LineItems') ?? []
  if (sent.length === 0) throw new ElementRefused(NO_LINES)
  const rules = {
    side: as.side,
    lineAmountTypes: as.lineAmountTypes,
    unitDecimals: as.unitDecimals,
    stage: 'final',
    discounts: 'refused',
    taxDefault: 'fromAccount',
    tracking: 'byName',
  } as const
  if (as.kind === 'prepayment') return replaceLines(books, sent, { before: [], rules })
  // The control accounts that no other document may name (xero.md 8).
  const control = controlCode(books, as.side)
  const stray = sent.map((line) => line.text('AccountCode') ?? '').find((code) => code !== '' && code !== control)
  if (stray !== undefined) throw new ElementRefused(`Account code '${stray}' is not a valid code for this document.`)
  const built = replaceLines(books, sent, { before: [], rules: { ...rules, stage: 'draft', taxDefault: 'none' } })
  return { ...built, lines: built.lines.map((line) => ({ ...line, accountCode: control, taxType: '' })) }
}

function controlCode(books: Books, side: 'sale' | 'purchase'): string {
  const wanted = side === 'sale' ? 'DEBTORS' : 'CREDITORS'
  return books.accounts.all().find((account) => account.systemAccount === wanted)?.code ?? ''
}
