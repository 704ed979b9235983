import type { ConnectionSettings } from '../../model/settings.ts'
import { tidy } from '../clean-text.ts'
import type { FieldRule } from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { fieldRule, readOnlySide, xeroText, zohoText } from '../rule.ts'
import { xeroIdRules } from '../xero-id-field.ts'
import { addressRule } from './address-field.ts'
import { addressTypes } from './address-types.ts'
import { leadNameRule, personNameRule } from './name-field.ts'
import { cleanEmail, emailOnXero, LEAD_EMAIL } from './person-fields.ts'
import { FIRST_NAME_LENGTH, LAST_NAME_LENGTH, lastNameOf, lastNameStandIn } from './person-name.ts'
import { phoneRule } from './phone-field.ts'

const MODULE = 'Leads'

/**
 * A Zoho Lead <-> one Xero contact (R13b, zoho-crm.md 4 Leads). Each field bears the name of the customer's field that a
 * conversion copies it to: what both sides agreed on is then remembered of the new customer.
 */
export function leadFields(settings: ConnectionSettings): readonly FieldRule[] {
  const { provisioned } = settings
  const isPerson = settings.customerModel === 'contactsAlone'
  return [
    ...(isPerson ? [personNameRule()] : [leadNameRule(), firstNameOfLead(), lastNameOfLead(), faxOfLead(), website()]),
    fieldRule({
      field: 'email',
      label: { zoho: 'Email (Lead)', xero: 'Email' },
      policy: 'newest',
      zoho: zohoText(LEAD_EMAIL),
      xero: emailOnXero(),
    }),
    phoneRule({
      field: 'phone',
      zoho: { role: 'main', module: MODULE, key: 'Phone', label: 'Phone (Lead)' },
      xero: { type: 'DEFAULT', label: 'Phone' },
    }),
    phoneRule({
      field: 'mobile',
      zoho: { role: 'main', module: MODULE, key: 'Mobile', label: 'Mobile (Lead)' },
      xero: { type: 'MOBILE', label: 'Mobile' },
    }),
    addressRule({
      field: 'billingAddress',
      zoho: { module: MODULE, prefix: '', label: 'Address (Lead)' },
      xero: addressTypes(settings).billing,
    }),
    ...xeroIdRules(MODULE, provisioned.xeroId.Leads ?? '', 'Contact ID'),
  ]
}

function faxOfLead(): FieldRule {
  return phoneRule({
    field: 'fax',
    zoho: { role: 'main', module: MODULE, key: 'Fax', label: 'Fax (Lead)' },
    xero: { type: 'FAX', label: 'Fax' },
  })
}

/** Xero's website is read-only (xero.md 4.1). */
function website(): FieldRule {
  return fieldRule({
    field: 'website',
    label: { zoho: 'Website (Lead)', xero: 'Website' },
    direction: 'xeroToZoho',
    policy: 'xero',
    zoho: zohoText({ role: 'main', module: MODULE, key: 'Website', length: 255, clean: tidy }),
    xero: readOnlySide((view) => (view.main === null ? null : tidy(textAt(view.main.fields, 'Website')))),
  })
}

function firstNameOfLead(): FieldRule {
  return fieldRule({
    field: 'firstName',
    label: { zoho: 'First Name (Lead)', xero: 'First name' },
    policy: 'newest',
    zoho: zohoText({ role: 'main', module: MODULE, key: 'First_Name', length: FIRST_NAME_LENGTH, clean: tidy }),
    xero: xeroText({ key: 'FirstName', length: 255 }),
  })
}

/** Zoho takes no lead without a last name (zoho-crm.md 4): what stands in for a missing one reads as blank. */
function lastNameOfLead(): FieldRule {
  const zoho = zohoText({ role: 'main', module: MODULE, key: 'Last_Name', length: LAST_NAME_LENGTH, clean: tidy })
  return fieldRule({
    field: 'lastName',
    label: { zoho: 'Last Name (Lead)', xero: 'Last name' },
    policy: 'newest',
    zoho: {
      ...zoho,
      read: (view) => (view.main === null ? null : lastNameOf(view.main.fields)),
      write(value, view, context) {
        if (value !== '' && value !== null) return zoho.write(value, view, context)
        // A new lead gets its stand-in from `leadExtras`, which knows the other fields.
        if (view.main === null) return {}
        const { fields } = view.main
        return { Last_Name: lastNameStandIn(textAt(fields, 'First_Name'), cleanEmail(textAt(fields, 'Email'))) }
      },
    },
    xero: xeroText({ key: 'LastName', length: 255 }),
  })
}
