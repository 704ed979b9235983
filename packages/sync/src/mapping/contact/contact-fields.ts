import type { ConnectionSettings } from '../../model/settings.ts'
import { tidy } from '../clean-text.ts'
import type { FieldRule } from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { fieldRule, readOnlySide, zohoText } from '../rule.ts'
import { xeroIdRules } from '../xero-id-field.ts'
import { addressRule } from './address-field.ts'
import { addressTypes } from './address-types.ts'
import { accountNameRule, personNameRule } from './name-field.ts'
import { emailRule, firstNameRule, lastNameRule } from './person-fields.ts'
import { personsRule } from './persons.ts'
import { phoneRule } from './phone-field.ts'

export function contactFields(settings: ConnectionSettings): readonly FieldRule[] {
  switch (settings.customerModel) {
    case 'accountsWithPersons':
      return [...companyFields(settings), ...personFields(), ...companyReference(settings)]
    case 'accountsAlone':
      return [...companyFields(settings), ...companyReference(settings)]
    case 'contactsAlone':
      return personAloneFields(settings)
  }
}

/**
 * Zoho Account <-> one Xero contact (C5). Xero has no groups of companies: no rule reads or writes `Parent_Account`, so
 * that the CRM's hierarchy stays as people made it, whatever comes from Xero. An Account has no e-mail address of its own
 * (zoho-crm.md 4): without persons, Xero's people and their mailboxes are Xero's alone.
 */
function companyFields(settings: ConnectionSettings): readonly FieldRule[] {
  const module = 'Accounts'
  const xeroAddress = addressTypes(settings)
  return [
    accountNameRule(),
    phoneRule({
      field: 'phone',
      zoho: { role: 'main', module, key: 'Phone', label: 'Phone' },
      xero: { type: 'DEFAULT', label: 'Phone' },
    }),
    phoneRule({
      field: 'fax',
      zoho: { role: 'main', module, key: 'Fax', label: 'Fax' },
      xero: { type: 'FAX', label: 'Fax' },
    }),
    websiteRule('Accounts'),
    addressRule({
      field: 'billingAddress',
      zoho: { module, prefix: 'Billing', label: 'Billing Address' },
      xero: xeroAddress.billing,
    }),
    addressRule({
      field: 'shippingAddress',
      zoho: { module, prefix: 'Shipping', label: 'Shipping Address' },
      xero: xeroAddress.shipping,
    }),
  ]
}

/** The Contacts of an Account (the default model). */
function personFields(): readonly FieldRule[] {
  return [
    firstNameRule(),
    lastNameRule(),
    emailRule('primary'),
    phoneRule({
      field: 'mobile',
      zoho: { role: 'primary', module: 'Contacts', key: 'Mobile', label: 'Mobile (primary Contact)' },
      xero: { type: 'MOBILE', label: 'Mobile' },
    }),
    personsRule(),
  ]
}

function companyReference({ provisioned }: ConnectionSettings): readonly FieldRule[] {
  return xeroIdRules('Accounts', provisioned.xeroId.Accounts ?? '', 'Contact ID')
}

/** Zoho Contact <-> Xero contact (C5, C6). */
function personAloneFields(settings: ConnectionSettings): readonly FieldRule[] {
  const { provisioned } = settings
  const module = 'Contacts'
  const xeroAddress = addressTypes(settings)
  return [
    personNameRule(),
    emailRule('main'),
    phoneRule({
      field: 'phone',
      zoho: { role: 'main', module, key: 'Phone', label: 'Phone' },
      xero: { type: 'DEFAULT', label: 'Phone' },
    }),
    phoneRule({
      field: 'mobile',
      zoho: { role: 'main', module, key: 'Mobile', label: 'Mobile' },
      xero: { type: 'MOBILE', label: 'Mobile' },
    }),
    addressRule({
      field: 'billingAddress',
      zoho: { module, prefix: 'Mailing', label: 'Mailing Address' },
      xero: xeroAddress.billing,
    }),
    addressRule({
      field: 'shippingAddress',
      zoho: { module, prefix: 'Other', label: 'Other Address' },
      xero: xeroAddress.shipping,
    }),
    ...xeroIdRules(module, provisioned.xeroId.Contacts ?? '', 'Contact ID'),
  ]
}

/** Xero's website is read-only (xero.md 4.1). */
export function websiteRule(module: 'Accounts' | 'Vendors'): FieldRule {
  return fieldRule({
    field: 'website',
    label: { zoho: 'Website', xero: 'Website' },
    direction: 'xeroToZoho',
    policy: 'xero',
    zoho: zohoText({ role: 'main', module, key: 'Website', length: 255, clean: tidy }),
    xero: readOnlySide((view) => (view.main === null ? null : tidy(textAt(view.main.fields, 'Website')))),
  })
}
