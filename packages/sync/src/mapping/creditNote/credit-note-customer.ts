import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import { type FieldRule, holdFor, type Mapped, type MappingContext, mapped } from '../contract.ts'
import { customerLookup } from '../invoice/customer.ts'
import { asText, lookupIdAt, objectAt, textAt } from '../record-fields.ts'
import { fieldRule } from '../rule.ts'

/** The CRM record that a credit note names, in the module of the customers (C5); id '' where it names none. */
export function creditCustomer(
  fields: ValueObject,
  settings: ConnectionSettings,
): { readonly collection: 'Accounts' | 'Contacts'; readonly id: string } {
  const { collection } = customerLookup(settings)
  return { collection, id: lookupIdAt(fields, settings.provisioned.creditNote.customer) }
}

/** The Xero contact that the note is for. */
export function creditNoteContact(fields: ValueObject, context: MappingContext): Mapped<string> {
  return contactOf(creditCustomer(fields, context.settings).id, context)
}

function contactOf(id: string, context: MappingContext): Mapped<string> {
  const { collection } = customerLookup(context.settings)
  if (id === '') return holdFor('missingParent', 'The credit note names no customer in Zoho')
  const partner = context.partnerOf('zoho', collection, id)
  return partner === null ? holdFor('missingParent', 'The customer is not in Xero yet') : mapped(partner)
}

/** Only ids ever travel: a name inside a document makes or changes contacts (xero.md 4.1). */
export function creditCustomerRules(settings: ConnectionSettings): readonly FieldRule[] {
  const key = settings.provisioned.creditNote.customer
  if (key === '') return []
  return [
    fieldRule({
      field: 'customer',
      label: { zoho: 'Credit Customer', xero: 'To' },
      policy: 'xero',
      zoho: {
        role: 'main',
        read: (view) => (view.main === null ? null : lookupIdAt(view.main.fields, key)),
        accept(other, context) {
          const partner = other === '' ? null : context.partnerOf('xero', 'Contacts', asText(other))
          return partner === null ? holdFor('missingParent', 'The Xero contact is not in Zoho yet') : mapped(partner)
        },
        write: (value) => ({ [key]: { id: value } }),
      },
      xero: {
        role: 'main',
        read: (view) => (view.main === null ? null : textAt(objectAt(view.main.fields, 'Contact'), 'ContactID')),
        accept: (other, context) => contactOf(asText(other), context),
        write: (value) => ({ Contact: { ContactID: value } }),
      },
    }),
  ]
}
