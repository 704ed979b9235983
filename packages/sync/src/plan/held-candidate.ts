import type { SideView } from '../mapping/contract.ts'
import type { Code } from '../model/codes.ts'
import { isSource } from '../model/kind.ts'
import type { LinkPart } from '../model/link.ts'
import type { NewLink } from '../model/plan.ts'
import type { Value } from '../model/value.ts'
import { refOf } from './draft.ts'
import type { Candidate, PlanInput } from './input.ts'
import { holdLink, type LinkPlan } from './outcome.ts'
import { personPart } from './plan-persons.ts'
import { waitsFor } from './waits-for.ts'

/** Holds an unlinked record for a person, with its link row, so that the inbox can name it. */
export function holdCandidate(
  candidate: Candidate,
  hold: { readonly code: Code; readonly detail: Value },
  input: PlanInput,
): LinkPlan {
  return heldCreate(candidate, { newLink: newLinkOf(candidate, input), ...hold }, input)
}

/** The same for a link that is already being made. */
export function heldCreate(
  candidate: Candidate,
  hold: { readonly newLink: NewLink; readonly code: Code; readonly detail: Value },
  input: PlanInput,
): LinkPlan {
  const held = holdLink(
    { id: hold.newLink.id, kind: input.kind },
    {
      code: hold.code,
      title: input.mapping.title(candidate.main),
      detail: { detail: hold.detail, ...waitsFor(hold.code, [candidate.view], input) },
      marks: candidate.marks,
    },
  )
  return { ...held, newLink: hold.newLink }
}

/** The link a candidate has, or the one its founding record always gets. */
export function linkIdOf(candidate: Candidate, input: PlanInput): string {
  return candidate.linkId ?? input.linkIdFor(refOf(candidate.main))
}

/** The link as it is recorded with the create, or with the hold: only the source is part of it yet. */
export function newLinkOf(candidate: Candidate, input: PlanInput): NewLink {
  return { id: linkIdOf(candidate, input), kind: input.kind, parts: sourceParts(candidate.view) }
}

function sourceParts(view: SideView): readonly LinkPart[] {
  const main = view.main
  if (main === null) return []
  const part = {
    side: main.side,
    collection: main.collection,
    role: isSource(main.collection) ? ('deal' as const) : ('main' as const),
    remoteId: main.id,
    version: null,
    shadow: {},
  }
  const primary = view.primary === null ? [] : [personPart(view.primary, 'primary', undefined)]
  return [part, ...primary, ...view.persons.map((record) => personPart(record, 'person', undefined))]
}
