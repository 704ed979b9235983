import { type Collection, collectionsOf, type Kind } from '../../model/kind.ts'
import type { PartRole } from '../../model/link.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { zohoField } from '../limits.ts'
import type { ValueForm } from './value-form.ts'

/**
 * A Zoho field that a document names: `Region` of the kind's main module, `Contacts.Title` of the primary person, or
 * `Leads.Region` of a Xero contact that is still a lead (R13b).
 */
export interface ZohoPath {
  readonly module: Collection
  readonly key: string
  readonly role: PartRole
}

/** Why not is said by `faults`: here anything that names no person is a field of the main record. */
export function zohoPath(
  kind: Kind,
  name: string,
  { customerModel }: Pick<ConnectionSettings, 'customerModel'>,
): ZohoPath {
  const [module] = collectionsOf(kind, 'zoho', customerModel)
  const [, ofLead] = LEAD_NAME.exec(name) ?? []
  if (ofLead !== undefined) return { module: 'Leads', key: ofLead, role: 'main' }
  const [, person] = /^Contacts\.(\w+)$/.exec(name) ?? []
  if (person === undefined) return { module, key: name, role: 'main' }
  return { module: 'Contacts', key: person, role: module === 'Contacts' ? 'main' : 'primary' }
}

const LEAD_NAME = /^Leads\.(\w+)$/

/** Does a document map this field of leads alone? */
export function isOfLeads(name: string): boolean {
  return LEAD_NAME.test(name)
}

/** Only contacts have people and leads, and only names of letters, digits and underscores are names. */
export function isZohoName(kind: Kind, name: string): boolean {
  return (kind === 'contact' ? /^(?:(?:Contacts|Leads)\.)?[A-Za-z]\w*$/ : /^[A-Za-z]\w*$/).test(name)
}

/** Text where the metadata says nothing of it. */
export function zohoForm(path: ZohoPath, reference: ReferenceData): ValueForm {
  return formOfType(zohoField(reference, path.module, path.key)?.dataType ?? 'text') ?? 'text'
}

/** The form of a Zoho data type (zoho-crm.md 5); null for those that cannot be mapped. */
export function formOfType(dataType: string): ValueForm | null {
  switch (dataType) {
    case 'text':
    case 'email':
    case 'phone':
    case 'website':
    case 'autonumber':
    case 'formula':
      return 'text'
    case 'textarea':
      return 'lines'
    case 'integer':
    case 'bigint':
      return 'whole'
    case 'double':
    case 'decimal':
    case 'currency':
    case 'percent':
      return 'number'
    case 'boolean':
      return 'flag'
    case 'date':
      return 'date'
    case 'picklist':
      return 'choice'
    case 'multiselectpicklist':
      return 'choices'
    case 'ownerlookup':
      return 'owner'
    case 'lookup':
      return 'record'
    default:
      return null
  }
}

/** As it reads where the metadata is not at hand: `Account_Site` as "Account Site". */
export function zohoLabel({ module, key, role }: ZohoPath): string {
  const words = key.replaceAll('_', ' ')
  if (module === 'Leads') return `${words} (Lead)`
  return role === 'primary' ? `${words} (primary Contact)` : words
}
