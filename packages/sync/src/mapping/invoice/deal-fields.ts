import type { RemoteRecord } from '../../model/record.ts'
import type { Provisioned } from '../../model/settings.ts'
import type { Value, ValueObject } from '../../model/value.ts'
import { decodeEntities } from '../clean-text.ts'
import type { DealValue, MappingContext, ToldValue } from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { invoiceLink } from './deep-link.ts'

interface DealField {
  readonly field: string
  readonly apiName: string
  /** '' while it is not known. */
  of(invoice: RemoteRecord, context: MappingContext): string
}

/** The fields that connect provisions on Deals; without one there is nothing to show (R05). */
function dealFields(provisioned: Provisioned): readonly DealField[] {
  const fields: readonly DealField[] = [
    {
      field: 'dealInvoiceNumber',
      apiName: provisioned.dealInvoiceNumber,
      of: (invoice) => decodeEntities(textAt(invoice.fields, 'InvoiceNumber')).trim(),
    },
    {
      field: 'dealInvoiceUrl',
      apiName: provisioned.dealInvoiceUrl,
      of: (invoice, { reference }) => invoiceLink(invoice.id, reference),
    },
    { field: 'dealInvoiceId', apiName: provisioned.dealInvoiceId, of: (invoice) => invoice.id },
  ]
  return fields.filter(({ apiName }) => apiName !== '')
}

export function shownOnDeal(deal: RemoteRecord, provisioned: Provisioned): readonly DealValue[] {
  return dealFields(provisioned).map(({ field, apiName }) => ({ field, value: textAt(deal.fields, apiName).trim() }))
}

export function toldToDeal(invoice: RemoteRecord, context: MappingContext): readonly ToldValue[] {
  return dealFields(context.settings.provisioned).flatMap(({ field, apiName, of }) => {
    const value: Value = of(invoice, context)
    const payload: ValueObject = { [apiName]: value }
    return value === '' ? [] : [{ field, value, payload }]
  })
}
