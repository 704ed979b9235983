/** A stored value: lookups as the target's id, datetimes as epoch milliseconds, several values as a list. */
export type Value = string | number | boolean | null | readonly string[]
export type Values = Readonly<Record<string, Value>>

/** A tax applied to a row or to a document, with the amount that came out. */
export interface AppliedTax {
  readonly id: string
  readonly percentage: number
  readonly value: number
}

/** One line item (zoho-crm.md 4.1). */
export interface Row {
  readonly id: string
  readonly values: Values
  readonly taxes: readonly AppliedTax[]
  readonly createdMs: number
  readonly modifiedMs: number
}

/** Never changed in place: a write puts a new object, so that older readers (search index) keep what they saw. */
export interface StoredRecord {
  readonly id: string
  readonly values: Values
  readonly rows: readonly Row[]
  /** `$line_tax`: taxes on the whole document. */
  readonly documentTaxes: readonly AppliedTax[]
  readonly createdMs: number
  readonly modifiedMs: number
  readonly createdBy: string
  readonly modifiedBy: string
  readonly owner: string
  /** Modules that a quote or an order was converted into (zoho-crm.md 4.3); absent for one that was not. */
  readonly convertedTo?: readonly string[]
}

export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

export function numberOf(value: Value | undefined): number {
  return typeof value === 'number' ? value : 0
}
