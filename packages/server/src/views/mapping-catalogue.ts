import { trackingPaths } from '@tandem/sync/mapping/document/tracking.ts'
import { type XeroField, xeroField, xeroFieldsOf } from '@tandem/sync/mapping/document/xero-fields.ts'
import { formOfType } from '@tandem/sync/mapping/document/zoho-fields.ts'
import { mappingFor } from '@tandem/sync/mapping/index.ts'
import { collectionsOf, KINDS, type Kind } from '@tandem/sync/model/kind.ts'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { MappingCatalogueView } from './mapping.ts'

type KindView = MappingCatalogueView['kinds'][number]

/** What is mapped and what can be, under the names that each system uses (R20a, R22). */
export function mappingCatalogue(settings: ConnectionSettings, reference: ReferenceData): MappingCatalogueView {
  return {
    kinds: KINDS.map((kind) => ({
      kind,
      fields: mappedFields(kind, settings),
      zoho: zohoPlaces(kind, settings, reference),
      xero: xeroPlaces(kind, reference).map(({ path, label, form, access }) => ({
        ...{ name: path, label, type: form },
        isWritable: access === 'write',
      })),
    })),
  }
}

/** With the tracking categories that this organisation has now. */
function xeroPlaces(kind: Kind, reference: ReferenceData): readonly XeroField[] {
  return [...xeroFieldsOf(kind), ...trackingPaths(kind, reference).flatMap((path) => xeroField(kind, path) ?? [])]
}

function mappedFields(kind: Kind, settings: ConnectionSettings): KindView['fields'] {
  const own = new Set((settings.mapping.kinds[kind] ?? []).map(({ field }) => field))
  const { fields, lineFields = [] } = mappingFor(kind, settings)
  return [...fields, ...lineFields].map(({ field, label, direction, policy }) => ({
    ...{ field, label: { ...label }, direction, policy },
    origin: own.has(field) ? 'document' : 'default',
  }))
}

/** Fields of the kind's own module, and of the primary person under `Contacts.`; those of types that can be mapped. */
function zohoPlaces(kind: Kind, settings: ConnectionSettings, { zoho }: ReferenceData): KindView['zoho'] {
  const [main] = collectionsOf(kind, 'zoho', settings.customerModel)
  return collectionsOf(kind, 'zoho', settings.customerModel).flatMap((module) =>
    (zoho.fields[module] ?? []).flatMap(({ apiName, label, dataType, isReadOnly }) => {
      const form = formOfType(dataType)
      if (form === null) return []
      const name = module === main ? apiName : `${module}.${apiName}`
      return [{ name, label, type: form, isWritable: !isReadOnly && form !== 'owner' }]
    }),
  )
}
