import type { QuoteStatusMap } from '../../model/settings.ts'
import type { MappingContext, SideView, WriteVerdict } from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { locked, lockedByLife, WRITE } from '../verdicts.ts'
import { isClosed, isKnownStage, quoteStatus, WAYS_FORWARD } from './status.ts'

/** May this field of an existing quote be written (xero.md 4.4)? Of the CRM's own only its stage and our references. */
export function quoteLock(field: string, target: SideView, { settings }: MappingContext): WriteVerdict {
  const record = target.main
  if (record === null) return WRITE
  const byLife = lockedByLife(target)
  if (byLife.type === 'locked') return byLife
  if (field === 'currency') return locked('valueNotAllowed', 'The currency of a document is fixed when it is created')
  return record.side === 'zoho'
    ? zohoLock(field, textAt(record.fields, 'Quote_Stage'), settings.quoteStatusMap)
    : xeroLock(quoteStatus(record))
}

function zohoLock(field: string, stage: string, map: QuoteStatusMap): WriteVerdict {
  if (field === 'lines')
    return locked('onlyFollows', 'The lines of the quote were changed in Xero; quotes are written in Zoho CRM')
  if (field !== 'status' || isKnownStage(stage, map)) return WRITE
  return locked(
    'unmappedStatus',
    `Zoho shows the quote stage "${stage}", which stands for no Xero status: it is left as it is`,
  )
}

function xeroLock(status: string): WriteVerdict {
  if (status === 'DELETED') return locked('recordGone', 'The quote was deleted in Xero')
  return isClosed(status)
    ? locked('quoteLocked', `In Xero the quote is ${status} and takes no changes: ${WAYS_FORWARD}`)
    : WRITE
}
