import type { PartRole } from '../../model/link.ts'
import { tidy } from '../clean-text.ts'
import { type FieldRule, holdFor, type Mapped, mapped, type SideField } from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { fieldRule, partOf, xeroText, zohoText } from '../rule.ts'
import { FIRST_NAME_LENGTH, LAST_NAME_LENGTH, lastNameOf, lastNameStandIn } from './person-name.ts'

const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/
export const EMAIL_LENGTH = 100

/** E-mails compare without case: both sides show them in lower case to the engine. */
export function cleanEmail(text: string): string {
  return text.trim().toLowerCase()
}

/** Xero: `Email address must be valid.` (xero.md 4.1). */
export function judgeEmail(email: string): Mapped<string> {
  return email === '' || EMAIL.test(email) ? mapped(email) : holdFor('emailNotValid', `Not an e-mail address: ${email}`)
}

/** Of a lead, who is company and person in one. */
export const LEAD_EMAIL = {
  role: 'main',
  module: 'Leads',
  key: 'Email',
  length: EMAIL_LENGTH,
  clean: cleanEmail,
} as const

export function emailOnXero(): SideField {
  return xeroText({ key: 'EmailAddress', length: 255, clean: cleanEmail, judge: judgeEmail })
}

export function emailRule(role: PartRole): FieldRule {
  return fieldRule({
    field: 'email',
    label: { zoho: 'Email (Contact)', xero: 'Email' },
    policy: 'newest',
    zoho: zohoText({ role, module: 'Contacts', key: 'Email', length: EMAIL_LENGTH, clean: cleanEmail }),
    xero: emailOnXero(),
  })
}

export function firstNameRule(): FieldRule {
  return fieldRule({
    field: 'firstName',
    label: { zoho: 'First Name (primary Contact)', xero: 'First name' },
    policy: 'newest',
    zoho: zohoText({ role: 'primary', module: 'Contacts', key: 'First_Name', length: FIRST_NAME_LENGTH, clean: tidy }),
    xero: xeroText({ key: 'FirstName', length: 255 }),
  })
}

export function lastNameRule(): FieldRule {
  const zoho = zohoText({
    role: 'primary',
    module: 'Contacts',
    key: 'Last_Name',
    length: LAST_NAME_LENGTH,
    clean: tidy,
  })
  return fieldRule({
    field: 'lastName',
    label: { zoho: 'Last Name (primary Contact)', xero: 'Last name' },
    policy: 'newest',
    zoho: {
      ...zoho,
      read(view) {
        const record = partOf(view, 'primary')
        return record === null ? null : lastNameOf(record.fields)
      },
      write(value, view, context) {
        if (value !== '' && value !== null) return zoho.write(value, view, context)
        // A created person gets its stand-in from `primaryExtras`, which knows the other fields.
        if (view.primary === null) return {}
        const { fields } = view.primary
        return { Last_Name: lastNameStandIn(textAt(fields, 'First_Name'), cleanEmail(textAt(fields, 'Email'))) }
      },
    },
    xero: xeroText({ key: 'LastName', length: 255 }),
  })
}
