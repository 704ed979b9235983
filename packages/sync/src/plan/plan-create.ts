import type { KindMapping, LinkContext } from '../mapping/contract.ts'
import { otherSide, type Side } from '../model/side.ts'
import { emptyView, gatherFields } from './create-fields.ts'
import { gatherLines } from './create-lines.ts'
import { mainDraft } from './create-main.ts'
import { personDrafts } from './create-persons.ts'
import { joinPayloads, type OpDraft } from './draft.ts'
import { faultDetail, faultsOf } from './faults.ts'
import { heldCreate, newLinkOf } from './held-candidate.ts'
import type { Candidate, PlanInput } from './input.ts'
import { type LinkPlan, NOTHING, skipAll } from './outcome.ts'
import { isOutsideMode } from './plan-updates.ts'
import { writeBack } from './write-back.ts'

/** Plans the partner of a record that has none: the create with its own identity, persons, and the write-back of its ids. */
export function planCreate(candidate: Candidate, given: PlanInput): LinkPlan {
  const input = { ...given, mapping: formOfNew(candidate, given) }
  const source = candidate.main.side
  const target = otherSide(source)
  if (isOutsideMode(target, input)) return leaveForLater(candidate)
  if (!mayCreate(target, input)) return skipAll(candidate.marks, reasonNotCreated(target, input))
  const newLink = newLinkOf(candidate, input)
  const linkId = newLink.id
  const context: LinkContext = {
    ...input.context,
    linkId,
    mayChooseKey: candidate.mayChooseKey === true,
    former: candidate.former ?? [],
  }
  const fields = gatherFields(candidate.view, { input, context, target })
  const lines = gatherLines(candidate.view, { input, context, target })
  const extras = input.mapping.createExtras(target, candidate.view, context)
  const verdict = input.mapping.check(
    { target, source: candidate.view, targetView: emptyView(target), after: fields.after, linesAfter: lines.after },
    context,
  )
  const faults = [...fields.faults, ...lines.faults, ...faultsOf(extras), ...faultsOf(verdict)]
  const [fault] = faults
  if (fault !== undefined)
    return heldCreate(candidate, { newLink, code: fault.code, detail: faultDetail(fault, faults) }, input)
  // Both have been told as faults: this only says so to the compiler.
  if (extras.type === 'hold' || verdict.type === 'hold') return NOTHING
  const adjusted = verdict.type === 'adjust' ? verdict.payload : {}
  const payload = joinPayloads([
    ...fields.main.map((field) => field.payload),
    lines.payload,
    extras.value.payload,
    adjusted,
  ])
  const main = mainDraft(candidate, {
    linkId,
    target,
    payload,
    naturalKey: extras.value.naturalKey,
    input,
    fields,
    lines,
  })
  const dependents =
    target === 'zoho'
      ? personDrafts(candidate, { linkId, context, input, fields })
      : writeBack(candidate, { linkId, context, input, payload: { ...payload, ...extras.value.expected } })
  return {
    ...NOTHING,
    newLink,
    change: { linkId, event: 'createIntended', code: null, addParts: [], lines: null },
    drafts: [baseLeftTo(dependents, main), ...dependents.map((draft) => ({ ...draft, afterDrafts: [0] }))],
  }
}

/** What the write-back fills has its base from the write-back alone: were that lost, the blank would stand for good. */
function baseLeftTo(dependents: readonly OpDraft[], main: OpDraft): OpDraft {
  const writtenBack = dependents.filter((draft) => draft.phase === 'writeBack')
  const filled = new Set(writtenBack.flatMap((draft) => draft.changes.map(({ field }) => field)))
  return { ...main, sourceShadow: main.sourceShadow.filter(({ field }) => !filled.has(field)) }
}

/** Who nobody in the CRM is may begin there as a lead (R13b). */
function formOfNew({ main }: Candidate, { mapping, context }: PlanInput): KindMapping {
  const { lead } = mapping
  return main.side === 'xero' && lead?.isNew(main, context) ? lead.mapping : mapping
}

/** The marks stay for the next run that goes that way. */
function leaveForLater(candidate: Candidate): LinkPlan {
  return { ...NOTHING, skipped: candidate.marks.map((ref) => ({ ref, reason: 'directionSwitchedOff' })) }
}

function mayCreate(target: Side, input: PlanInput): boolean {
  const kind = input.context.settings.kinds[input.kind]
  const flow = target === 'xero' ? 'zohoToXero' : 'xeroToZoho'
  const isDirected =
    (kind.direction === 'both' || kind.direction === flow) && (input.mode === 'both' || input.mode === flow)
  return kind.isOn && isDirected && kind[target].create
}

function reasonNotCreated(target: Side, input: PlanInput) {
  return input.context.settings.kinds[input.kind][target].create
    ? ('directionSwitchedOff' as const)
    : ('createSwitchedOff' as const)
}
