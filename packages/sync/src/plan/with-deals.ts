import type { LinkContext } from '../mapping/contract.ts'
import { linkIdOf } from './held-candidate.ts'
import type { Candidate, PlanInput } from './input.ts'
import type { LinkPlan } from './outcome.ts'
import { changeOf } from './plan-deal.ts'
import { toldDeals } from './told-deals.ts'

/**
 * A Xero invoice that bills a deal and has no CRM invoice: the one that is made names the deal, and with or without one
 * the deal shows what Xero says by now. What is held, or waits, is looked at again anyway.
 */
export function withDeals(plan: LinkPlan, candidate: Candidate, input: PlanInput): LinkPlan {
  const billed = candidate.deals?.billed ?? []
  const isWaiting = plan.drafts.length === 0 && plan.clear.length === 0
  if (billed.length === 0 || candidate.main.side !== 'xero' || plan.holds.length > 0 || isWaiting) return plan
  const linkId = linkIdOf(candidate, input)
  const context: LinkContext = { ...input.context, linkId }
  const told = toldDeals(billed, { linkId, invoice: candidate.main, context, input })
  const drafts = [...namingDeal(plan, candidate, input), ...told.drafts]
  const settled = [...plan.settled, ...told.settled]
  if (told.drafts.length === 0) return { ...plan, drafts, settled }
  // The marks belong to what is written now.
  return { ...plan, drafts, settled, clear: [], change: plan.change ?? changeOf(linkId, null) }
}

function namingDeal(plan: LinkPlan, { deals }: Candidate, input: PlanInput): LinkPlan['drafts'] {
  const [deal] = deals?.billed ?? []
  const naming = deal === undefined ? {} : (input.mapping.deals?.naming(deal.record.id, input.context) ?? {})
  return plan.drafts.map((draft) =>
    draft.verb === 'create' && draft.side === 'zoho' && draft.role === 'main'
      ? { ...draft, payload: { ...draft.payload, ...naming } }
      : draft,
  )
}
