import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { dueDate, type PaymentTerms, plainDate } from '../plain-date.ts'
import { objectAt, textAt } from '../record-fields.ts'

/** When a new Xero invoice falls due (R28): its own date, else the contact's terms, else the connection's rule; '' for none. */
export function dueDateOf(
  source: RemoteRecord,
  of: { readonly date: string; readonly contact: RemoteRecord | null; readonly settings: ConnectionSettings },
): string {
  const explicit = plainDate(textAt(source.fields, 'Due_Date'))
  if (explicit !== '') return explicit
  const terms = (of.contact === null ? null : contactTerms(of.contact, 'Sales')) ?? of.settings.invoice.dueRule
  return terms === null ? '' : dueDate(of.date, terms)
}

/** PaymentTerms of a Xero contact: paged and single reads carry them (xero.md 2.3, 4.1); null for none. */
export function contactTerms({ fields }: RemoteRecord, of: 'Sales' | 'Bills'): PaymentTerms | null {
  const terms = objectAt(objectAt(fields, 'PaymentTerms'), of)
  const text = textAt(terms, 'Day')
  if (!/^\d{1,3}$/.test(text)) return null
  const days = Number(text)
  switch (textAt(terms, 'Type')) {
    case 'DAYSAFTERBILLDATE':
      return { type: 'daysAfter', days }
    case 'DAYSAFTERBILLMONTH':
      return { type: 'daysAfterMonthEnd', days }
    case 'OFCURRENTMONTH':
      return { type: 'dayOfThisMonth', day: days }
    case 'OFFOLLOWINGMONTH':
      return { type: 'dayOfNextMonth', day: days }
    default:
      return null
  }
}
