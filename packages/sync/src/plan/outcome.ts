import type { Link } from '../model/link.ts'
import type { LinkChange, NewConflict, NewHold, NewLink, PlanChunk, SettledPart, SkipReason } from '../model/plan.ts'
import type { RecordRef } from '../model/record.ts'
import type { OpDraft } from './draft.ts'

/** What planning one link or one unlinked record came to. */
export interface LinkPlan {
  readonly newLink: NewLink | null
  readonly change: LinkChange | null
  readonly drafts: readonly OpDraft[]
  readonly settled: readonly SettledPart[]
  readonly conflicts: readonly NewConflict[]
  readonly holds: readonly NewHold[]
  readonly clear: readonly RecordRef[]
  readonly skipped: PlanChunk['skipped']
}

export const NOTHING: LinkPlan = {
  newLink: null,
  change: null,
  drafts: [],
  settled: [],
  conflicts: [],
  holds: [],
  clear: [],
  skipped: [],
}

export function skipAll(marks: readonly RecordRef[], reason: SkipReason): LinkPlan {
  return { ...NOTHING, clear: marks, skipped: marks.map((ref) => ({ ref, reason })) }
}

/** All of the link waits for a person; the hold owns the marks. */
export function holdLink(link: Pick<Link, 'id' | 'kind'>, hold: Omit<NewHold, 'linkId' | 'kind'>): LinkPlan {
  return {
    ...NOTHING,
    change: { linkId: link.id, event: 'heldForPerson', code: hold.code, addParts: [], lines: null },
    holds: [{ ...hold, linkId: link.id, kind: link.kind }],
  }
}
