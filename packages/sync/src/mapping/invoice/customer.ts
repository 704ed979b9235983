import type { ConnectionSettings } from '../../model/settings.ts'
import { type FieldRule, holdFor, mapped } from '../contract.ts'
import { asText, lookupIdAt, objectAt, textAt } from '../record-fields.ts'
import { fieldRule } from '../rule.ts'

/** Which Zoho lookup names the customer, and the collection it points to (C5). */
export function customerLookup({ customerModel }: ConnectionSettings): {
  readonly field: 'Account_Name' | 'Contact_Name'
  readonly collection: 'Accounts' | 'Contacts'
} {
  switch (customerModel) {
    case 'accountsWithPersons':
      return { field: 'Account_Name', collection: 'Accounts' }
    case 'contactsAlone':
      return { field: 'Contact_Name', collection: 'Contacts' }
  }
}

/** The customer through its link; only ids ever travel: a name inside a document makes or changes contacts (xero.md 4.1). */
export function customerRule(settings: ConnectionSettings): FieldRule {
  const { field, collection } = customerLookup(settings)
  return fieldRule({
    field: 'customer',
    label: { zoho: field === 'Account_Name' ? 'Account Name' : 'Contact Name', xero: 'To' },
    policy: 'xero',
    zoho: {
      role: 'main',
      read: (view) => (view.main === null ? null : lookupIdAt(view.main.fields, field)),
      accept(other, context) {
        const partner = other === '' || other === null ? null : context.partnerOf('xero', 'Contacts', asText(other))
        return partner === null ? holdFor('missingParent', 'The Xero contact is not in Zoho yet') : mapped(partner)
      },
      write: (value) => ({ [field]: { id: value } }),
    },
    xero: {
      role: 'main',
      read: (view) => (view.main === null ? null : textAt(objectAt(view.main.fields, 'Contact'), 'ContactID')),
      accept(other, context) {
        if (other === '' || other === null) return holdFor('missingParent', `The Zoho invoice has no ${field}`)
        const partner = context.partnerOf('zoho', collection, asText(other))
        return partner === null ? holdFor('missingParent', 'The customer is not in Xero yet') : mapped(partner)
      },
      write: (value) => ({ Contact: { ContactID: value } }),
    },
  })
}
