import type { EndState } from '../mapping/removal.ts'
import type { Code } from '../model/codes.ts'
import { mainPart } from '../model/link.ts'
import type { SettledPart } from '../model/plan.ts'
import { refOf } from './draft.ts'
import { holdSubject, titleOf } from './hold-subject.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { type LinkPlan, NOTHING } from './outcome.ts'
import { formerField, isRemovedAs } from './removals.ts'
import { NO_BASE, shadowField } from './settle.ts'

/**
 * The CRM record is back from the recycle bin, and we had ended its partner in Xero: what was deleted is made again under
 * the same link; what was archived or voided waits for a person, since Xero takes neither back (xero.md 4.1, 4.3). What is
 * cancelled in the CRM stays deleted in Xero: both say the same. null: nothing of the kind.
 */
export function planReturn(subject: LinkSubject, input: PlanInput): LinkPlan | null {
  if (subject.zoho.main === null) return null
  const end = endedByUs(subject, input)
  switch (end) {
    case null:
      return null
    case 'DELETED':
      if (isCancelled(subject, input)) return subject.link.state === 'tombstoned' ? reopened(subject) : null
      return makeAgain(subject, input)
    case 'ARCHIVED':
    case 'VOIDED':
      return subject.link.state === 'tombstoned' ? reopened(subject) : held(subject, HELD_AS[end], input)
  }
}

const HELD_AS: Readonly<Record<Exclude<EndState, 'DELETED'>, Code>> = {
  ARCHIVED: 'restoreInXero',
  VOIDED: 'voidIsFinal',
}

/** Still put away there, and by us. */
function endedByUs({ link, xero }: LinkSubject, input: PlanInput): EndState | null {
  const now = xero.main === null ? 'DELETED' : (input.mapping.ended?.(xero.main) ?? null)
  return now !== null && isRemovedAs(link, 'xero', now, input) ? now : null
}

/** What the CRM record only shows of its partner: its id, its number, its amounts. */
function shownOnly({ mapping }: PlanInput): SettledPart['shadow'] {
  const shown = mapping.fields.filter((rule) => rule.direction === 'xeroToZoho' && rule.zoho.role === 'main')
  return Object.fromEntries(shown.map(({ field }) => [field, NO_BASE]))
}

/** No partner would be made for it; the one that it had is still there to be shown, as what it is. */
function isCancelled({ zoho, xero }: LinkSubject, { mapping, context }: PlanInput): boolean {
  return zoho.main !== null && xero.main !== null && mapping.skip(zoho.main, context) === 'cancelled'
}

/** Its marks stay: it is planned again as a link that has its record in the CRM. */
function reopened({ link }: LinkSubject): LinkPlan {
  return { ...NOTHING, change: { linkId: link.id, event: 'restored', code: null, addParts: [], lines: null } }
}

function held(subject: LinkSubject, code: Code, input: PlanInput): LinkPlan {
  return holdSubject(subject, { code, title: titleOf(subject, input), detail: {}, marks: [] })
}

/**
 * The marks of the CRM stay, and plan it as a record without a partner; the one that it had is remembered, and is none again.
 * What the record shows of that one is no base: were the write-back of the next one lost, it would stand for good.
 */
function makeAgain({ link, zoho, marks }: LinkSubject, input: PlanInput): LinkPlan {
  const part = mainPart(link, 'xero')
  if (part === undefined || part.remoteId === null || zoho.main === null) return NOTHING
  const { collection, remoteId } = part
  const former: SettledPart = {
    linkId: link.id,
    ref: refOf(zoho.main),
    shadow: { ...shownOnly(input), [formerField(remoteId)]: shadowField(true, input.fingerprint) },
    version: null,
    generation: link.generation,
  }
  const dropParts = [{ side: 'xero' as const, collection, remoteId }]
  const change = { linkId: link.id, event: 'restoredHalf' as const, code: null, addParts: [], dropParts, lines: [] }
  return { ...NOTHING, change, settled: [former], clear: marks.filter(({ side }) => side === 'xero') }
}
