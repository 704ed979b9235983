import type { MappingContext, SideView, WriteVerdict } from '../contract.ts'
import { xeroLock } from '../invoice/locks.ts'
import { locked, lockedByLife, WRITE } from '../verdicts.ts'

/** May this field of an existing bill or its order be written? In Xero as for invoices (R36); in the CRM what we show there. */
export function billLock(field: string, target: SideView, context: MappingContext): WriteVerdict {
  const record = target.main
  if (record === null) return WRITE
  const byLife = lockedByLife(target)
  if (byLife.type === 'locked') return byLife
  if (field === 'currency') return locked('valueNotAllowed', 'The currency of a document is fixed when it is created')
  return record.side === 'zoho' ? zohoLock(field) : xeroLock(field, record, context)
}

function zohoLock(field: string): WriteVerdict {
  switch (field) {
    case 'lines':
      return locked(
        'onlyFollows',
        'The lines of the bill were changed in Xero; purchase orders are written in Zoho CRM',
      )
    case 'status':
      return locked('statusNotAllowed', 'The purchase order is cancelled in Zoho CRM, but its bill is not in Xero')
    default:
      return WRITE
  }
}
