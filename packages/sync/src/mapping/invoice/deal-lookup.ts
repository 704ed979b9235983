import type { ReferenceData } from '../../model/reference.ts'
import { zohoField } from '../limits.ts'

/** As the sources name it, and as Quotes do; not in the static field list of the documentation (zoho-crm.md 4, Invoices). */
const NAMES = ['Deal_Name__s', 'Deal_Name'] as const

/** The lookup by which a Zoho invoice names its deal: discovered where the metadata is known; '' where there is none. */
export function dealLookup(reference: ReferenceData | undefined): string {
  if (reference === undefined) return NAMES[0]
  return NAMES.find((name) => zohoField(reference, 'Invoices', name)?.dataType === 'lookup') ?? ''
}
