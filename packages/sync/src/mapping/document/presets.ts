import { type FieldMapping, MAPPING_VERSION, type MappingDocument, NO_MAPPING } from '../../model/mapping-document.ts'
import type { ConnectionSettings } from '../../model/settings.ts'

/** A mapping to begin with, for a person to choose. */
export interface MappingPreset {
  readonly id: 'default' | 'literalNames'
  readonly title: string
  readonly document: MappingDocument
}

/** Zoho refuses a Contact without a last name: the dash stands for none, both ways. */
const LAST_NAME = {
  xero: 'FirstName',
  transform: { toZoho: "value == '' ? '-' : value", toXero: "value == '-' ? '' : value" },
} as const

export function mappingPresets(settings: Pick<ConnectionSettings, 'customerModel'>): readonly MappingPreset[] {
  return [
    {
      id: 'default',
      title: 'Names by sense: the contact name is the company or the full name ("Ada Lee" is First Ada, Last Lee)',
      document: NO_MAPPING,
    },
    {
      id: 'literalNames',
      title: "Names to the letter: Xero's Name is the CRM's First Name, Xero's FirstName its Last Name (R21a, R21b)",
      document: { version: MAPPING_VERSION, name: 'Names to the letter', kinds: { contact: literalNames(settings) } },
    },
  ]
}

/** Of a company the primary person follows; its own name stays the Account Name. */
function literalNames({ customerModel }: Pick<ConnectionSettings, 'customerModel'>): readonly FieldMapping[] {
  switch (customerModel) {
    case 'contactsAlone':
      return [
        { field: 'name', zoho: 'First_Name', xero: 'Name' },
        { field: 'firstName', zoho: 'Last_Name', ...LAST_NAME },
      ]
    case 'accountsAlone':
      // Names of people are Xero's alone, and the name of the company is the same by sense and to the letter.
      return []
    case 'accountsWithPersons':
      return [
        { field: 'firstName', zoho: 'Contacts.First_Name', xero: 'Name', direction: 'xeroToZoho' },
        {
          field: 'lastName',
          zoho: 'Contacts.Last_Name',
          xero: 'FirstName',
          direction: 'xeroToZoho',
          transform: { toZoho: LAST_NAME.transform.toZoho },
        },
      ]
  }
}
