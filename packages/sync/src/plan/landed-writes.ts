import type { LinkContext } from '../mapping/contract.ts'
import { type LinkPart, mainPart, type Shadow } from '../model/link.ts'
import { otherSide, SIDES, type Side } from '../model/side.ts'
import { canonicalText, type Value } from '../model/value.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { lineShadowField } from './merge-lines.ts'
import { PRIMARY_FIELD } from './plan-fields.ts'
import type { KnownValue } from './settle.ts'

export interface Landed {
  /** Its link's shadows are those that the landed writes would have left behind. */
  readonly subject: LinkSubject
  readonly known: readonly KnownValue[]
}

/**
 * Writes without an answer that are found where they were sent: the base of the merge is what they made true, so that
 * an edit of their source meanwhile is an edit like any other, and no conflict with ourselves (I3).
 */
export function withLandedWrites(subject: LinkSubject, input: PlanInput, context: LinkContext): Landed {
  if (subject.link.generation !== input.generation || !hasDoubts(subject)) return { subject, known: [] }
  const place = { subject, input, context }
  const fields = new Set([...landedFields(place), ...landedLines(place)])
  const parts = subject.link.parts.map((part) =>
    part.role === 'main' ? { ...part, shadow: provenShadow(part.shadow, fields) } : part,
  )
  return {
    subject: { ...subject, link: { ...subject.link, parts } },
    known: SIDES.flatMap((side) => knownOf(mainPart(subject.link, side), fields)),
  }
}

interface Place {
  readonly subject: LinkSubject
  readonly input: PlanInput
  readonly context: LinkContext
}

function shadowOf({ link }: LinkSubject, side: Side): Shadow {
  return mainPart(link, side)?.shadow ?? {}
}

function hasDoubts(subject: LinkSubject): boolean {
  return SIDES.some((side) => Object.values(shadowOf(subject, side)).some(({ doubt }) => doubt !== undefined))
}

/** Shadow fields on both sides; with any of the primary person's, who that person was. */
function landedFields(place: Place): readonly string[] {
  const { subject, input, context } = place
  const landed = input.mapping.fields.filter(({ field, ...rule }) =>
    SIDES.some(
      (side) =>
        isWritten(place, { side, field, value: rule[side].read(subject[side], context) }) &&
        shadowOf(subject, otherSide(side))[field]?.doubt?.role === 'source',
    ),
  )
  const primary = landed.some((rule) => rule.zoho.role === 'primary') ? [PRIMARY_FIELD] : []
  return [...landed.map((rule) => rule.field), ...primary]
}

/** Both lines of each landed pair. */
function landedLines(place: Place): readonly string[] {
  const { subject, input, context } = place
  const rules = input.mapping.lines
  if (rules === null) return []
  return SIDES.flatMap((side) => {
    const lines = subject[side].main?.hasLines ? rules.read(subject[side], context) : []
    const written = new Set(
      lines
        .filter((line) => isWritten(place, { side, field: lineShadowField(line.id), value: rules.toValue(line.value) }))
        .map((line) => line.id),
    )
    return subject.link.lines.flatMap(({ zohoRowId, xeroLineId }) =>
      written.has(side === 'zoho' ? zohoRowId : xeroLineId) ? [zohoRowId, xeroLineId].map(lineShadowField) : [],
    )
  })
}

function isWritten(
  { subject, input }: Place,
  of: { readonly side: Side; readonly field: string; readonly value: Value },
): boolean {
  const doubt = shadowOf(subject, of.side)[of.field]?.doubt
  return doubt?.role === 'written' && doubt.print === input.fingerprint(canonicalText(of.value))
}

function provenShadow(shadow: Shadow, fields: ReadonlySet<string>): Shadow {
  return Object.fromEntries(
    Object.entries(shadow).map(([field, known]) => {
      const { doubt, ...rest } = known
      if (doubt === undefined || !fields.has(field)) return [field, known]
      return [field, { ...rest, print: doubt.print, value: doubt.value }]
    }),
  )
}

function knownOf(part: LinkPart | undefined, fields: ReadonlySet<string>): readonly KnownValue[] {
  if (part === undefined || part.remoteId === null) return []
  const ref = { side: part.side, collection: part.collection, remoteId: part.remoteId }
  return Object.entries(part.shadow).flatMap(([field, { doubt }]) =>
    doubt === undefined || !fields.has(field) ? [] : [{ ref, field, value: doubt.value }],
  )
}
