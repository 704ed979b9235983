import { tidy } from '../clean-text.ts'
import { type FieldRule, holdFor, type Mapped, mapped, type SideField } from '../contract.ts'
import { asText, textAt } from '../record-fields.ts'
import { fieldRule, xeroText, zohoText } from '../rule.ts'
import { FIRST_NAME_LENGTH, joinName, LAST_NAME_LENGTH, splitName } from './person-name.ts'

/** Xero's contact name: no `<` `>`, no outer or double spaces, at most 255 (xero.md 4.1). Never changed for the user. */
export const xeroName: SideField = xeroText({ key: 'Name', length: 255, judge: judgeName })

function judgeName(name: string): Mapped<string> {
  return /[<>]/.test(name)
    ? holdFor('valueNotAllowed', `Xero takes no < or > in a contact name: ${name}`)
    : mapped(name)
}

export function accountNameRule(): FieldRule {
  return fieldRule({
    field: 'name',
    label: { zoho: 'Account Name', xero: 'Contact name' },
    policy: 'newest',
    zoho: zohoText({ role: 'main', module: 'Accounts', key: 'Account_Name', length: 200 }),
    xero: xeroName,
  })
}

/** "First Last" <-> Name (C6). */
export function personNameRule(): FieldRule {
  return fieldRule({
    field: 'name',
    label: { zoho: 'First and Last Name', xero: 'Contact name' },
    policy: 'newest',
    zoho: {
      role: 'main',
      read(view) {
        if (view.main === null) return null
        const { fields } = view.main
        return joinName({ first: textAt(fields, 'First_Name'), last: textAt(fields, 'Last_Name') })
      },
      accept(other) {
        const name = tidy(asText(other))
        if (splitName(name) !== null) return mapped(name)
        const limits = `${FIRST_NAME_LENGTH} and ${LAST_NAME_LENGTH}`
        return holdFor('valueTooLong', `Zoho takes ${limits} characters as First and Last Name: ${name.slice(0, 60)}`)
      },
      write(value) {
        const split = splitName(asText(value))
        return split === null ? {} : { First_Name: split.first === '' ? null : split.first, Last_Name: split.last }
      },
    },
    xero: xeroName,
  })
}
