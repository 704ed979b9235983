import type { Fault } from '../contract.ts'

const NUMBER_LENGTH = 255

/** Why Xero takes no such number; null when it does. As invoices (xero.md 4.3, 4.5). */
export function numberFault(number: string): Fault | null {
  if (number === '')
    return { code: 'missingKey', detail: 'The Zoho credit note has no Name, which is its number in Xero' }
  if (!/^[\x20-\x7e]+$/.test(number))
    return { code: 'valueNotAllowed', detail: `Xero takes plain ASCII as a number: ${number}` }
  return number.length > NUMBER_LENGTH
    ? { code: 'valueTooLong', detail: `Xero takes ${NUMBER_LENGTH} characters as a number` }
    : null
}
