import type { RemoteRecord } from '../../model/record.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import { textAt } from '../record-fields.ts'
import { ENDED, type EndState, freedNumber, freedSuffix, keepFor, type Removal } from '../removal.ts'
import { quoteStatus } from './status.ts'

/**
 * Xero deletes a quote in every status (xero.md 4.4). A draft has been seen by nobody; about the others a person is asked
 * first; what was invoiced stays, being where its invoice comes from.
 */
export function quoteRemoval(record: RemoteRecord): Removal {
  const status = quoteStatus(record)
  const number = tidy(decodeEntities(textAt(record.fields, 'QuoteNumber')))
  switch (status) {
    case 'DELETED':
      return ENDED
    case 'INVOICED':
      return keepFor('deleteInvoiced', `In Xero quote ${number} is invoiced, so it is not deleted`)
    case 'DRAFT':
    case 'SENT': {
      // Open to every edit; of an answered quote the number cannot be changed.
      const freed = number === '' ? {} : { QuoteNumber: freedNumber(number, freedSuffix(record.id)) }
      const consent = status === 'SENT' ? `Quote ${number} was sent to the customer` : null
      return { type: 'remove', from: status, to: 'DELETED', payload: freed, consent }
    }
    case 'ACCEPTED':
    case 'DECLINED':
      return {
        type: 'remove',
        from: status,
        to: 'DELETED',
        payload: {},
        consent: `In Xero quote ${number} is ${status}: the customer has answered it`,
      }
    default:
      return keepFor('statusNotAllowed', `In Xero it is ${status}, which nobody has told us how to delete`)
  }
}

export function quoteEnded(record: RemoteRecord): EndState | null {
  return record.side === 'xero' && quoteStatus(record) === 'DELETED' ? 'DELETED' : null
}
