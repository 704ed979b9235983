import type { Code } from '../../model/codes.ts'
import { KINDS, type Kind } from '../../model/kind.ts'
import { type FieldMapping, MAPPING_LIMITS } from '../../model/mapping-document.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { MOST_FIELDS, requiredZohoFields } from '../generate/required-fields.ts'
import { defaultMapping } from '../index.ts'
import { claimFaults, missingFaults } from './claim-faults.ts'
import { type FieldPlace, fieldFaults } from './field-faults.ts'
import { isOpenRule } from './owners.ts'
import { isOfLeads } from './zoho-fields.ts'

/** What is wrong with a mapping document, so that a person finds the place. */
export interface DocumentFault {
  readonly code: Code
  readonly detail: string
  readonly kind: Kind
  /** '' for what is wrong with the kind as a whole. */
  readonly field: string
}

/** Against the organisations as they are now; empty when the document can be used. */
export function documentFaults(settings: ConnectionSettings, reference: ReferenceData): readonly DocumentFault[] {
  return KINDS.flatMap((kind) => kindFaults({ kind, settings, reference }))
}

function kindFaults(place: FieldPlace): readonly DocumentFault[] {
  const { kind, settings } = place
  const mappings = settings.mapping.kinds[kind] ?? []
  if (mappings.length === 0) return []
  const { mostFields } = MAPPING_LIMITS
  if (mappings.length > mostFields)
    return [fault(kind, '', `a mapping has at most ${mostFields} fields of a kind, this one ${mappings.length}`)]
  const byDefault = new Set(defaultMapping(kind, { ...settings, fieldPolicies: {} }).fields.map(({ field }) => field))
  return [
    ...mappings.flatMap((mapping, at) => {
      // A lead has fields of its own: under one name with the customer's, they are one value (R13b).
      const isSame = (one: FieldMapping) =>
        one.field === mapping.field && isOfLeads(one.zoho) === isOfLeads(mapping.zoho)
      const isTwice = mappings.findIndex(isSame) !== at
      const isClosed = byDefault.has(mapping.field) && !isOpenRule(kind, mapping.field)
      const details = [
        ...(isTwice ? ['it is mapped twice'] : []),
        ...(isClosed ? ['this default field is kept by Tandem itself: choose another name'] : []),
        ...fieldFaults(mapping, place),
        ...claimFaults(mapping, { ...place, mappings }),
      ]
      return details.map((detail) => fault(kind, mapping.field, detail))
    }),
    ...missingFaults({ ...place, mappings }).map((detail) => fault(kind, '', detail)),
    ...listFaults(place),
  ]
}

/** What does not fit a list would be missing in it, and read as emptied. */
function listFaults({ kind, settings, reference }: FieldPlace): readonly DocumentFault[] {
  const before = requiredZohoFields({ ...settings, mapping: { ...settings.mapping, kinds: {} } }, reference)
  const only = { ...settings.mapping, kinds: { [kind]: settings.mapping.kinds[kind] ?? [] } }
  return Object.entries(requiredZohoFields({ ...settings, mapping: only }, reference)).flatMap(([module, names]) => {
    const free = MOST_FIELDS - (before[module]?.length ?? 0)
    if (names.length <= MOST_FIELDS) return []
    return [fault(kind, '', `Zoho lists ${MOST_FIELDS} fields of ${module} at most: there is room for ${free} more`)]
  })
}

function fault(kind: Kind, field: string, detail: string): DocumentFault {
  return { code: 'mappingInvalid', kind, field, detail: `${kind}${field === '' ? '' : `.${field}`}: ${detail}` }
}
