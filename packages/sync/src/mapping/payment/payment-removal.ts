import type { RemoteRecord } from '../../model/record.ts'
import type { LinkContext } from '../contract.ts'
import { lockedByDate } from '../invoice/locks.ts'
import { plainDate } from '../plain-date.ts'
import { isTicked, objectAt, textAt } from '../record-fields.ts'
import { ENDED, type EndState, keepFor, type Removal } from '../removal.ts'
import { paymentType } from './payment-source.ts'
import { linkIdIn } from './payment-token.ts'

/**
 * A payment is deleted with its CRM record, where the delete switch says so; not one that the bank's statement is matched
 * with, nor one of a batch (xero.md 4.6). About one that was entered in Xero a person is asked first. null: it is a refund,
 * or credit that was put against an invoice, and only Xero takes that back.
 */
export function paymentRemoval(record: RemoteRecord, { reference }: LinkContext): Removal | null {
  const { fields } = record
  if (paymentType(record) !== 'Payment') return null
  if (paymentEnded(record) !== null) return ENDED
  if (isTicked(fields, 'IsReconciled'))
    return keepFor('paymentReconciled', 'In Xero it is matched with a bank statement')
  const batch = textAt(fields, 'BatchPaymentID') || textAt(objectAt(fields, 'BatchPayment'), 'BatchPaymentID')
  if (batch !== '') return keepFor('paymentReconciled', 'In Xero it is part of a batch payment')
  const locked = lockedByDate(plainDate(textAt(fields, 'Date')), reference)
  if (locked !== null) return keepFor('lockDate', locked)
  const isOurs = linkIdIn(textAt(fields, 'Reference')) !== null
  const consent = isOurs ? null : 'The payment was entered in Xero, not in Zoho CRM'
  return { type: 'remove', from: textAt(fields, 'Status'), to: 'DELETED', payload: {}, consent }
}

export function paymentEnded({ side, fields }: RemoteRecord): EndState | null {
  return side === 'xero' && textAt(fields, 'Status') === 'DELETED' ? 'DELETED' : null
}
