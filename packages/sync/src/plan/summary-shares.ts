import type { Fault, LinkContext } from '../mapping/contract.ts'
import type { ShadowAdvance } from '../model/op.ts'
import { NO_SHARE, type Share, shareFrom, shareValue } from '../model/summary.ts'
import { canonicalText } from '../model/value.ts'
import type { PlanInput } from './input.ts'
import { KNOWN_TOTAL_FIELD } from './plan-lines.ts'
import type { KnownValue } from './settle.ts'
import { type Member, OPEN_FIELD, SHARE_FIELD, type SummarySubject } from './summary-facts.ts'

export interface SharedMember {
  readonly member: Member
  readonly share: Share
  /** It adds something else than the books have of it. */
  readonly isChanged: boolean
}

export interface FaultyMember {
  readonly member: Member
  readonly faults: readonly [Fault, ...Fault[]]
}

export interface Shares {
  readonly shared: readonly SharedMember[]
  readonly faulty: readonly FaultyMember[]
}

/** What each member adds: as it was read, else as it is remembered. */
export function sharesOf({ members, of }: SummarySubject, input: PlanInput, context: LinkContext): Shares {
  const shared: SharedMember[] = []
  const faulty: FaultyMember[] = []
  for (const member of members) {
    const verdict = verdictOf(member, { of, input, context })
    if (verdict.type === 'share') {
      const { share } = verdict
      shared.push({ member, share, isChanged: isChanged(member, share, input) })
    } else {
      const [first, ...others] = verdict.faults
      if (first !== undefined) faulty.push({ member, faults: [first, ...others] })
    }
  }
  return { shared, faulty }
}

function verdictOf(
  { record, isGone, part }: Member,
  at: { readonly of: SummarySubject['of']; readonly input: PlanInput; readonly context: LinkContext },
) {
  const nothing = { type: 'share', share: NO_SHARE } as const
  if (isGone) return nothing
  if (record?.hasLines) return at.input.mapping.summaries?.share(record, at.of, at.context) ?? nothing
  return { type: 'share', share: shareFrom(part.shadow[SHARE_FIELD]?.value) ?? NO_SHARE } as const
}

function isChanged({ part }: Member, share: Share, { fingerprint }: PlanInput): boolean {
  return part.shadow[SHARE_FIELD]?.print !== fingerprint(canonicalText(shareValue(share)))
}

/** What is true of these members once the books have their shares. */
export function shareAdvances(shared: readonly SharedMember[], input: PlanInput): readonly ShadowAdvance[] {
  return knownShares(shared, input).map(({ ref, field, value }) => ({ ...ref, field, value }))
}

export function knownShares(shared: readonly SharedMember[], { mapping }: PlanInput): readonly KnownValue[] {
  return shared.flatMap(({ member: { part, record }, share }) => {
    const ref = { side: part.side, collection: part.collection, remoteId: part.remoteId }
    const known: KnownValue[] = [
      { ref, field: SHARE_FIELD, value: shareValue(share) },
      { ref, field: OPEN_FIELD, value: null },
    ]
    // By its total alone our own later write of it is known again (VERSION RULE).
    if (record !== null) known.push({ ref, field: KNOWN_TOTAL_FIELD, value: mapping.total?.(record) ?? null })
    return known
  })
}

/** What was told of these members, and not written, is looked at again whenever their summary is. */
export function openShares(shared: readonly SharedMember[]): readonly KnownValue[] {
  return shared.map(({ member: { part } }) => ({
    ref: { side: part.side, collection: part.collection, remoteId: part.remoteId },
    field: OPEN_FIELD,
    value: true,
  }))
}
