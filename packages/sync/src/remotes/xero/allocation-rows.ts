import { Big } from 'big.js'
import { allocationId, CARRIER_COLLECTIONS, type Carrier, type CreditType } from '../../model/allocation.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { isValueList, isValueObject, type Value, type ValueObject } from '../../model/value.ts'
import { textOf } from './shape.ts'

/**
 * The allocations of a credit as records of their own: its fields are those of Xero's Allocation, and `Credit` says
 * whose it is. Their version is the credit's, which nothing of them changes without.
 */
export function allocationsIn(record: RemoteRecord): readonly RemoteRecord[] {
  const carrier = carrierOfRecord(record)
  if (carrier === null) return []
  const rows = listOf(record.fields.Allocations).filter((row) => invoiceIdOf(row) !== '')
  // Without ids of their own, all that went to one invoice is one.
  return rows.every((row) => textOf(row.AllocationID) !== '')
    ? rows.map((row) =>
        recordOf(record, allocationId(carrier, { allocationId: textOf(row.AllocationID) }), {
          ...row,
          Status: 'AUTHORISED',
        }),
      )
    : [...byInvoice(rows)].map(([invoiceId, own]) => recordOf(record, allocationId(carrier, { invoiceId }), sumOf(own)))
}

/** One that its credit no longer carries: taken back by somebody, and known to be. */
export function removedAllocation(record: RemoteRecord, remoteId: string): RemoteRecord {
  return recordOf(record, remoteId, { Status: 'DELETED', Amount: '', Date: '' })
}

function recordOf(credit: RemoteRecord, id: string, fields: ValueObject): RemoteRecord {
  return {
    ...credit,
    collection: 'Allocations',
    id,
    hasLines: true,
    fields: { ...fields, CreditID: credit.id, Credit: creditOf(credit) },
  }
}

function creditOf({ fields }: RemoteRecord): ValueObject {
  const number = textOf(fields.CreditNoteNumber) || textOf(fields.Reference)
  return {
    Type: textOf(fields.Type),
    Status: textOf(fields.Status),
    Number: number,
    CurrencyCode: textOf(fields.CurrencyCode),
    Contact: fields.Contact ?? null,
  }
}

function carrierOfRecord({ collection, id }: RemoteRecord): Carrier | null {
  const types: readonly CreditType[] = ['creditNote', 'prepayment', 'overpayment']
  const type = types.find((one) => CARRIER_COLLECTIONS[one] === collection)
  return type === undefined ? null : { type, id }
}

function byInvoice(rows: readonly ValueObject[]): ReadonlyMap<string, readonly ValueObject[]> {
  const groups = new Map<string, ValueObject[]>()
  for (const row of rows) {
    const invoiceId = invoiceIdOf(row)
    groups.set(invoiceId, [...(groups.get(invoiceId) ?? []), row])
  }
  return groups
}

function sumOf(rows: readonly ValueObject[]): ValueObject {
  const amount = rows.reduce((sum, row) => sum.plus(textOf(row.Amount) || '0'), new Big(0))
  const dates = rows.map((row) => textOf(row.Date)).sort()
  return { Invoice: rows[0]?.Invoice ?? null, Amount: amount.toFixed(), Date: dates.at(-1) ?? '', Status: 'AUTHORISED' }
}

function invoiceIdOf(row: ValueObject): string {
  return isValueObject(row.Invoice) ? textOf(row.Invoice.InvoiceID) : ''
}

function listOf(value: Value | undefined): readonly ValueObject[] {
  return isValueList(value) ? value.filter((one) => isValueObject(one)) : []
}
