import type { RemoteRecord } from '../../model/record.ts'
import { ENDED, type EndState, type Removal } from '../removal.ts'

/** Xero has no delete for contacts: it archives them, with open invoices too, and only its own pages bring them back (xero.md 4.1). */
export function contactRemoval(record: RemoteRecord): Removal {
  if (contactEnded(record) !== null) return ENDED
  return { type: 'remove', from: 'ACTIVE', to: 'ARCHIVED', payload: {}, consent: null }
}

export function contactEnded({ side, life }: RemoteRecord): EndState | null {
  return side === 'xero' && life === 'archived' ? 'ARCHIVED' : null
}
