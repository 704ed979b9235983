import type { RemoteRecord } from '../../model/record.ts'
import { rowKey, type Share, type ShareRow, type SummaryDay } from '../../model/summary.ts'
import type { ValueObject } from '../../model/value.ts'
import type { MappingContext, SummaryOf } from '../contract.ts'
import { bigOf, plainText, ZERO } from '../decimal.ts'
import { taxIds } from '../tax-map.ts'
import { summaryNumber } from './summary-number.ts'
import { ROW_ACCOUNT } from './zoho-lines.ts'

/** All that the members add, one row a ledger account and tax, in the order of their keys. */
export function sumOfShares(shares: readonly Share[]): Share {
  const rows = new Map<string, ShareRow>()
  for (const row of shares.flatMap((share) => share.rows)) {
    const known = rows.get(rowKey(row))
    const net = known === undefined ? row.net : plainText(bigOf(known.net).plus(bigOf(row.net)))
    rows.set(rowKey(row), { ...(known ?? row), net })
  }
  const total = shares.reduce((sum, share) => sum.plus(bigOf(share.total)), ZERO)
  const sorted = [...rows.values()].sort((left, right) => (rowKey(left) < rowKey(right) ? -1 : 1))
  return { rows: sorted, total: plainText(total) }
}

/**
 * The members as if they were one Zoho invoice, so that every rule of invoices applies to it unchanged: taxes, totals, due
 * date, status, what Xero would refuse. It stands under the id of its first member. Pure.
 */
export function summarySource(summary: SummaryOf, context: MappingContext): RemoteRecord {
  const { linkId, founder, of, status } = summary
  const { rows, total } = sumOfShares(summary.shares)
  const net = rows.reduce((sum, row) => sum.plus(bigOf(row.net)), ZERO)
  return {
    ...founder,
    version: '',
    createdAt: null,
    modifiedBy: null,
    life: 'live',
    hasLines: true,
    fields: {
      ...BLANK,
      Invoice_Number: summaryNumber(of, linkId, context.settings),
      Subject: summaryTitle(of),
      Status: status,
      Invoice_Date: of.day,
      Currency: of.currency,
      Sub_Total: plainText(net),
      Grand_Total: total,
      Invoiced_Items: rows.map((row) => sourceRow(row, of, context)),
    },
  }
}

export function summaryTitle({ day, currency }: SummaryDay): string {
  return `Daily summary ${day} ${currency}`
}

const BLANK: ValueObject = {
  Account_Name: null,
  Contact_Name: null,
  Due_Date: '',
  Discount: '',
  Tax: '',
  Adjustment: '',
}

/** Its key is its id: the pairs of the link then tell which Xero line sums up what. */
function sourceRow(row: ShareRow, { day }: SummaryDay, { reference }: MappingContext): ValueObject {
  const tax = reference.xero.taxRates.find((rate) => rate.taxType === row.taxType)?.name ?? row.taxType
  const place = [row.account, tax].filter((text) => text !== '').join(', ')
  return {
    id: rowKey(row),
    [ROW_ACCOUNT]: row.account,
    Product_Name: null,
    Description: `Sales of ${day}${place === '' ? '' : ` (${place})`}`,
    Quantity: '1',
    List_Price: row.net,
    Line_Tax: taxIds(row.taxes).map((id) => ({ id })),
  }
}
