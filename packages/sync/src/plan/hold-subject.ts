import type { NewHold } from '../model/plan.ts'
import { type RecordRef, refKey } from '../model/record.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { holdLink, type LinkPlan } from './outcome.ts'
import { unknownParts } from './plan-persons.ts'

/** Also while a company waits, those who have left it belong to another, and those who have come are its own. */
export function holdSubject(subject: LinkSubject, hold: Omit<NewHold, 'linkId' | 'kind'>): LinkPlan {
  const held = holdLink(subject.link, { ...hold, marks: staying(subject) })
  if (held.change === null) return held
  return { ...held, change: { ...held.change, addParts: unknownParts(subject), dropParts: subject.strayed } }
}

/** The mark of a person who has left stays: the company that it went to is planned by it. */
export function staying(subject: LinkSubject): readonly RecordRef[] {
  const strayed = new Set(subject.strayed.map(refKey))
  return subject.marks.filter((mark) => !strayed.has(refKey(mark)))
}

export function titleOf(subject: LinkSubject, input: PlanInput): string {
  const main = subject.zoho.main ?? subject.xero.main
  return main === null ? subject.link.id : input.mapping.title(main)
}
