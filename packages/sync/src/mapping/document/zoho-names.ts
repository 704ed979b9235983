import { KINDS } from '../../model/kind.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { conversionTo } from './convert.ts'
import { zohoPath } from './zoho-fields.ts'

/** API names per module that the document's rules read: mapped fields and what their expressions look at. */
export function documentZohoFields(settings: ConnectionSettings): Readonly<Record<string, readonly string[]>> {
  const names: Record<string, readonly string[]> = {}
  for (const kind of KINDS) {
    for (const mapping of settings.mapping.kinds[kind] ?? []) {
      const { module, key } = zohoPath(kind, mapping.zoho, settings)
      // The record that an expression looks at is the source's: Zoho's where the field goes to Xero.
      const others = mapping.direction === 'zohoToXero' ? conversionTo('xero', mapping).reads : []
      names[module] = [...(names[module] ?? []), key, ...others]
    }
  }
  return names
}
