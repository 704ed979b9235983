import { dealParts } from '../model/link.ts'
import type { Side } from '../model/side.ts'
import { holdSubject, staying, titleOf } from './hold-subject.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { type LinkPlan, NOTHING } from './outcome.ts'
import { isOutsideMode } from './plan-updates.ts'
import {
  askToDelete,
  deletion,
  holdIfEdited,
  isAgreed,
  isKept,
  isRemovedByUs,
  leaveForLater,
  mayDelete,
} from './removals.ts'

/**
 * The CRM record was deleted: its partner in Xero is archived, deleted or voided, or stays for a reason that a person is
 * told (R12c, C7). null: nothing of it is to be deleted, and a person decides.
 */
export function planRemoval(subject: LinkSubject, absent: readonly Side[], input: PlanInput): LinkPlan | null {
  const { link, xero } = subject
  if (!absent.includes('zoho') || absent.length > 1 || xero.main === null || !mayDelete('xero', input)) return null
  // Whoever lost a merge is listed as deleted, too: its partner belongs to the one that took it in.
  if (subject.isMergedAway === true) return null
  // A deal stays billed by what bills it; what we have recycled ourselves was deleted by nobody.
  if (dealParts(link).length > 0 || isRemovedByUs(link, 'zoho', input) || isKept(link, input)) return null
  const removal = input.mapping.removal?.(xero.main, { ...input.context, linkId: link.id }) ?? null
  if (removal === null) return null
  const held = (code: Parameters<typeof holdSubject>[1]['code'], detail: string) =>
    holdSubject(subject, { code, title: titleOf(subject, input), detail: { goneOn: 'zoho', detail }, marks: [] })
  if (isOutsideMode('xero', input)) return leaveForLater(subject)
  if (subject.isDeletionTold !== true) return held('deletionUnproven', UNPROVEN)
  switch (removal.type) {
    case 'ended':
      return bothEnded(subject)
    case 'refused':
      return held(removal.code, removal.detail)
    case 'remove': {
      const edited = holdIfEdited(subject, 'xero', input)
      if (edited !== null) return edited
      if (removal.consent !== null && !isAgreed(subject, 'xero', input)) {
        const detail = { goneOn: 'zoho', detail: removal.consent }
        return askToDelete(subject, { code: 'deleteNeedsConsent', detail, target: 'xero' }, input)
      }
      return deletion(subject, { target: 'xero', ...removal }, input)
    }
  }
}

const UNPROVEN = 'It is not among the deleted records of Zoho CRM: it may only be hidden from the signed-in user'

function bothEnded(subject: LinkSubject): LinkPlan {
  const change = { linkId: subject.link.id, event: 'bothSidesGone' as const, code: null, addParts: [], lines: null }
  return { ...NOTHING, change: { ...change, dropParts: subject.strayed }, clear: staying(subject) }
}
