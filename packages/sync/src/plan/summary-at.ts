import type { LinkContext, SideView, SummaryRules } from '../mapping/contract.ts'
import type { Code } from '../model/codes.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { ValueObject } from '../model/value.ts'
import { faultDetail } from './faults.ts'
import type { PlanInput } from './input.ts'
import { holdLink, type LinkPlan } from './outcome.ts'
import type { Member, SummarySubject } from './summary-facts.ts'
import type { FaultyMember, SharedMember } from './summary-shares.ts'
import { waitsFor } from './waits-for.ts'

/** A summary with everything that it is planned by. */
export interface SummaryAt {
  readonly subject: SummarySubject
  readonly input: PlanInput
  readonly context: LinkContext
  readonly rules: SummaryRules
}

/** The members as one source, under the id of the oldest of them. */
export function sourceOf(
  { subject, context, rules }: SummaryAt,
  shared: readonly SharedMember[],
  status: string,
): RemoteRecord {
  const [founder] = shared.map(({ member }) => member).sort(byRemoteId)
  const ref = { side: 'zoho', collection: rules.collection, id: founder?.part.remoteId ?? '' } as const
  const shares = shared.map(({ share }) => share)
  return rules.source({ linkId: subject.linkId, of: subject.of, founder: ref, shares, status }, context)
}

function byRemoteId(left: Member, right: Member): number {
  return idOf(left) < idOf(right) ? -1 : 1
}

/** Zoho's ids count up: the oldest first. */
function idOf({ part }: Member): string {
  return part.remoteId.padStart(20, '0')
}

/** All of the summary waits for a person, with all its marks. */
export function holdSummary({ subject, input, rules }: SummaryAt, code: Code, detail: ValueObject): LinkPlan {
  const title = rules.title(subject.of)
  return holdLink({ id: subject.linkId, kind: input.kind }, { code, title, detail, marks: subject.marks })
}

/** The whole summary waits for one of its members. */
export function holdForMember(at: SummaryAt, { member, faults }: FaultyMember): LinkPlan {
  const { input } = at
  const [first] = faults
  const { record } = member
  const views = record === null ? [] : [plainSummaryView(record)]
  const named = { member: record === null ? member.part.remoteId : input.mapping.title(record) }
  return holdSummary(at, first.code, {
    detail: faultDetail(first, faults),
    ...named,
    ...waitsFor(first.code, views, input),
  })
}

/** A document without people. */
export function plainSummaryView(main: RemoteRecord): SideView {
  return { side: main.side, main, primary: null, persons: [] }
}
