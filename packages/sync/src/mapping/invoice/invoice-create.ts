import type { RemoteRecord } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import { type CreateExtras, holdFor, type LinkContext, type Mapped, mapped, type SideView } from '../contract.ts'
import { zohoField } from '../limits.ts'
import { dueDate, plainDate } from '../plain-date.ts'
import { textAt } from '../record-fields.ts'
import { invoiceNumber, recordUrl } from './invoice-keys.ts'

export function invoiceExtras(target: Side, { main }: SideView, context: LinkContext): Mapped<CreateExtras> {
  if (main === null) return holdFor('recordGone', 'The source record is gone')
  return target === 'xero' ? xeroExtras(main, context) : zohoExtras(main, context)
}

function xeroExtras(source: RemoteRecord, { settings, linkId, today }: LinkContext): Mapped<CreateExtras> {
  const number = invoiceNumber(textAt(source.fields, 'Invoice_Number'), settings)
  if (number === '') return holdFor('missingKey', 'The Zoho invoice has no Invoice Number yet')
  if (!/^[\x20-\x7e]+$/.test(number)) return holdFor('valueNotAllowed', `Xero takes plain ASCII as a number: ${number}`)
  const date = plainDate(textAt(source.fields, 'Invoice_Date')) || today
  const due =
    plainDate(textAt(source.fields, 'Due_Date')) || dueDate(date, { type: 'daysAfter', days: settings.defaultDueDays })
  const url = recordUrl(linkId, settings)
  return mapped({
    payload: {
      Type: 'ACCREC',
      Status: settings.newInvoiceStatus,
      LineAmountTypes: 'Exclusive',
      InvoiceNumber: number,
      Date: date,
      DueDate: due,
      ...(url === '' ? {} : { Url: url }),
    },
    naturalKey: { field: 'InvoiceNumber', value: number },
  })
}

function zohoExtras(source: RemoteRecord, { settings, reference }: LinkContext): Mapped<CreateExtras> {
  const { provisioned, customerModel } = settings
  const field = provisioned.xeroId.Invoices ?? ''
  if (field === '') return holdFor('fieldMissing', 'Zoho Invoices has no Xero ID field yet: connect provisions it')
  if (customerModel === 'contactsAlone' && zohoField(reference, 'Invoices', 'Account_Name')?.isMandatory === true) {
    return holdFor(
      'requiredValueMissing',
      'Zoho invoices need an Account Name, which customers without an Account do not have',
    )
  }
  return mapped({
    payload: { [field]: source.id, ...(provisioned.addToXero === '' ? {} : { [provisioned.addToXero]: true }) },
    naturalKey: { field, value: source.id },
  })
}
