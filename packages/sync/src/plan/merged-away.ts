import { formOfLink } from '../mapping/form.ts'
import { type Link, type LinkPart, mainPart, type Shadow } from '../model/link.ts'
import type { NewHold } from '../model/plan.ts'
import { isBlank } from '../model/value.ts'
import { refOf } from './draft.ts'
import type { LinkSubject, PlanInput, Survivor } from './input.ts'
import type { LinkPlan } from './outcome.ts'

/**
 * The link's record has given way to one that is free: the link goes on with that one. Of what won a merge nothing was
 * ever compared, so that the fields are merged as at a first link; a lead's new customer keeps the lead's base.
 */
export function movedTo(
  survivor: Survivor,
  subject: LinkSubject,
  at: { readonly input: PlanInput; plan(moved: LinkSubject): LinkPlan },
): LinkPlan {
  const { link } = subject
  const { record, view } = survivor
  const { side } = record
  const old = mainPart(link, side)
  const shadow = survivor.keepsBase && old !== undefined ? baseOf(survivor, { link, old }, at.input) : {}
  const part = { ...refOf(record), role: 'main' as const, version: null, shadow }
  const { survivor: _followed, ...rest } = subject
  const others = link.parts.filter((one) => one !== old && one.remoteId !== record.id)
  const planned = at.plan({ ...rest, link: { ...link, parts: [...others, part] }, [side]: view })
  const change = planned.change ?? { linkId: link.id, event: null, code: null, addParts: [], lines: null }
  const left = old === undefined || old.remoteId === null ? [] : [{ ...old, remoteId: old.remoteId }]
  const dropped = left.map(({ collection, remoteId }) => ({ side, collection, remoteId }))
  return {
    ...planned,
    change: { ...change, addParts: [part, ...change.addParts], dropParts: [...dropped, ...(change.dropParts ?? [])] },
  }
}

/**
 * The old record's shadow, as far as it was copied: what the new record shows as blank has no base, so that it is filled.
 * Our own reference is never copied.
 */
function baseOf(
  { view }: Survivor,
  { link, old }: { readonly link: Link; readonly old: LinkPart },
  { mapping, context }: PlanInput,
): Shadow {
  const named = new Set(formOfLink(mapping, link).fields.flatMap((rule) => (rule.isCrossReference ? [] : [rule.field])))
  return Object.fromEntries(
    mapping.fields.flatMap((rule) => {
      const known = named.has(rule.field) ? old.shadow[rule.field] : undefined
      const isCopied = !isBlank(rule[view.side].read(view, { ...context, linkId: link.id }))
      return known === undefined || !isCopied ? [] : [[rule.field, known] as const]
    }),
  )
}

/** The partner of somebody else has taken its place: two here are one there, which only people can bring together. */
export function mergedAway(
  { record }: Survivor,
  subject: Pick<NewHold, 'title' | 'marks'>,
  { mapping }: PlanInput,
): Pick<NewHold, 'code' | 'title' | 'detail' | 'marks'> {
  const title = mapping.title(record)
  const isMerge = record.side === 'xero'
  return {
    ...subject,
    code: isMerge ? 'mergedAway' : 'partnerTaken',
    detail: {
      detail: isMerge ? `It was merged into "${title}"` : `"${title}" has taken its place in the CRM`,
      candidates: [{ side: record.side, remoteId: record.id, title, isLinked: true }],
    },
  }
}
