import type { ConnectionSettings } from '../../model/settings.ts'
import { addressRule } from '../contact/address-field.ts'
import { websiteRule } from '../contact/contact-fields.ts'
import { xeroName } from '../contact/name-field.ts'
import { cleanEmail, EMAIL_LENGTH, judgeEmail } from '../contact/person-fields.ts'
import { phoneRule } from '../contact/phone-field.ts'
import type { FieldRule } from '../contract.ts'
import { fieldRule, xeroText, zohoText } from '../rule.ts'
import { xeroIdRules } from '../xero-id-field.ts'

const MODULE = 'Vendors'

/** Zoho Vendor <-> one Xero contact (zoho-crm.md 4, xero.md 4.1). A vendor has no people of its own in the CRM. */
export function vendorFields({ provisioned }: ConnectionSettings): readonly FieldRule[] {
  return [
    fieldRule({
      field: 'name',
      label: { zoho: 'Vendor Name', xero: 'Contact name' },
      policy: 'newest',
      zoho: zohoText({ role: 'main', module: MODULE, key: 'Vendor_Name', length: 120 }),
      xero: xeroName,
    }),
    fieldRule({
      field: 'email',
      label: { zoho: 'Email', xero: 'Email' },
      policy: 'newest',
      zoho: zohoText({ role: 'main', module: MODULE, key: 'Email', length: EMAIL_LENGTH, clean: cleanEmail }),
      xero: xeroText({ key: 'EmailAddress', length: 255, clean: cleanEmail, judge: judgeEmail }),
    }),
    phoneRule({
      field: 'phone',
      zoho: { role: 'main', module: MODULE, key: 'Phone', label: 'Phone' },
      xero: { type: 'DEFAULT', label: 'Phone' },
    }),
    websiteRule(MODULE),
    addressRule({
      field: 'address',
      zoho: { module: MODULE, prefix: '', label: 'Address' },
      xero: { type: 'POBOX', label: 'Billing address' },
    }),
    ...xeroIdRules(MODULE, provisioned.xeroId.Vendors ?? '', 'Contact ID'),
  ]
}
