import type { ZohoCollection } from '../../model/kind.ts'
import { CREDIT_NOTE_ROLES, type CreditNoteRole, type Provisioned } from '../../model/settings.ts'
import type { NewZohoField } from '../contract.ts'
import type { NeededField } from './field-plan.ts'

/** The custom module for Xero's credit notes. Subforms cannot be made by the API (zoho-crm.md 5): it has fields alone. */
export const CREDIT_NOTE_MODULE = 'XeroCreditNotes'

/** Labels are free of words that Zoho keeps for itself. */
const FIELDS: Readonly<Record<CreditNoteRole, Pick<NewZohoField, 'label' | 'dataType'> & Partial<NewZohoField>>> = {
  customer: { label: 'Credit Customer', dataType: 'lookup', lookupModule: 'Accounts' },
  date: { label: 'Credit Date', dataType: 'date' },
  status: { label: 'Credit Status', dataType: 'text', length: 50 },
  currency: { label: 'Credit Currency', dataType: 'text', length: 10 },
  total: { label: 'Credit Total', dataType: 'currency' },
  remaining: { label: 'Credit Remaining', dataType: 'currency' },
  refunded: { label: 'Credit Refunded', dataType: 'currency' },
  reference: { label: 'Credit Reference', dataType: 'text', length: 255 },
  url: { label: 'Credit Note URL', dataType: 'website' },
  description: { label: 'Credit Description', dataType: 'text', length: 255 },
  tax: { label: 'Credit Tax', dataType: 'text', length: 100 },
}

/** The customer is whoever Xero knows as a contact: a person where companies take no part (C5). */
export function neededOfCreditNotes(
  modules: readonly ZohoCollection[],
  { creditNote }: Provisioned,
): readonly (NeededField & { readonly role: `creditNote.${CreditNoteRole}` })[] {
  const customers = modules.includes('Accounts') ? 'Accounts' : 'Contacts'
  return CREDIT_NOTE_ROLES.map((role) => {
    const plain: NewZohoField = { length: null, isUnique: false, picklist: [], ...FIELDS[role] }
    const field = role === 'customer' ? { ...plain, lookupModule: customers } : plain
    const accepts = field.dataType === 'currency' ? ['currency', 'double'] : [field.dataType]
    return { role: `creditNote.${role}`, module: CREDIT_NOTE_MODULE, field, knownAs: creditNote[role], accepts }
  })
}
