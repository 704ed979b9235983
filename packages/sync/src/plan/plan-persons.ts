import type { FieldRule, LinkContext, PersonRules, PersonValue, SideView } from '../mapping/contract.ts'
import type { Collection } from '../model/kind.ts'
import { type LinkPart, linkReference } from '../model/link.ts'
import type { FieldChange, ShadowAdvance } from '../model/op.ts'
import type { RemoteRecord } from '../model/record.ts'
import { SIDES } from '../model/side.ts'
import { isBlank, isValueList, type Value, type ValueObject } from '../model/value.ts'
import { basisOf, joinPayloads, type OpDraft, refOf } from './draft.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import type { FieldPatch, FieldsPlan } from './plan-fields.ts'
import { mayUpdate } from './plan-updates.ts'
import type { KnownValue } from './settle.ts'

export interface PersonsPlan {
  readonly drafts: readonly OpDraft[]
  /** Persons that are not parts of the link yet, or whose role has changed. */
  readonly addParts: readonly LinkPart[]
  /** Lists that were looked at and need no write. */
  readonly settled: readonly KnownValue[]
}

/** The persons of a company link on the Zoho side: which are parts, and which must be made or changed. */
export function planPersons(
  subject: LinkSubject,
  input: PlanInput,
  at: { readonly context: LinkContext; readonly fields: FieldsPlan },
): PersonsPlan {
  const rules = input.mapping.persons
  if (rules === null) return { drafts: [], addParts: [], settled: [] }
  const addParts = unknownParts(subject)
  if (!mayUpdate('zoho', input) || subject.zoho.main === null || subject.xero.main === null)
    return { drafts: [], addParts, settled: [] }
  const place: PersonPlace = {
    linkId: subject.link.id,
    accountId: subject.zoho.main.id,
    company: subject.zoho.main.collection,
    xeroContactId: subject.xero.main.id,
    title: input.mapping.title(subject.zoho.main),
    rules,
    context: at.context,
    basis: basisOf([subject.zoho, subject.xero]),
  }
  const primary = missingPrimary(subject, { patches: at.fields.patches, fields: input.mapping.fields }, place)
  const group = at.fields.patches.find((patch) => patch.target === 'zoho' && patch.rule.zoho.role === 'person')
  if (group === undefined) return { drafts: primary, addParts, settled: [] }
  const others = groupDrafts(group, subject.zoho, place)
  // Nobody to make or change: the two lists stay as they are, and what differs is told (deletes are off).
  const settled = others.length > 0 ? [] : settledGroup(group, subject, at.context)
  return { drafts: [...primary, ...others], addParts, settled }
}

export interface PersonPlace {
  readonly linkId: string
  /** A remote id, or the link's own reference while the company is yet to be created. */
  readonly accountId: string
  readonly company: Collection
  readonly xeroContactId: string
  readonly title: string
  readonly rules: PersonRules
  readonly context: LinkContext
  readonly basis: OpDraft['basis']
}

/** People whom the link does not know yet, or in another role. */
export function unknownParts(subject: LinkSubject): readonly LinkPart[] {
  const wanted: { record: RemoteRecord; role: 'primary' | 'person' }[] = []
  if (subject.zoho.primary !== null) wanted.push({ record: subject.zoho.primary, role: 'primary' })
  for (const record of subject.zoho.persons) wanted.push({ record, role: 'person' })
  return wanted.flatMap(({ record, role }) => {
    const known = subject.link.parts.find((part) => part.side === 'zoho' && part.remoteId === record.id)
    if (known?.role === role) return []
    return [personPart(record, role, known)]
  })
}

export function personPart(record: RemoteRecord, role: 'primary' | 'person', known: LinkPart | undefined): LinkPart {
  return {
    side: 'zoho',
    collection: record.collection,
    role,
    remoteId: record.id,
    version: null,
    shadow: known?.shadow ?? {},
  }
}

/** The Xero contact has a person of its own, and the company has none: it is made. */
function missingPrimary(
  subject: LinkSubject,
  { patches, fields }: { readonly patches: readonly FieldPatch[]; readonly fields: readonly FieldRule[] },
  place: PersonPlace,
): readonly OpDraft[] {
  if (subject.zoho.primary !== null) return []
  const wanted = patches.filter((patch) => patch.target === 'zoho' && patch.rule.zoho.role === 'primary')
  if (wanted.length === 0) return []
  const known = new Set(wanted.map((patch) => patch.rule.field))
  // What has not changed is part of the new person, too: one field alone would be half a person.
  const rest = fields.filter((rule) => rule.zoho.role === 'primary' && !known.has(rule.field))
  return [primaryDraft([...wanted, ...rest.flatMap((rule) => unchangedPatch(rule, subject, place))], place)]
}

function unchangedPatch(rule: FieldRule, { zoho, xero }: LinkSubject, place: PersonPlace): readonly PrimaryPatch[] {
  const value = rule.xero.read(xero, place.context)
  const accepted = rule.zoho.accept(value, place.context)
  if (accepted.type === 'hold' || isBlank(accepted.value) || xero.main === null) return []
  return [
    {
      change: { field: rule.field, before: null, after: accepted.value, reason: 'create' },
      payload: rule.zoho.write(accepted.value, zoho, place.context),
      sourceShadow: [{ ...refOf(xero.main), field: rule.field, value }],
    },
  ]
}

export interface PrimaryPatch {
  readonly change: FieldChange
  readonly payload: ValueObject
  readonly sourceShadow: FieldPatch['sourceShadow']
}

export function primaryDraft(patches: readonly PrimaryPatch[], place: PersonPlace): OpDraft {
  const textOf = (field: string) => {
    const value = patches.find((patch) => patch.change.field === field)?.change.after
    return typeof value === 'string' ? value : ''
  }
  const person = { firstName: textOf('firstName'), lastName: textOf('lastName'), email: textOf('email') }
  return {
    ...createDraft(person, joinPayloads(patches.map((patch) => patch.payload)), place),
    role: 'primary',
    changes: patches.map((patch) => ({ ...patch.change, before: null, reason: 'create' })),
    sourceShadow: patches.flatMap((patch) => patch.sourceShadow),
  }
}

/** Makes the other persons say what Xero's list says. Persons that Xero no longer lists stay in the CRM (deletes are off). */
function groupDrafts(group: FieldPatch, view: SideView, place: PersonPlace): readonly OpDraft[] {
  const drafts: OpDraft[] = []
  const free = new Set(view.persons)
  const { primary } = view
  const others = primary === null ? group.change.after : place.rules.without(group.change.after, primary)
  for (const person of place.rules.parse(others)) {
    const record = [...free].find((candidate) => place.rules.isSame(candidate, person))
    if (record === undefined) {
      drafts.push(createDraft(person, null, place))
      continue
    }
    free.delete(record)
    const payload = place.rules.patch(record, person)
    if (payload !== null) drafts.push(patchDraft(record, { person, payload }, place))
  }
  const kept = asList(group.rule.zoho.read({ ...view, persons: [...free] }, place.context))
  const proven = [
    ...group.sourceShadow,
    groupAdvance(group.rule.field, [...asList(group.change.after), ...kept], place),
  ]
  // The group's shadows advance with the last of its ops; they are true only when all are confirmed.
  return drafts.map((draft, index) => (index === drafts.length - 1 ? { ...draft, sourceShadow: proven } : draft))
}

/** What the company's people say once all of them are written. */
export function groupAdvance(field: string, list: Value, place: PersonPlace): ShadowAdvance {
  const value = place.rules.inOrder(list)
  return { side: 'zoho', collection: place.company, remoteId: place.accountId, field, value }
}

function settledGroup(group: FieldPatch, subject: LinkSubject, context: LinkContext): readonly KnownValue[] {
  const { rule } = group
  return SIDES.flatMap((side) => {
    const { main } = subject[side]
    return main === null
      ? []
      : [{ ref: refOf(main), field: rule.field, value: rule[side].read(subject[side], context) }]
  })
}

function asList(value: Value): readonly Value[] {
  return isValueList(value) ? value : []
}

export function createDraft(person: PersonValue, fields: ValueObject | null, place: PersonPlace): OpDraft {
  const extras = place.rules.create(
    person,
    { accountId: place.accountId, xeroContactId: place.xeroContactId, fields },
    place.context,
  )
  return {
    linkId: place.linkId,
    side: 'zoho',
    collection: place.rules.collection,
    role: 'person',
    verb: 'create',
    remoteId: null,
    title: `${place.title}: ${person.firstName} ${person.lastName}`.trim(),
    changes: [{ field: 'person', before: null, after: personValue(person), reason: 'create' }],
    payload: extras.payload,
    sourceShadow: [],
    naturalKey: extras.naturalKey,
    beforeVersion: null,
    basis: place.basis,
    afterDrafts: [],
    phase: 'persons',
  }
}

function patchDraft(
  record: RemoteRecord,
  change: { readonly person: PersonValue; readonly payload: ValueObject },
  place: PersonPlace,
): OpDraft {
  return {
    ...createDraft(change.person, null, place),
    verb: 'update',
    remoteId: refOf(record).remoteId,
    changes: [{ field: 'person', before: null, after: personValue(change.person), reason: 'changed' }],
    payload: change.payload,
    naturalKey: null,
    beforeVersion: record.version,
  }
}

function personValue(person: PersonValue): Value {
  return { firstName: person.firstName, lastName: person.lastName, email: person.email }
}

export function companyReference(linkId: string): string {
  return linkReference(linkId, 'zoho')
}
