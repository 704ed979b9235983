import type { Code } from '../model/codes.ts'
import type { SkipReason } from '../model/plan.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { CheckVerdict, SideView, WriteVerdict } from './contract.ts'

export const GO: CheckVerdict = { type: 'go' }
export const WRITE: WriteVerdict = { type: 'write' }

export function locked(code: Code, detail: string): Extract<WriteVerdict, { readonly type: 'locked' }> {
  return { type: 'locked', code, detail }
}

/** Deleted and archived records found nowhere else take no part. */
export function skipByLife(record: RemoteRecord): SkipReason | null {
  switch (record.life) {
    case 'live':
      return null
    case 'archived':
      return 'archivedUnlinked'
    case 'gone':
      return 'goneUnlinked'
  }
}

export function lockedByLife(target: SideView): WriteVerdict {
  switch (target.main?.life) {
    case 'archived':
      return locked('recordArchived', 'Archived records cannot be edited: restore it in Xero first')
    case 'gone':
      return locked('recordGone', 'The record was deleted')
    case 'live':
    case undefined:
      return WRITE
  }
}
