import type { ApiCall } from '../api/call.ts'
import { refuseOtherParameters } from '../api/list-parameters.ts'
import { filterRows, type ListKind, paginate } from '../api/listing.ts'
import type { QuoteRow } from '../model/rows.ts'
import { parsePlainDate, plainDateMs } from '../wire/dates.ts'

const QUOTE_LIST: ListKind<QuoteRow> = {
  typeName: 'Quote',
  getters: {
    QuoteNumber: (row) => row.number,
    Date: (row) => ({ ms: plainDateMs(row.date) }),
    UpdatedDateUTC: (row) => ({ ms: row.updatedMs }),
  },
}

/** Quotes have filters of their own, no `where` and no `IDs`; the number matches in part (xero.md 2.4, 4.4). */
export function listedQuotes(call: ApiCall): readonly QuoteRow[] {
  refuseOtherParameters(call, [
    'order',
    'QuoteNumber',
    'Status',
    'ContactID',
    'DateFrom',
    'DateTo',
    'ExpiryDateFrom',
    'ExpiryDateTo',
  ])
  const { query } = call
  const number = query.get('QuoteNumber')?.toLowerCase()
  const status = query.get('Status')?.toUpperCase()
  const contact = query.get('ContactID')?.toLowerCase()
  const selected = call.books.quotes
    .listed()
    .filter(
      (row) =>
        (number === undefined || row.number.toLowerCase().includes(number)) &&
        (status === undefined || row.status === status) &&
        (contact === undefined || row.contactId === contact) &&
        isInRange(call, 'Date', row.date) &&
        isInRange(call, 'ExpiryDate', row.expiryDate),
    )
  return paginate(call, filterRows(call, selected, QUOTE_LIST), 'forcePaging').rows
}

/** `{name}From` and `{name}To`, both days included; a document without the date is in no range. */
export function isInRange({ query }: ApiCall, name: 'Date' | 'ExpiryDate', date: string): boolean {
  const from = parsePlainDate(query.get(`${name}From`) ?? '')
  const to = parsePlainDate(query.get(`${name}To`) ?? '')
  return (from === undefined || date >= from) && (to === undefined || (date !== '' && date <= to))
}
