import type { LinkContext, TaskRules } from '../mapping/contract.ts'
import type { LinkPart, ShadowField } from '../model/link.ts'
import type { RemoteRecord } from '../model/record.ts'
import { canonicalText, type Value } from '../model/value.ts'
import { basisOf, joinPayloads, type OpDraft, refOf } from './draft.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import { mayUpdate } from './plan-updates.ts'
import { shadowField } from './settle.ts'
import type { TaskFact } from './task-facts.ts'

/** Of a task's shadow: what it was made for. It outlives the task itself. */
export const OCCASION_FIELD = 'taskOccasion'

export interface TaskPlan {
  readonly drafts: readonly OpDraft[]
  readonly addParts: readonly LinkPart[]
}

const NONE: TaskPlan = { drafts: [], addParts: [] }

/**
 * One task for whoever owns an invoice that is overdue, once per due date and never beside an open one; completed when
 * nothing is owed any more, unless a person has touched it (R38c). What was made is told by the parts of the link.
 */
export function planTask(subject: LinkSubject, input: PlanInput, context: LinkContext): TaskPlan {
  const rules = input.mapping.tasks
  const { zoho, xero, tasks } = subject
  if (rules === undefined || tasks === undefined || zoho.main === null || xero.main === null) return NONE
  const at: TaskPlace = { subject, zoho: zoho.main, xero: xero.main, rules, input, context }
  const found = tasks.found === null ? [] : [adopted(tasks.found, at)]
  const made = [...tasks.made, ...found]
  const addParts = found.map(({ part }) => part)
  // Found again is no write: it is known from here on, whatever may be written.
  if (!mayUpdate('zoho', input)) return { drafts: [], addParts }
  if (rules.isOver(at.xero)) return { drafts: made.flatMap((fact) => completed(fact, at)), addParts }
  return { drafts: isWanted(made, at) ? created(at) : [], addParts }
}

interface TaskPlace {
  readonly subject: LinkSubject
  readonly zoho: RemoteRecord
  readonly xero: RemoteRecord
  readonly rules: TaskRules
  readonly input: PlanInput
  readonly context: LinkContext
}

function isWanted(made: readonly TaskFact[], { rules, xero, input, context }: TaskPlace): boolean {
  if (!rules.isDue(xero, context)) return false
  if (made.some(({ record }) => record !== null && rules.isOpen(record))) return false
  return !isMadeFor(
    made.map(({ part }) => part),
    rules.occasion(xero),
    input.fingerprint,
  )
}

/** By the fingerprint, which stays when values are purged (R79). */
export function isMadeFor(
  parts: readonly LinkPart[],
  occasion: string,
  fingerprint: (text: string) => string,
): boolean {
  const print = fingerprint(canonicalText(occasion))
  return parts.some(({ shadow }) => shadow[OCCASION_FIELD]?.print === print)
}

function created({ subject, zoho, xero, rules, input, context }: TaskPlace): readonly OpDraft[] {
  const occasion = rules.occasion(xero)
  const { key } = rules.lookup(context.linkId, occasion)
  const told = rules.told({ zoho, xero }, context)
  return [
    {
      linkId: subject.link.id,
      side: 'zoho',
      collection: rules.collection,
      role: 'task',
      verb: 'create',
      remoteId: null,
      title: input.mapping.title(zoho),
      changes: [...told, { field: OCCASION_FIELD, value: occasion }].map(({ field, value }) => ({
        field,
        before: null,
        after: value,
        reason: 'create' as const,
      })),
      payload: joinPayloads([...told.map(({ payload }) => payload), { [key.field]: key.value }]),
      // A double that Zoho refuses is looked for again with its invoice.
      sourceShadow: [{ ...refOf(xero), field: OCCASION_FIELD, value: occasion }],
      naturalKey: key,
      beforeVersion: null,
      basis: basisOf([subject.zoho, subject.xero]),
      afterDrafts: [],
      phase: 'writeBack',
    },
  ]
}

function completed({ part, record }: TaskFact, at: TaskPlace): readonly OpDraft[] {
  const { rules, input, context } = at
  const done = rules.completion(context)
  if (record === null || done === null || !rules.isOpen(record) || !isUntouched(part, record, at)) return []
  const before = rules.shown(record).find(({ field }) => field === done.field)?.value ?? null
  const ref = refOf(record)
  return [
    {
      linkId: context.linkId,
      ...ref,
      role: 'task',
      verb: 'update',
      title: input.mapping.title(at.zoho),
      changes: [{ field: done.field, before, after: done.value, reason: 'changed' }],
      payload: done.payload,
      sourceShadow: [],
      naturalKey: null,
      beforeVersion: record.version,
      basis: [{ ...ref, version: record.version }],
      afterDrafts: [],
      phase: 'writeBack',
    },
  ]
}

/** Nobody but us has written it last, and it says what we wrote. */
function isUntouched(part: LinkPart, record: RemoteRecord, { rules, input }: TaskPlace): boolean {
  if (record.modifiedBy !== input.ourZohoUserId) return false
  const shown = new Map(rules.shown(record).map(({ field, value }) => [field, value]))
  const written = Object.entries(part.shadow).filter(([field]) => shown.has(field))
  return (
    written.length > 0 &&
    written.every(([field, { print }]) => print === input.fingerprint(canonicalText(shown.get(field) ?? null)))
  )
}

/** What it shows is what we sent, unless a person has written it since: then nothing of it is known as ours. */
function adopted(record: RemoteRecord, { rules, xero, input }: TaskPlace): TaskFact {
  const isOurs = record.modifiedBy === input.ourZohoUserId
  const values: readonly { readonly field: string; readonly value: Value }[] = [
    { field: OCCASION_FIELD, value: rules.occasion(xero) },
    ...(isOurs ? rules.shown(record) : []),
  ]
  const shadow: Record<string, ShadowField> = {}
  for (const { field, value } of values) shadow[field] = shadowField(value, input.fingerprint)
  return { part: { ...refOf(record), role: 'task', version: null, shadow }, record }
}
