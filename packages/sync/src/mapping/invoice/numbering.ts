import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import { tidy } from '../clean-text.ts'
import { type CreateExtras, holdFor, type LinkContext, type Mapped, mapped } from '../contract.ts'
import { prefixedNumber } from '../document/number.ts'
import { textAt } from '../record-fields.ts'
import { freedSuffix, numberBefore } from '../removal.ts'

/** Prefix and the CRM's number, the prefix once however often it is applied (R23a). */
export function invoiceNumber(zohoNumber: string, { invoicePrefix }: ConnectionSettings): string {
  return prefixedNumber(zohoNumber, invoicePrefix)
}

/** The number that the CRM gives: its own, with the prefix. */
export function ownNumber({ fields }: RemoteRecord, settings: ConnectionSettings): string {
  return invoiceNumber(textAt(fields, 'Invoice_Number'), settings)
}

/**
 * Xero's number where the CRM keeps it; on an invoice that is not in Xero yet, the one that a person wants there. Where it
 * is of a draft that was deleted, the one that the draft had before.
 */
export function keptNumber({ fields }: RemoteRecord, { provisioned }: ConnectionSettings): string {
  const field = provisioned.xeroInvoiceNumber
  const xeroId = provisioned.xeroId.Invoices ?? ''
  const number = field === '' ? '' : tidy(textAt(fields, field))
  return xeroId === '' ? number : numberBefore(number, freedSuffix(textAt(fields, xeroId)))
}

/** Does the CRM number what is born there? Otherwise Xero does, and the number comes back with the answer (R27, R31a). */
export function isNumberedByCrm({ invoice }: ConnectionSettings): boolean {
  return invoice.numbering === 'crm'
}

/** Our link id in Xero's Url: `<public url>/r/<link id>`. '' where none may be sent: Xero refuses its own name (xero.md 4.3). */
export function recordUrl(linkId: string, { publicUrl }: ConnectionSettings): string {
  if (publicUrl === '' || /xero/i.test(publicUrl)) return ''
  return `${publicUrl.replace(/\/+$/, '')}/r/${linkId}`
}

/** Xero enforces nothing of an invoice but its number: without one, Url alone says whose an unanswered create is. */
export const NEEDS_PUBLIC_URL = 'Where Xero numbers the invoices, publicUrl must be set, without "xero" in it'

const NUMBER_LENGTH = 255

/** Number and identity of a new Xero invoice (design section 4, "Creates carry their own identity"). */
export function numberExtras(source: RemoteRecord, { settings, linkId }: LinkContext): Mapped<CreateExtras> {
  const url = recordUrl(linkId, settings)
  const link: ValueObject = url === '' ? {} : { Url: url }
  const wanted = keptNumber(source, settings)
  if (!isNumberedByCrm(settings) && wanted === '') {
    if (url === '') return holdFor('mappingInvalid', NEEDS_PUBLIC_URL)
    return mapped({ payload: link, naturalKey: { field: 'Url', value: url } })
  }
  const number = wanted || ownNumber(source, settings)
  if (number === '') return holdFor('missingKey', 'The Zoho invoice has no Invoice Number yet')
  if (!/^[\x20-\x7e]+$/.test(number)) return holdFor('valueNotAllowed', `Xero takes plain ASCII as a number: ${number}`)
  if (number.length > NUMBER_LENGTH)
    return holdFor('valueTooLong', `Xero takes ${NUMBER_LENGTH} characters as a number: ${number.slice(0, 60)}`)
  return mapped({
    payload: { InvoiceNumber: number, ...link },
    naturalKey: { field: 'InvoiceNumber', value: number },
  })
}

export function numberKey(number: string): string {
  return number === '' ? '' : `number:${number.toLowerCase()}`
}

/** Numbers that neither system's counter comes to: `1001-2` stays free when the CRM goes on to 1002. */
export function alternativesOf(number: string): readonly string[] {
  return [2, 3, 4, 5].map((suffix) => `${number}-${suffix}`)
}
