import type { ReferenceData } from '../../model/reference.ts'

/**
 * Opens the invoice in the right organisation after login (R05e, xero.md 4.11). The id stays as it is: GUIDs need no
 * encoding, and before its creation it is an `@link:` reference that apply must still find.
 */
export function invoiceLink(invoiceId: string, reference: ReferenceData): string {
  return deepLink('/AccountsReceivable/View.aspx?InvoiceID=', invoiceId, reference)
}

export function billLink(billId: string, reference: ReferenceData): string {
  return deepLink('/AccountsPayable/View.aspx?InvoiceID=', billId, reference)
}

function deepLink(page: string, invoiceId: string, { xero }: ReferenceData): string {
  const path = encodeURIComponent(page)
  const shortCode = encodeURIComponent(xero.shortCode)
  return `https://go.xero.com/organisationlogin/default.aspx?shortcode=${shortCode}&redirecturl=${path}${invoiceId}`
}
