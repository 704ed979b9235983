import { tooLong } from '../contacts/validate.ts'
import { frozenMoney } from '../invoices/rules.ts'
import type { Books } from '../model/books.ts'
import type { LineRow, QuoteRow, QuoteStatus } from '../model/rows.ts'

export const NUMBER_NOT_UNIQUE = 'Quote # must be unique.'
export const NOT_EDITABLE = 'Only DRAFT and SENT quotes can be edited'

const TRANSITIONS: Readonly<Record<QuoteStatus, readonly QuoteStatus[]>> = {
  DRAFT: ['DRAFT', 'SENT', 'DELETED'],
  SENT: ['SENT', 'ACCEPTED', 'DECLINED', 'DELETED'],
  ACCEPTED: ['ACCEPTED', 'INVOICED', 'SENT', 'DELETED'],
  DECLINED: ['DECLINED', 'SENT', 'DELETED'],
  INVOICED: ['INVOICED', 'SENT', 'DELETED'],
  DELETED: [],
}
const TEXTS = { reference: 4000, terms: 4000, title: 100, summary: 3000 } as const
const LABELS = { reference: 'Reference', terms: 'Terms', title: 'Title', summary: 'Summary' } as const

export function quoteFaults(books: Books, row: QuoteRow, before: QuoteRow | undefined): readonly string[] {
  return [...statusFaults(books, row, before), ...editFaults(row, before), ...headFaults(books, row)]
}

/** SENT is a step that cannot be skipped; creating as SENT goes by switch (xero.md 4.4). */
function statusFaults(books: Books, row: QuoteRow, before: QuoteRow | undefined): readonly string[] {
  const fresh: readonly QuoteStatus[] = books.switches.is('quoteCreateAsSent', 'allowed')
    ? ['DRAFT', 'SENT']
    : ['DRAFT']
  const allowed = before === undefined ? fresh : TRANSITIONS[before.status]
  return allowed.includes(row.status)
    ? []
    : [`Quote status cannot be changed from ${before?.status ?? 'NEW'} to ${row.status}`]
}

/** Once the customer has answered only the contact may change (xero.md 4.4). */
function editFaults(row: QuoteRow, before: QuoteRow | undefined): readonly string[] {
  if (before === undefined || before.status === 'DRAFT' || before.status === 'SENT') return []
  const isChanged =
    frozenMoney(before, row) ||
    before.number !== row.number ||
    before.expiryDate !== row.expiryDate ||
    before.brandingThemeId !== row.brandingThemeId ||
    textNames.some((name) => before[name] !== row[name]) ||
    before.lines.some((line, index) => isRelabelled(line, row.lines[index]))
  return isChanged ? [NOT_EDITABLE] : []
}

/** What may change on the lines of a paid invoice, but not here. */
function isRelabelled(before: LineRow, after: LineRow | undefined): boolean {
  const tracking = (line: LineRow | undefined) => line?.tracking.map((choice) => choice.optionId).join()
  return (
    before.description !== after?.description ||
    before.accountCode !== after.accountCode ||
    tracking(before) !== tracking(after)
  )
}

const textNames = ['reference', 'terms', 'title', 'summary'] as const

function headFaults(books: Books, row: QuoteRow): readonly string[] {
  const faults: string[] = []
  if (row.date === '') faults.push('The document Date field must be specified.')
  if (row.lines.length === 0) faults.push('One or more line items must be specified')
  if (row.number.length > 255) faults.push(tooLong('QuoteNumber', 255))
  for (const name of textNames) if (row[name].length > TEXTS[name]) faults.push(tooLong(LABELS[name], TEXTS[name]))
  if (books.currencies.get(row.currency) === undefined) {
    faults.push(`Organisation is not subscribed to currency ${row.currency}`)
  }
  if (row.currencyRate.lte(0)) faults.push('CurrencyRate must be greater than zero.')
  if (books.brandingThemes.get(row.brandingThemeId) === undefined) faults.push('The BrandingThemeID does not exist.')
  return faults
}
