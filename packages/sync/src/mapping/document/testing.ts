import type { Kind } from '../../model/kind.ts'
import { type FieldMapping, NO_MAPPING } from '../../model/mapping-document.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { mappingFor } from '../index.ts'
import { REFERENCE, SETTINGS, zohoFieldOf } from '../testing.ts'

/** The Australian pair, whose CRM has fields of its own. */
export const CUSTOM: ReferenceData = {
  ...REFERENCE,
  zoho: {
    ...REFERENCE.zoho,
    fields: {
      ...REFERENCE.zoho.fields,
      Accounts: [
        zohoFieldOf('Account_Name', { isMandatory: true, length: 200 }),
        ...['Phone', 'Site', 'Xero_ID'].map((name) => zohoFieldOf(name, { length: 20 })),
        zohoFieldOf('Region', { dataType: 'picklist', picklist: ['-None-', 'NZ', 'AU', 'UK'] }),
        zohoFieldOf('Tags', { dataType: 'multiselectpicklist', picklist: ['big', 'old'] }),
        zohoFieldOf('Employees', { dataType: 'integer' }),
        zohoFieldOf('Number', { dataType: 'bigint' }),
        zohoFieldOf('Turnover', { dataType: 'currency', decimalPlaces: 2 }),
        zohoFieldOf('Since', { dataType: 'date' }),
        zohoFieldOf('Vip', { dataType: 'boolean' }),
        zohoFieldOf('Seen', { dataType: 'datetime' }),
        zohoFieldOf('Score', { dataType: 'formula', isReadOnly: true }),
        zohoFieldOf('Owner', { dataType: 'ownerlookup' }),
        zohoFieldOf('Parent_Account', { dataType: 'lookup' }),
        zohoFieldOf('About', { dataType: 'textarea', length: 2000 }),
      ],
      Contacts: [
        zohoFieldOf('Last_Name', { isMandatory: true, length: 80 }),
        ...['First_Name', 'Title', 'Email', 'Xero_ID', 'Xero_Primary_Contact'].map((name) =>
          zohoFieldOf(name, { length: 40 }),
        ),
      ],
      Products: [
        zohoFieldOf('Product_Name', { isMandatory: true }),
        zohoFieldOf('Cost', { dataType: 'currency', decimalPlaces: 2 }),
        zohoFieldOf('Ledger', { dataType: 'picklist', picklist: ['200', '310'] }),
        zohoFieldOf('Xero_ID'),
      ],
      Invoices: [
        ...(REFERENCE.zoho.fields.Invoices ?? []),
        zohoFieldOf('Subject', { isMandatory: true }),
        zohoFieldOf('Note', { length: 40 }),
        zohoFieldOf('Paid_On', { dataType: 'date' }),
        zohoFieldOf('Open', { dataType: 'currency' }),
      ],
    },
  },
}

export function settingsWith(
  kind: Kind,
  mappings: readonly FieldMapping[],
  changes: Partial<ConnectionSettings> = {},
): ConnectionSettings {
  return { ...SETTINGS, ...changes, mapping: { ...NO_MAPPING, kinds: { [kind]: mappings } } }
}

export function ruleOf(kind: Kind, mapping: FieldMapping, changes: Partial<ConnectionSettings> = {}) {
  const rule = mappingFor(kind, settingsWith(kind, [mapping], changes)).fields.find(
    ({ field }) => field === mapping.field,
  )
  if (rule === undefined) throw new Error(`No rule ${mapping.field}`)
  return rule
}
