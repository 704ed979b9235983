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
      return accountFields(settings)
    case 'contactsAlone':
      return personAloneFields(settings)
  }
}

/**
 * Zoho Account with its Contacts as persons <-> one Xero contact (C5, the default). Xero has no groups of companies: no
 * rule reads or writes `Parent_Account`, so that the CRM's hierarchy stays as people made it, whatever comes from Xero.
 */
function accountFields(settings: ConnectionSettings): readonly FieldRule[] {
  const { provisioned } = settings
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
    firstNameRule(),
    lastNameRule(),
    emailRule('primary'),
    phoneRule({
      field: 'mobile',
      zoho: { role: 'primary', module: 'Contacts', key: 'Mobile', label: 'Mobile (primary Contact)' },
      xero: { type: 'MOBILE', label: 'Mobile' },
    }),
    personsRule(),
    ...xeroIdRules(module, provisioned.xeroId.Accounts ?? '', 'Contact ID'),
  ]
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
