import type { FieldRule, LinkContext } from '../mapping/contract.ts'
import { DELETED_IN_XERO } from '../mapping/deleted-in-xero.ts'
import { isDocument } from '../model/kind.ts'
import { dealParts, mainPart } from '../model/link.ts'
import { canonicalText } from '../model/value.ts'
import { basisOf, type OpDraft, refOf } from './draft.ts'
import { staying, titleOf } from './hold-subject.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { type LinkPlan, NOTHING, skipAll } from './outcome.ts'
import { isOutsideMode } from './plan-updates.ts'
import { deletion, ENDED_FIELD, holdIfEdited, isRemovedByUs, leaveForLater, mayDelete } from './removals.ts'

/**
 * Xero has deleted, voided or archived it: the CRM record is flagged, or goes to the recycle bin, as the settings say
 * (R12c). null: it is in use there, or nothing (more) is to be done about it here.
 */
export function planDisposal(subject: LinkSubject, input: PlanInput, context: LinkContext): LinkPlan | null {
  const { link, zoho, xero } = subject
  if (zoho.main === null || mainPart(link, 'xero')?.remoteId == null || !mayDelete('zoho', input)) return null
  const end = xero.main === null ? 'DELETED' : (input.mapping.ended?.(xero.main) ?? null)
  if (end === null || dealParts(link).length > 0) return null
  if (isOutsideMode('zoho', input)) return xero.main === null ? leaveForLater(subject) : null
  if (input.context.settings.deletedInXero === 'flag') return flagged(subject, input, context)
  if (isOldNews(subject, end, input)) return null
  return (
    holdIfEdited(subject, 'zoho', input) ??
    deletion(subject, { target: 'zoho', from: 'live', to: 'DELETED', payload: {} }, input)
  )
}

/** A document waits as a whole where its new status has no word in the CRM: the flag goes first, the rest is planned again. */
function flagged(subject: LinkSubject, input: PlanInput, context: LinkContext): LinkPlan | null {
  const rule = input.mapping.fields.find(({ field }) => field === DELETED_IN_XERO)
  const isGone = subject.xero.main === null
  if (rule === undefined) return null
  const isFlagged = rule.zoho.read(subject.zoho, context) === true
  if (isFlagged) return isGone ? skipAll(staying(subject), 'goneUnlinked') : null
  if (!isGone && !isDocument(subject.link.kind)) return null
  const draft = flagDraft(subject, { rule, input, context })
  if (draft === null) return null
  const change = { linkId: subject.link.id, event: null, code: null, addParts: [], lines: null }
  return { ...NOTHING, change, drafts: [draft] }
}

function flagDraft(
  subject: LinkSubject,
  of: { readonly rule: FieldRule; readonly input: PlanInput; readonly context: LinkContext },
): OpDraft | null {
  const { zoho, xero, link } = subject
  const { rule, input, context } = of
  if (zoho.main === null) return null
  return {
    linkId: link.id,
    side: 'zoho',
    collection: zoho.main.collection,
    role: 'main',
    verb: 'update',
    remoteId: zoho.main.id,
    title: titleOf(subject, input),
    changes: [
      {
        field: rule.field,
        before: rule.zoho.read(zoho, context),
        after: true,
        reason: xero.main === null ? 'changed' : 'step',
      },
    ],
    payload: rule.zoho.write(true, zoho, context),
    sourceShadow: xero.main === null ? [] : [{ ...refOf(xero.main), field: rule.field, value: true }],
    naturalKey: null,
    beforeVersion: zoho.main.version,
    basis: basisOf([zoho, xero]),
    afterDrafts: [],
    phase: 'write',
  }
}

/** So it was when the two were last in step, or first met, or it was our own doing: nobody has deleted anything since. */
function isOldNews({ link, zoho, xero }: LinkSubject, end: string, input: PlanInput): boolean {
  if (isRemovedByUs(link, 'xero', input)) return true
  // A person has taken it out of the recycle bin again, and what is no more there cannot have ended anew.
  if (xero.main === null && isRemovedByUs(link, 'zoho', input)) return true
  const shadow = mainPart(link, 'xero')?.shadow ?? {}
  // What we have made or told ourselves, and nobody else has touched, was in use then, although the answer was lost.
  const isNew = Object.keys(shadow).length === 0 && zoho.main?.modifiedBy !== input.ourZohoUserId
  const was = [shadow.status?.print, shadow[ENDED_FIELD]?.print]
  return isNew || (xero.main !== null && was.includes(input.fingerprint(canonicalText(end))))
}
