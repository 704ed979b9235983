import type { LinkContext } from '../mapping/contract.ts'
import { collectionsOf } from '../model/kind.ts'
import { linkReference } from '../model/link.ts'
import type { GatheredFields } from './create-fields.ts'
import { basisOf, type OpDraft } from './draft.ts'
import type { Candidate, PlanInput } from './input.ts'
import { createDraft, groupAdvance, primaryDraft } from './plan-persons.ts'

interface NewCompany {
  readonly linkId: string
  readonly context: LinkContext
  readonly input: PlanInput
  readonly fields: GatheredFields
}

/** The persons of a new CRM company: records of their own, made once the company has its id. */
export function personDrafts(candidate: Candidate, at: NewCompany): readonly OpDraft[] {
  const rules = at.input.mapping.persons
  if (rules === null) return []
  const place = {
    linkId: at.linkId,
    accountId: linkReference(at.linkId, 'zoho'),
    company: collectionsOf('contact', 'zoho', at.input.context.settings.customerModel)[0],
    xeroContactId: candidate.main.id,
    basis: basisOf([candidate.view]),
    title: at.input.mapping.title(candidate.main),
    rules,
    context: at.context,
  }
  const primary = at.fields.primary.length === 0 ? [] : [primaryDraft(at.fields.primary, place)]
  const others = rules.parse(at.fields.persons).map((person) => createDraft(person, null, place))
  const field = at.fields.group[0]?.field
  const proven = field === undefined ? [] : [...at.fields.group, groupAdvance(field, at.fields.persons, place)]
  return [
    ...primary,
    ...others.map((draft, index) => (index === others.length - 1 ? { ...draft, sourceShadow: proven } : draft)),
  ]
}
