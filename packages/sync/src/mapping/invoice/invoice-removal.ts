import type { RemoteRecord } from '../../model/record.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { LinkContext } from '../contract.ts'
import { isZero } from '../decimal.ts'
import { plainDate } from '../plain-date.ts'
import { textAt } from '../record-fields.ts'
import { ENDED, type EndState, freedNumber, freedSuffix, keepFor, type Removal } from '../removal.ts'
import { lockedByDate } from './locks.ts'
import { xeroStatus } from './status.ts'

/**
 * A draft is deleted, what is approved and owed in full is voided once a person agrees, and what money hangs on stays
 * (R12c; xero.md 4.3, status machine).
 */
export function invoiceRemoval(record: RemoteRecord, { reference }: LinkContext): Removal {
  const status = xeroStatus(record)
  if (invoiceEnded(record) !== null) return ENDED
  const money = heldByMoney(record, status)
  if (money !== null) return money
  const locked = lockedByDate(plainDate(textAt(record.fields, 'Date')), reference)
  if (locked !== null) return keepFor('lockDate', locked)
  const number = tidy(decodeEntities(textAt(record.fields, 'InvoiceNumber')))
  switch (status) {
    case 'DRAFT':
    case 'SUBMITTED': {
      const freed = number === '' ? {} : { InvoiceNumber: freedNumber(number, freedSuffix(record.id)) }
      return { type: 'remove', from: status, to: 'DELETED', payload: freed, consent: null }
    }
    case 'AUTHORISED':
      return {
        type: 'remove',
        from: status,
        to: 'VOIDED',
        payload: { Status: 'VOIDED' },
        consent: voidQuestion(number),
      }
    default:
      return keepFor('statusNotAllowed', `In Xero it is ${status}, which nobody has told us how to delete`)
  }
}

function voidQuestion(number: string): string {
  return `Invoice ${number} is approved in Xero and nothing of it is paid. Voided, it cannot be brought back`
}

/** Told apart, because what undoes it differs: a payment, or a credit note. */
function heldByMoney({ fields }: RemoteRecord, status: string): Removal | null {
  if (!isZero(textAt(fields, 'AmountCredited'))) {
    const credited = textAt(fields, 'AmountCredited')
    return keepFor('deleteCredited', `In Xero ${credited} of it is credited, so it is neither deleted nor voided`)
  }
  const paid = textAt(fields, 'AmountPaid')
  if (status !== 'PAID' && isZero(paid)) return null
  const how = status === 'PAID' ? 'it is paid' : `${paid} of it is paid`
  return keepFor('deletePaid', `In Xero ${how}, so it is neither deleted nor voided`)
}

export function invoiceEnded(record: RemoteRecord): EndState | null {
  const status = record.side === 'xero' ? xeroStatus(record) : ''
  return status === 'VOIDED' || status === 'DELETED' ? status : null
}
