import type { Big } from 'big.js'
import type { RemoteRecord } from '../../model/record.ts'
import { NO_SHARE, rowKey, type ShareRow, type SummaryDay } from '../../model/summary.ts'
import type { Fault, LineRules, LineValue, LinkContext, ShareVerdict, SideView } from '../contract.ts'
import { bigOf, plainText, ZERO } from '../decimal.ts'
import { objectAt, textAt } from '../record-fields.ts'
import { documentTotal } from './check.ts'
import { documentAmountFaults } from './preflight.ts'
import { recordQuestion } from './questions.ts'
import { predictZohoTotals } from './totals.ts'

interface ShareAt {
  readonly rules: LineRules
  readonly of: SummaryDay
  readonly context: LinkContext
}

/** What this invoice adds to its summary, by ledger account and tax; or everything for which it waits by itself. Pure. */
export function shareOf(member: RemoteRecord, at: ShareAt): ShareVerdict {
  if (member.life === 'gone' || textAt(member.fields, 'Status') === 'Cancelled')
    return { type: 'share', share: NO_SHARE }
  const view: SideView = { side: 'zoho', main: member, primary: null, persons: [] }
  const lines = at.rules.read(view, at.context).map((line) => line.value)
  const rows = new Map<string, ShareRow>()
  const faults: Fault[] = documentFaults(member, lines, at)
  for (const line of lines) {
    const accepted = at.rules.accept('xero', line, at.context)
    if (accepted.type === 'hold') {
      if (!faults.some((fault) => fault.detail === accepted.detail)) faults.push(accepted)
      continue
    }
    const { tax: taxType, net } = accepted.value
    const row = { account: accountOf(line, accepted.value, at.context), taxType, taxes: line.tax, net }
    const known = rows.get(rowKey(row))
    rows.set(rowKey(row), known === undefined ? row : { ...known, net: plainText(bigOf(known.net).plus(bigOf(net))) })
  }
  // Compared when nothing else is wrong, as for an invoice by itself.
  if (faults.length === 0) faults.push(...totalFaults(member, lines, at))
  if (faults.length > 0) return { type: 'faults', faults: faults.map(({ code, detail }) => ({ code, detail })) }
  const sorted = [...rows.values()].sort((left, right) => (rowKey(left) < rowKey(right) ? -1 : 1))
  return { type: 'share', share: { rows: sorted, total: documentTotal(member) ?? plainText(sumOf(lines, at)) } }
}

/** The item's own account, as Xero would put it on the line; that of lines without an item otherwise. */
function accountOf(line: LineValue, accepted: LineValue, { settings, partnerOf, answer }: LinkContext): string {
  if (line.item === null || accepted.item === null) return settings.salesAccountCode
  const itemId = partnerOf('zoho', 'Products', line.item) ?? ''
  const [item] = answer(recordQuestion('Items', itemId)) ?? []
  return textAt(objectAt(item?.fields, 'SalesDetails'), 'AccountCode') || settings.salesAccountCode
}

function documentFaults(member: RemoteRecord, lines: readonly LineValue[], at: ShareAt): Fault[] {
  const { settings, reference } = at.context
  const amounts = documentAmountFaults(member).filter(
    ({ code }) => code !== 'headerDiscount' || settings.headerDiscount === 'hold',
  )
  const currency = textAt(member.fields, 'Currency') || reference.zoho.baseCurrency
  const empty: Fault = { code: 'requiredValueMissing', detail: 'The Zoho invoice has no rows' }
  const other: Fault = {
    code: 'valueNotAllowed',
    detail: `The Zoho invoice is in ${currency} by now, and its summary in ${at.of.currency}`,
  }
  return [...amounts, ...(lines.length === 0 ? [empty] : []), ...(currency === at.of.currency ? [] : [other])]
}

/** An Adjustment beyond the rounding limit would be no line of the books. */
function totalFaults(member: RemoteRecord, lines: readonly LineValue[], at: ShareAt): readonly Fault[] {
  const stated = bigOf(documentTotal(member) ?? '')
  const sum = sumOf(lines, at)
  if (documentTotal(member) === null || stated.minus(sum).abs().lte(bigOf(at.context.settings.roundingLimit))) return []
  const detail = `In Zoho CRM it comes to ${stated.toFixed(2)}, its rows and their taxes to ${sum.toFixed(2)}`
  return [{ code: 'totalsDiffer', detail }]
}

function sumOf(lines: readonly LineValue[], { context }: ShareAt): Big {
  return lines.length === 0 ? ZERO : predictZohoTotals(lines, context.reference).total
}
