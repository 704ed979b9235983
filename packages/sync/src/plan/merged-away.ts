import type { NewHold } from '../model/plan.ts'
import type { RemoteRecord } from '../model/record.ts'
import { refOf } from './draft.ts'
import type { LinkSubject, PlanInput, Survivor } from './input.ts'
import type { LinkPlan } from './outcome.ts'

/**
 * Somebody merged the link's record into one that is free: the link goes on with that one. Nothing of it was ever
 * compared, so that the fields are merged as at a first link.
 */
export function movedTo(record: RemoteRecord, subject: LinkSubject, plan: (moved: LinkSubject) => LinkPlan): LinkPlan {
  const { link } = subject
  const { side } = record
  const old = link.parts.find((part) => part.side === side && part.role === 'main')
  const part = { ...refOf(record), role: 'main' as const, version: null, shadow: {} }
  const { survivor: _followed, ...rest } = subject
  const planned = plan({
    ...rest,
    link: { ...link, parts: [...link.parts.filter((one) => one !== old), part] },
    [side]: { ...subject[side], main: record },
  })
  const change = planned.change ?? { linkId: link.id, event: null, code: null, addParts: [], lines: null }
  const left = old === undefined || old.remoteId === null ? [] : [{ ...refOf(record), remoteId: old.remoteId }]
  return {
    ...planned,
    change: { ...change, addParts: [part, ...change.addParts], dropParts: [...left, ...(change.dropParts ?? [])] },
  }
}

/** Merged into the partner of somebody else: two here are one there, which only people can bring together. */
export function mergedAway(
  { record }: Survivor,
  subject: Pick<NewHold, 'title' | 'marks'>,
  { mapping }: PlanInput,
): Pick<NewHold, 'code' | 'title' | 'detail' | 'marks'> {
  const title = mapping.title(record)
  return {
    ...subject,
    code: 'mergedAway',
    detail: {
      detail: `It was merged into "${title}"`,
      candidates: [{ side: record.side, remoteId: record.id, title, isLinked: true }],
    },
  }
}
