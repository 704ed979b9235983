import type { LinkContext, PersonRules, PersonValue } from '../mapping/contract.ts'
import { type LinkPart, linkReference } from '../model/link.ts'
import type { FieldChange } from '../model/op.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { Value, ValueObject } from '../model/value.ts'
import { basisOf, joinPayloads, type OpDraft, refOf } from './draft.ts'
import type { LinkSubject, PlanInput } from './input.ts'
import type { FieldPatch, FieldsPlan } from './plan-fields.ts'
import { mayUpdate } from './plan-updates.ts'

export interface PersonsPlan {
  readonly drafts: readonly OpDraft[]
  /** Persons that are not parts of the link yet, or whose role has changed. */
  readonly addParts: readonly LinkPart[]
}

/** The persons of a company link on the Zoho side: which are parts, and which must be made or changed. */
export function planPersons(
  subject: LinkSubject,
  input: PlanInput,
  at: { readonly context: LinkContext; readonly fields: FieldsPlan },
): PersonsPlan {
  const rules = input.mapping.persons
  if (rules === null) return { drafts: [], addParts: [] }
  const addParts = unknownParts(subject)
  if (!mayUpdate('zoho', input) || subject.zoho.main === null || subject.xero.main === null)
    return { drafts: [], addParts }
  const place: PersonPlace = {
    linkId: subject.link.id,
    accountId: subject.zoho.main.id,
    xeroContactId: subject.xero.main.id,
    title: input.mapping.title(subject.zoho.main),
    rules,
    context: at.context,
    basis: basisOf([subject.zoho, subject.xero]),
  }
  const primary = missingPrimary(subject, at.fields.patches, place)
  const group = at.fields.patches.find((patch) => patch.target === 'zoho' && patch.rule.zoho.role === 'person')
  const others = group === undefined ? [] : groupDrafts(group, subject.zoho.persons, place)
  return { drafts: [...primary, ...others], addParts }
}

export interface PersonPlace {
  readonly linkId: string
  /** A remote id, or the link's own reference while the company is yet to be created. */
  readonly accountId: string
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
function missingPrimary(subject: LinkSubject, patches: readonly FieldPatch[], place: PersonPlace): readonly OpDraft[] {
  if (subject.zoho.primary !== null) return []
  const wanted = patches.filter((patch) => patch.target === 'zoho' && patch.rule.zoho.role === 'primary')
  if (wanted.length === 0) return []
  return [primaryDraft(wanted, place)]
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
function groupDrafts(group: FieldPatch, persons: readonly RemoteRecord[], place: PersonPlace): readonly OpDraft[] {
  const drafts: OpDraft[] = []
  const free = new Set(persons)
  for (const person of place.rules.parse(group.change.after)) {
    const record = [...free].find((candidate) => place.rules.isSame(candidate, person))
    if (record === undefined) {
      drafts.push(createDraft(person, null, place))
      continue
    }
    free.delete(record)
    const payload = place.rules.patch(record, person)
    if (payload !== null) drafts.push(patchDraft(record, { person, payload }, place))
  }
  // The group's shadow advances with the last of its ops; it is true only when all are confirmed.
  return drafts.map((draft, index) =>
    index === drafts.length - 1 ? { ...draft, sourceShadow: group.sourceShadow } : draft,
  )
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
