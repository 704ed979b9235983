import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { type CreateExtras, holdFor, type LinkContext, type Mapped, mapped, type SideView } from '../contract.ts'
import { isZero, normaliseDecimal } from '../decimal.ts'
import { contactTerms } from '../invoice/due-date.ts'
import { recordUrl } from '../invoice/numbering.ts'
import { dueDate, plainDate } from '../plain-date.ts'
import { textAt } from '../record-fields.ts'
import { supplierOf } from './questions.ts'

/** Xero keeps nothing of a bill unique and takes no Reference: our Url is its identity (xero.md 4.3). */
export const NEEDS_PUBLIC_URL = 'For bills publicUrl must be set, without "xero" in it'

export function billExtras(target: Side, { main }: SideView, context: LinkContext): Mapped<CreateExtras> {
  if (main === null) return holdFor('recordGone', 'The source record is gone')
  if (target === 'zoho')
    return holdFor('mappingInvalid', 'Purchase orders are written in Zoho CRM: kinds.bill.zoho.create must be off')
  const { settings, linkId } = context
  // The place where the two are joined for good, also for a database that starts anew (I14).
  if ((settings.provisioned.xeroId.Purchase_Orders ?? '') === '')
    return holdFor('fieldMissing', 'Zoho Purchase_Orders has no Xero ID field yet: connect provisions it')
  const url = recordUrl(linkId, settings)
  if (url === '') return holdFor('mappingInvalid', NEEDS_PUBLIC_URL)
  const due = billDueDate(main, context)
  const total = normaliseDecimal(textAt(main.fields, 'Grand_Total'))
  return mapped({
    payload: {
      Type: 'ACCPAY',
      Status: settings.bill.arrivalStatus,
      LineAmountTypes: 'Exclusive',
      Date: billDate(main, context),
      ...(due === '' ? {} : { DueDate: due }),
      Url: url,
    },
    naturalKey: { field: 'Url', value: url },
    expected: isZero(total) ? {} : { AmountDue: total, AmountPaid: '0', AmountCredited: '0' },
  })
}

/** The order's own day, else today where the books are kept. */
function billDate({ fields }: RemoteRecord, { today }: LinkContext): string {
  return plainDate(textAt(fields, 'PO_Date')) || today
}

/** The order's own, else the supplier's terms for bills, else the connection's rule; '' for none. */
export function billDueDate(main: RemoteRecord, context: LinkContext): string {
  const explicit = plainDate(textAt(main.fields, 'Due_Date'))
  if (explicit !== '') return explicit
  const supplier = supplierOf(main, context)
  const terms = (supplier === null ? null : contactTerms(supplier, 'Bills')) ?? dueRule(context.settings)
  return terms === null ? '' : dueDate(billDate(main, context), terms)
}

function dueRule({ bill }: ConnectionSettings) {
  return bill.dueRule
}
