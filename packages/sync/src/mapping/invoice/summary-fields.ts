import type { RemoteRecord } from '../../model/record.ts'
import type { Provisioned } from '../../model/settings.ts'
import { decodeEntities } from '../clean-text.ts'
import type { DealValue, MappingContext, ToldValue } from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { invoiceLink } from './deep-link.ts'

/** Where an invoice shows which summary holds it: Xero's number and address, as of an invoice of its own (R05d, R26). */
function memberFields({ xeroInvoiceNumber, xeroInvoiceUrl }: Provisioned) {
  return [
    { field: 'summaryNumber', apiName: xeroInvoiceNumber },
    { field: 'summaryUrl', apiName: xeroInvoiceUrl },
  ].filter(({ apiName }) => apiName !== '')
}

export function summaryShown(member: RemoteRecord, provisioned: Provisioned): readonly DealValue[] {
  return memberFields(provisioned).map(({ field, apiName }) => ({
    field,
    value: textAt(member.fields, apiName).trim(),
  }))
}

/** Its Xero ID stays blank: that field is unique, and a summary has many members. */
export function summaryTold(summary: RemoteRecord, { settings, reference }: MappingContext): readonly ToldValue[] {
  const number = decodeEntities(textAt(summary.fields, 'InvoiceNumber')).trim()
  return memberFields(settings.provisioned).flatMap(({ field, apiName }) => {
    const value = field === 'summaryNumber' ? number : invoiceLink(summary.id, reference)
    return value === '' ? [] : [{ field, value, payload: { [apiName]: value } }]
  })
}
