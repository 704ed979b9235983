import type { CreateExtras } from '../mapping/contract.ts'
import { collectionsOf } from '../model/kind.ts'
import type { FieldChange } from '../model/op.ts'
import type { Side } from '../model/side.ts'
import type { ValueObject } from '../model/value.ts'
import type { GatheredFields } from './create-fields.ts'
import type { GatheredLines } from './create-lines.ts'
import { basisOf, type OpDraft } from './draft.ts'
import type { Candidate, PlanInput } from './input.ts'
import { pendingParents } from './pending-parents.ts'
import { TOTAL_FIELD } from './plan-lines.ts'

interface MainDraft {
  readonly linkId: string
  readonly target: Side
  readonly payload: ValueObject
  readonly naturalKey: CreateExtras['naturalKey']
  readonly input: PlanInput
  readonly fields: GatheredFields
  readonly lines: GatheredLines
}

/** The create of the new partner itself; its persons and the write-back come after it. */
export function mainDraft(candidate: Candidate, draft: MainDraft): OpDraft {
  const { kind, mapping, context } = draft.input
  const [main] = collectionsOf(kind, draft.target, context.settings.customerModel)
  const ofMapping = draft.target === 'zoho' ? mapping.zohoCollection : undefined
  const collection = ofMapping ?? mapping.createIn?.(candidate.view, context) ?? main
  return {
    linkId: draft.linkId,
    side: draft.target,
    collection,
    role: 'main',
    verb: 'create',
    remoteId: null,
    title: mapping.title(candidate.main),
    changes: [
      ...draft.fields.main.map((field) => field.change),
      ...draft.lines.change,
      ...totalChange(candidate, draft),
    ],
    payload: draft.payload,
    sourceShadow: [...draft.fields.baseline, ...draft.lines.sourceShadow],
    naturalKey: draft.naturalKey,
    beforeVersion: null,
    basis: basisOf([candidate.view]),
    afterDrafts: [],
    needs: pendingParents(candidate.view, draft.input),
    phase: 'write',
  }
}

/** What the document will come to: seen in the preview, and compared when it is read back (I11). */
function totalChange(candidate: Candidate, draft: MainDraft): readonly FieldChange[] {
  const total = draft.input.mapping.total?.(candidate.main) ?? null
  return total === null ? [] : [{ field: TOTAL_FIELD, before: null, after: total, reason: 'create' }]
}
