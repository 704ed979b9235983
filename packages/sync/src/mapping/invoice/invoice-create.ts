import type { RemoteRecord } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import type { ValueObject } from '../../model/value.ts'
import { type CreateExtras, holdFor, type LinkContext, type Mapped, mapped, type SideView } from '../contract.ts'
import { isZero, normaliseDecimal } from '../decimal.ts'
import { zohoField } from '../limits.ts'
import { plainDate } from '../plain-date.ts'
import { textAt } from '../record-fields.ts'
import { arrivalStatus } from './arrival.ts'
import { dueDateOf } from './due-date.ts'
import { numberExtras } from './numbering.ts'
import { contactOf } from './questions.ts'

export function invoiceExtras(target: Side, { main }: SideView, context: LinkContext): Mapped<CreateExtras> {
  if (main === null) return holdFor('recordGone', 'The source record is gone')
  return target === 'xero' ? xeroExtras(main, context) : zohoExtras(main, context)
}

function xeroExtras(source: RemoteRecord, context: LinkContext): Mapped<CreateExtras> {
  const { settings, today } = context
  const number = numberExtras(source, context)
  if (number.type === 'hold') return number
  const date = plainDate(textAt(source.fields, 'Invoice_Date')) || today
  const due = dueDateOf(source, { date, contact: contactOf(source, context), settings })
  return mapped({
    ...number.value,
    payload: {
      Type: 'ACCREC',
      Status: arrivalStatus(source, settings),
      LineAmountTypes: 'Exclusive',
      Date: date,
      ...(due === '' ? {} : { DueDate: due }),
      ...number.value.payload,
    },
    expected: expectedAmounts(source),
  })
}

/** What Xero will show of a new invoice: nothing of it is paid. One of nothing at all may be paid at once (xero.md 4.3). */
function expectedAmounts(source: RemoteRecord): ValueObject {
  const total = normaliseDecimal(textAt(source.fields, 'Grand_Total'))
  return isZero(total) ? {} : { AmountDue: total, AmountPaid: '0', AmountCredited: '0' }
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
