import type { FieldMapping } from '../../model/mapping-document.ts'
import type { Side } from '../../model/side.ts'

/** Is this side written by the mapping? */
export function flowsTo(side: Side, { direction = 'both' }: FieldMapping): boolean {
  return direction === 'both' || direction === (side === 'xero' ? 'zohoToXero' : 'xeroToZoho')
}

export function isOneWay({ direction = 'both' }: FieldMapping): boolean {
  return direction !== 'both'
}
