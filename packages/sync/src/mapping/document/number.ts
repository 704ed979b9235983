import { tidy } from '../clean-text.ts'

/** Prefix and the CRM's number, the prefix once however often it is applied (R23a). */
export function prefixedNumber(zohoNumber: string, prefix: string): string {
  const number = tidy(zohoNumber)
  return number === '' || number.startsWith(prefix) ? number : `${prefix}${number}`
}
