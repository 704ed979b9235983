import type { RemoteRecord } from '../../model/record.ts'
import type { PaymentType } from '../../model/settings.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import { plainDate } from '../plain-date.ts'
import { objectAt, textAt } from '../record-fields.ts'

/**
 * What of Xero is a record of the payments module: payments and refunds (xero.md 4.6), and what of a credit went to an
 * invoice (4.5, 4.7), which the connector gives as a record of its own.
 */
type Shown = Pick<RemoteRecord, 'collection' | 'fields'>

export function paymentType({ collection, fields }: Shown): PaymentType {
  if (collection !== 'Allocations') return textAt(fields, 'PaymentType') === 'ARCREDITPAYMENT' ? 'Refund' : 'Payment'
  const type = creditType(fields)
  if (type.endsWith('PREPAYMENT')) return 'Prepayment'
  return type.endsWith('OVERPAYMENT') ? 'Overpayment' : 'Credit note'
}

function creditType(fields: RemoteRecord['fields']): string {
  return textAt(objectAt(fields, 'Credit'), 'Type').toUpperCase()
}

/** Does it belong to a customer, and not to a supplier? */
export function isSale({ collection, fields }: Shown): boolean {
  if (collection !== 'Allocations') return ['ACCRECPAYMENT', 'ARCREDITPAYMENT'].includes(textAt(fields, 'PaymentType'))
  return !['ACCPAYCREDIT', 'APPREPAYMENT', 'SPEND-PREPAYMENT', 'SPEND-OVERPAYMENT'].includes(creditType(fields))
}

/** Xero's id of the invoice that it settles; '' for a refund. */
export function paidInvoice(record: Shown): string {
  return paymentType(record) === 'Refund' ? '' : textAt(objectAt(record.fields, 'Invoice'), 'InvoiceID')
}

/** Xero's id of the credit note that it uses up; '' for all that is of no credit note. */
export function usedCreditNote(record: Shown): string {
  switch (paymentType(record)) {
    case 'Credit note':
      return textAt(record.fields, 'CreditID')
    case 'Refund':
      // Shown under either name (unverified).
      return (
        textAt(objectAt(record.fields, 'CreditNote'), 'CreditNoteID') ||
        textAt(objectAt(record.fields, 'Invoice'), 'InvoiceID')
      )
    case 'Payment':
    case 'Prepayment':
    case 'Overpayment':
      return ''
  }
}

/** The number of what it settles and its day. */
export function paymentName({ fields }: Pick<RemoteRecord, 'fields'>): string {
  const number =
    textAt(objectAt(fields, 'Invoice'), 'InvoiceNumber') || textAt(objectAt(fields, 'CreditNote'), 'CreditNoteNumber')
  return tidy(`${tidy(decodeEntities(number))} ${plainDate(textAt(fields, 'Date'))}`)
}

export function paymentCurrency({ fields }: Pick<RemoteRecord, 'fields'>): string {
  return textAt(objectAt(fields, 'Invoice'), 'CurrencyCode') || textAt(objectAt(fields, 'Credit'), 'CurrencyCode')
}

/** Of an allocation it is the number of the credit. */
export function paymentReference({ fields }: Pick<RemoteRecord, 'fields'>): string {
  return tidy(decodeEntities(textAt(fields, 'Reference') || textAt(objectAt(fields, 'Credit'), 'Number')))
}

const TAKEN: Readonly<Record<PaymentType, string>> = {
  Payment: 'Received',
  'Credit note': 'Applied',
  Prepayment: 'Applied',
  Overpayment: 'Applied',
  Refund: 'Refunded',
}

/** What was taken back stays as a record that says so: what was paid once is part of the story (xero.md 4.6). */
export function paymentStatus(record: Shown): string {
  const status = textAt(record.fields, 'Status')
  if (status === 'DELETED') return 'Deleted'
  return status === 'AUTHORISED' ? TAKEN[paymentType(record)] : status
}
