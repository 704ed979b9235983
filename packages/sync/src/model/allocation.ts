import type { XeroCollection } from './kind.ts'
import type { RecordRef } from './record.ts'

/**
 * What of a credit settles an invoice has no endpoint of its own in Xero: it is read with the credit note, prepayment or
 * overpayment that carries it (xero.md 4.5, 4.7). So its id says whose it is: `C:<credit id>:<allocation id>`. Where
 * Xero tells no AllocationID, all that went to one invoice is one of them: `C:<credit id>:i-<invoice id>`.
 */
export type CreditType = 'creditNote' | 'prepayment' | 'overpayment'

export interface Carrier {
  readonly type: CreditType
  /** Xero's id of the credit. */
  readonly id: string
}

export type CarrierCollection = Extract<XeroCollection, 'CreditNotes' | 'Prepayments' | 'Overpayments'>

const LETTERS: Readonly<Record<CreditType, string>> = { creditNote: 'C', prepayment: 'P', overpayment: 'O' }
const CREDIT_TYPES: readonly CreditType[] = ['creditNote', 'prepayment', 'overpayment']

export const CARRIER_COLLECTIONS: Readonly<Record<CreditType, CarrierCollection>> = {
  creditNote: 'CreditNotes',
  prepayment: 'Prepayments',
  overpayment: 'Overpayments',
}

/** Letter, two GUIDs, two colons and the mark of an invoice: what a CRM field must hold. */
export const ALLOCATION_ID_LENGTH = 80

/** Stands for all that a credit carries, in marks alone: it is no record. */
export function carrierId({ type, id }: Carrier): string {
  return `${LETTERS[type]}:${id}`
}

export function carrierRef(carrier: Carrier): RecordRef {
  return { side: 'xero', collection: 'Allocations', remoteId: carrierId(carrier) }
}

/** `own`: its AllocationID, or the id of its invoice where it has none. */
export function allocationId(
  carrier: Carrier,
  own: { readonly allocationId: string } | { readonly invoiceId: string },
): string {
  return `${carrierId(carrier)}:${'allocationId' in own ? own.allocationId : `i-${own.invoiceId}`}`
}

/** null for an id of another form. */
export function carrierOf(remoteId: string): Carrier | null {
  const [letter, id = ''] = remoteId.split(':')
  const type = CREDIT_TYPES.find((one) => LETTERS[one] === letter)
  return type === undefined || id === '' ? null : { type, id }
}

/** Does this id stand for all of a credit, and for none of its allocations? */
export function isCarrierId(remoteId: string): boolean {
  return carrierOf(remoteId) !== null && remoteId.split(':').length === 2
}

/** Is this an id of an allocation, and not one of Xero's own? */
export function isAllocationId(remoteId: string): boolean {
  return carrierOf(remoteId) !== null && remoteId.split(':').length === 3
}
