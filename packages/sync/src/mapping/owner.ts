import type { Code } from '../model/codes.ts'
import type { ReferenceData } from '../model/reference.ts'
import type { ConnectionSettings } from '../model/settings.ts'
import type { ValueObject } from '../model/value.ts'
import { type KindMapping, type MappingContext, mapped } from './contract.ts'

/**
 * Everything new in Zoho gets the chosen owner, whatever its kind; without one it is whoever connected (R21j). Only new
 * records: who owns one later is Zoho's own affair.
 */
export function withOwner(mapping: KindMapping): KindMapping {
  const { persons } = mapping
  return {
    ...mapping,
    persons:
      persons === null
        ? null
        : {
            ...persons,
            create(person, at, context) {
              const extras = persons.create(person, at, context)
              return { ...extras, payload: { ...extras.payload, ...ownerOf(context) } }
            },
          },
    createExtras(target, source, context) {
      const extras = mapping.createExtras(target, source, context)
      if (target === 'xero' || extras.type === 'hold') return extras
      return mapped({ ...extras.value, payload: { ...extras.value.payload, ...ownerOf(context) } })
    },
  }
}

function ownerOf({ settings, reference }: MappingContext): ValueObject {
  const id = ownerId(settings, reference)
  return id === null ? {} : { Owner: { id } }
}

/** E-mails compare without case. null: nobody was chosen, or nobody there has that address. */
function ownerId({ defaultOwnerEmail }: ConnectionSettings, { zoho }: ReferenceData): string | null {
  const wanted = defaultOwnerEmail.trim().toLowerCase()
  if (wanted === '') return null
  return zoho.users?.find((user) => user.email.trim().toLowerCase() === wanted)?.id ?? null
}

/** A warning: records are made all the same, and belong to whoever connected. */
export function ownerFaults(
  settings: ConnectionSettings,
  reference: ReferenceData,
): readonly { readonly code: Code; readonly detail: string }[] {
  const { defaultOwnerEmail } = settings
  const isUnknown =
    defaultOwnerEmail !== '' && reference.zoho.users !== undefined && ownerId(settings, reference) === null
  return isUnknown
    ? [
        {
          code: 'ownerUnknown',
          detail: `Zoho has no active user ${defaultOwnerEmail}: new records belong to whoever connected`,
        },
      ]
    : []
}
