import { z } from 'zod'
import type { CarrierCollection } from '../../model/allocation.ts'
import { isValueList } from '../../model/value.ts'
import { calendarDate, decimal, documentLine, id, instant, maybeObject, text } from './row-schemas.ts'
import type { XeroShape } from './shape.ts'

/** What went to one invoice (xero.md 4.5). Whether reads name the allocation is not said, so it may be missing. */
const allocation = z.looseObject({
  AllocationID: text,
  Amount: decimal,
  Date: calendarDate,
  Invoice: maybeObject({ InvoiceID: id, InvoiceNumber: text }),
})

/** A refund, in the short form of payments inside documents (xero.md 4.3). */
const refund = z.looseObject({ PaymentID: text, Amount: decimal })

/** Credit notes, prepayments and overpayments alike (xero.md 4.5, 4.7). */
const credit = {
  Type: z.string(),
  Status: z.string(),
  UpdatedDateUTC: instant,
  Contact: maybeObject({ ContactID: id }),
  Reference: text,
  CurrencyCode: text,
  Date: calendarDate,
  SubTotal: decimal,
  TotalTax: decimal,
  Total: decimal,
  RemainingCredit: decimal,
  Allocations: z.array(allocation).nullish(),
  Payments: z.array(refund).nullish(),
}

const TEXTS = ['Reference', 'CurrencyCode', 'Date', 'SubTotal', 'TotalTax', 'Total', 'RemainingCredit']

const creditNote = z.looseObject({
  ...credit,
  CreditNoteID: id,
  CreditNoteNumber: text,
  CurrencyRate: decimal,
  LineAmountTypes: text,
  LineItems: z.array(documentLine).nullish(),
})

function shapeFor(collection: CarrierCollection, own: Pick<XeroShape, 'idField' | 'keyField' | 'schema'>): XeroShape {
  return {
    collection,
    resource: collection,
    ...own,
    texts: own.keyField === null ? TEXTS : [...TEXTS, own.keyField],
    lists: ['Allocations', 'Payments'],
    // What is voided or deleted says so by its Status: no absence.
    life: () => 'live',
    hasLines: (fields) => collection !== 'CreditNotes' || isValueList(fields.LineItems),
  }
}

export const creditNoteShape = shapeFor('CreditNotes', {
  idField: 'CreditNoteID',
  keyField: 'CreditNoteNumber',
  schema: creditNote,
})
export const prepaymentShape = shapeFor('Prepayments', {
  idField: 'PrepaymentID',
  keyField: null,
  schema: z.looseObject({ ...credit, PrepaymentID: id }),
})
export const overpaymentShape = shapeFor('Overpayments', {
  idField: 'OverpaymentID',
  keyField: null,
  schema: z.looseObject({ ...credit, OverpaymentID: id }),
})
