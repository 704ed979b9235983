import type { ConnectionSettings } from '../../model/settings.ts'
import type { Value, ValueObject } from '../../model/value.ts'
import { isValueObject } from '../../model/value.ts'
import { type FieldRule, holdFor, type Mapped, type MappingContext, mapped } from '../contract.ts'
import { asText, lookupIdAt, objectAt, textAt } from '../record-fields.ts'
import { fieldRule } from '../rule.ts'
import { onlineSaleContact } from './online-sale.ts'

/** A Zoho lookup that may name the customer, and the collection it points to (C5). */
export interface CustomerLookup {
  readonly field: 'Account_Name' | 'Contact_Name'
  readonly collection: 'Accounts' | 'Contacts'
}

const COMPANY: CustomerLookup = { field: 'Account_Name', collection: 'Accounts' }
const PERSON: CustomerLookup = { field: 'Contact_Name', collection: 'Contacts' }

/** Which Zoho lookup names the customer whom Xero knows as a contact. */
export function customerLookup({ customerModel }: ConnectionSettings): CustomerLookup {
  switch (customerModel) {
    case 'accountsWithPersons':
    case 'accountsAlone':
      return COMPANY
    case 'contactsAlone':
      return PERSON
  }
}

/** The lookups that count, the preferred one first (R25). Without companies in the sync a person stands alone. */
export function customerLookups(settings: ConnectionSettings): readonly CustomerLookup[] {
  const isPersonFirst = settings.customerModel === 'accountsWithPersons' && settings.invoice.customer === 'original'
  return isPersonFirst ? [PERSON, COMPANY] : [customerLookup(settings)]
}

/** Canonical: the id of the one lookup that counts; by lookup where either may. */
export function zohoCustomer(fields: ValueObject, settings: ConnectionSettings): Value {
  const [only, ...others] = customerLookups(settings)
  if (only !== undefined && others.length === 0) return lookupIdAt(fields, only.field)
  return { [PERSON.field]: lookupIdAt(fields, PERSON.field), [COMPANY.field]: lookupIdAt(fields, COMPANY.field) }
}

/** The Xero contact that an invoice of this Zoho customer names. */
export function xeroContactOf(customer: Value, context: MappingContext): Mapped<string> {
  const isOnline = context.settings.invoice.customer === 'onlineSale'
  return isOnline ? onlineSaleContact(context) : ownContactOf(customer, context)
}

/** The customer's own: of the first preferred one that has a partner. */
export function ownContactOf(customer: Value, context: MappingContext): Mapped<string> {
  const { settings } = context
  const named = customerLookups(settings).flatMap((lookup) => {
    const id = isValueObject(customer) ? textAt(customer, lookup.field) : asText(customer)
    return id === '' ? [] : [{ ...lookup, id }]
  })
  if (named.length === 0) return holdFor('missingParent', `The Zoho invoice has no ${customerLookup(settings).field}`)
  for (const { collection, id } of named) {
    const partner = context.partnerOf('zoho', collection, id)
    if (partner !== null) return mapped(partner)
  }
  return holdFor('missingParent', 'The customer is not in Xero yet')
}

/** The customer through its link; only ids ever travel: a name inside a document makes or changes contacts (xero.md 4.1). */
export function customerRule(settings: ConnectionSettings): FieldRule {
  const main = customerLookup(settings)
  return fieldRule({
    field: 'customer',
    label: { zoho: main.field === 'Account_Name' ? 'Account Name' : 'Contact Name', xero: 'To' },
    policy: 'xero',
    zoho: {
      role: 'main',
      read: (view) => (view.main === null ? null : zohoCustomer(view.main.fields, settings)),
      accept: (other, context) => zohoCustomerOf(asText(other), context),
      write: (value) => writeCustomer(value, main),
    },
    xero: {
      role: 'main',
      read: (view) => (view.main === null ? null : textAt(objectAt(view.main.fields, 'Contact'), 'ContactID')),
      accept: (other, context) => xeroContactOf(other, context),
      write: (value) => ({ Contact: { ContactID: value } }),
    },
  })
}

function zohoCustomerOf(contactId: string, context: MappingContext): Mapped<Value> {
  const partner = contactId === '' ? null : context.partnerOf('xero', 'Contacts', contactId)
  if (partner === null && context.leads?.has(contactId))
    return holdFor('customerIsLead', 'The Xero contact is a lead in Zoho CRM, and its documents need a customer')
  if (partner === null) return holdFor('missingParent', 'The Xero contact is not in Zoho yet')
  const lookups = customerLookups(context.settings)
  if (lookups.length === 1) return mapped(partner)
  // An id does not tell its module: the link that leads back does.
  const found = lookups.find(({ collection }) => context.partnerOf('zoho', collection, partner) === contactId)
  const { field } = found ?? customerLookup(context.settings)
  return mapped({ [PERSON.field]: '', [COMPANY.field]: '', [field]: partner })
}

/** A company as the customer leaves no person of another one beside it; a person stays with the company that is there. */
function writeCustomer(value: Value, main: CustomerLookup): ValueObject {
  if (!isValueObject(value)) return { [main.field]: { id: value } }
  const [person, company] = [textAt(value, PERSON.field), textAt(value, COMPANY.field)]
  if (person !== '') return { [PERSON.field]: { id: person } }
  return { [COMPANY.field]: { id: company }, [PERSON.field]: null }
}
