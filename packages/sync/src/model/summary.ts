import { isValueList, isValueObject, type Value } from './value.ts'

/** The invoices of one day and one currency are one document of the books (R26). */
export interface SummaryDay {
  /** Plain date. */
  readonly day: string
  readonly currency: string
}

/** What one invoice adds to its summary. Decimals are normalised text. */
export interface Share {
  /** One per ledger account and tax, in their order. */
  readonly rows: readonly ShareRow[]
  /** What the invoice itself comes to. */
  readonly total: string
}

export interface ShareRow {
  /** Code of the ledger account; '' where none is chosen. */
  readonly account: string
  /** Xero's TaxType, and Zoho taxes that stand for it (`mapping/tax-map.ts`). */
  readonly taxType: string
  readonly taxes: string
  /** Tax-exclusive. */
  readonly net: string
}

/** Cancelled or deleted: it adds nothing, and stays where it is. */
export const NO_SHARE: Share = { rows: [], total: '0' }

/** Line of the summary that a row goes into. */
export function rowKey({ account, taxType }: Pick<ShareRow, 'account' | 'taxType'>): string {
  return `${account}|${taxType}`
}

export function shareValue({ rows, total }: Share): Value {
  return { rows: rows.map((row) => ({ ...row })), total }
}

/** The share behind a remembered value; null for anything else, and where the value has been purged (R79). */
export function shareFrom(value: Value | undefined): Share | null {
  if (value === undefined || !isValueObject(value) || typeof value.total !== 'string') return null
  const { rows = null } = value
  if (!isValueList(rows)) return null
  const read = rows.map(rowFrom)
  return read.every((row) => row !== null) ? { rows: read, total: value.total } : null
}

function rowFrom(value: Value): ShareRow | null {
  if (!isValueObject(value)) return null
  const { account, taxType, taxes, net } = value
  if (typeof account !== 'string' || typeof taxType !== 'string') return null
  return typeof taxes !== 'string' || typeof net !== 'string' ? null : { account, taxType, taxes, net }
}

export function dayValue({ day, currency }: SummaryDay): Value {
  return { day, currency }
}

export function dayFrom(value: Value | undefined): SummaryDay | null {
  if (value === undefined || !isValueObject(value)) return null
  const { day, currency } = value
  return typeof day === 'string' && typeof currency === 'string' ? { day, currency } : null
}

/** Its id says what a link is, in Xero's Url too: no database need be asked whether a document is a summary. */
const PREFIX = 'day-'

export function summaryLinkId(id: string): string {
  return `${PREFIX}${id}`
}

export function isSummaryLinkId(linkId: string): boolean {
  return linkId.startsWith(PREFIX)
}
