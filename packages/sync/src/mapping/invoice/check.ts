import type { Big } from 'big.js'
import type { RemoteRecord } from '../../model/record.ts'
import type { Side } from '../../model/side.ts'
import { decimalValue } from '../../model/value.ts'
import {
  type CheckVerdict,
  type Fault,
  holdFor,
  type LineRules,
  type LineValue,
  type LinkContext,
  type Mapped,
  mapped,
  type SideView,
  type WriteIntent,
} from '../contract.ts'
import { bigOf, normaliseDecimal, plainText, ZERO } from '../decimal.ts'
import type { Subform } from '../document/subform.ts'
import { textAt } from '../record-fields.ts'
import { createTaxMap } from '../tax-map.ts'
import { GO } from '../verdicts.ts'
import { taxesTypedOver } from './line-write.ts'
import { documentAmountFaults, type Preflight, preflightFaults } from './preflight.ts'
import { roundingLine } from './rounding-line.ts'
import { predictXeroTotals, predictZohoTotals } from './totals.ts'

/** What the totals of one kind of document are told by. */
interface LinesOf {
  readonly rules: LineRules
  readonly subform: Subform
  readonly context: LinkContext
}

/** And what Xero would refuse of that kind. */
export interface DocumentCheck extends LinesOf {
  faultsOf(of: Preflight): readonly Fault[]
}

/** Everything about the whole invoice that the target would refuse or compute differently (I11, R34). */
export function checkInvoice(intent: WriteIntent, rules: LineRules, context: LinkContext): CheckVerdict {
  return checkDocument(intent, { rules, subform: 'Invoiced_Items', context, faultsOf: preflightFaults })
}

/** The same for every document of sales: what Xero would refuse of its kind, then totals. */
export function checkDocument(intent: WriteIntent, check: DocumentCheck): CheckVerdict {
  const { rules, context } = check
  const fault =
    intent.target === 'xero' ? preflight(intent, check) : zohoFault(intent, isHeaderOnly(intent, rules, context))
  if (fault !== null) return fault
  const { source, linesAfter } = intent
  if (linesAfter === null || source.main === null) return GO
  if (intent.sourceLinesAfter !== undefined) return checkBothRewritten(intent, intent.sourceLinesAfter, check)
  const stated = statedTotal(source.main)
  const wanted = stated ?? predicted(source, rules, context)
  return intent.target === 'xero' ? checkXeroTotal(intent, wanted, check) : checkZohoTotal(intent, wanted, check)
}

/** Lines cross in both directions at once: the totals to come are compared, and Zoho's Adjustment takes what rounding leaves. */
function checkBothRewritten(intent: WriteIntent, sourceLines: readonly LineValue[], at: LinesOf): CheckVerdict {
  if (intent.target === 'zoho') return checkZohoTotal(intent, xeroTotal(intent.source, sourceLines, at), at)
  const wanted = predictZohoTotals(sourceLines, at.context.reference).total
  const total = xeroTotal(intent.targetView, intent.linesAfter ?? [], at)
  return isWithinLimit(wanted.minus(total), at.context) ? GO : totalsDiffer({ zoho: wanted, xero: total })
}

/** Both at rest: their own totals must agree (I11). */
export function auditInvoice(zoho: SideView, xero: SideView): Mapped<null> {
  const [crm, books] = [zoho.main, xero.main]
  if (crm === null || books === null) return mapped(null)
  const [left, right] = [statedTotal(crm), statedTotal(books)]
  if (left === null || right === null || left.eq(right) || !isInForce(books)) return mapped(null)
  return totalsDiffer({ zoho: left, xero: right })
}

/** Voided and deleted documents keep whatever they said. */
function isInForce({ fields }: RemoteRecord): boolean {
  return !['VOIDED', 'DELETED'].includes(textAt(fields, 'Status'))
}

type Hold = Extract<CheckVerdict, { readonly type: 'hold' }>

/** All that Xero would refuse, the first of it as the reason. */
function preflight(intent: WriteIntent, { rules, context, faultsOf }: DocumentCheck): Hold | null {
  const present = presentLines(intent.targetView, rules, context)
  const [first, ...also] = faultsOf({ intent, rules, context, present })
  return first === undefined ? null : { ...holdFor(first.code, first.detail), also }
}

/** Rewritten rows would be computed against a header discount or document tax that we did not write. */
function zohoFault({ targetView, linesAfter }: WriteIntent, hasSameLines: boolean): Hold | null {
  if (linesAfter === null || hasSameLines) return null
  if (linesAfter.length === 0) return holdFor('requiredValueMissing', 'A Zoho document needs at least one row')
  return targetView.main === null ? null : documentAmountsFault(targetView.main)
}

function documentAmountsFault(record: RemoteRecord): Hold | null {
  const [fault] = documentAmountFaults(record)
  return fault === undefined ? null : holdFor(fault.code, fault.detail)
}

/** Are the target's lines left as they are? Then no money moves. */
function isHeaderOnly({ targetView, linesAfter }: WriteIntent, rules: LineRules, context: LinkContext): boolean {
  return (
    targetView.main !== null &&
    linesAfter !== null &&
    isSameList(linesAfter, presentLines(targetView, rules, context), rules)
  )
}

function checkXeroTotal(intent: WriteIntent, wanted: Big, at: LinesOf): CheckVerdict {
  const { targetView, linesAfter } = intent
  const lines = linesAfter ?? []
  const stated = targetView.main === null ? null : statedTotal(targetView.main)
  // The lines are not rewritten: a lone rounding line would become the complete list (xero.md 4.3).
  if (stated !== null && isHeaderOnly(intent, at.rules, at.context)) {
    return stated.eq(wanted) ? GO : totalsDiffer({ zoho: wanted, xero: stated })
  }
  const total = xeroTotal(targetView, lines, at)
  const difference = wanted.minus(total)
  if (difference.eq(ZERO)) return GO
  const line = isWithinLimit(difference, at.context) ? roundingLine(plainText(difference), at.context.reference) : null
  if (line === null) return totalsDiffer({ zoho: wanted, xero: total })
  return {
    type: 'adjust',
    payload: { LineItems: [line] },
    extraLines: [],
    detail: `A rounding line of ${plainText(difference)} makes the Xero total ${plainText(wanted)}`,
  }
}

/** With the taxes that bookkeepers typed over: lines that keep their money keep them too. */
function xeroTotal(view: SideView, lines: readonly LineValue[], { rules, subform, context }: LinesOf): Big {
  const at = { taxes: createTaxMap(context.settings), subform, context }
  return predictXeroTotals(lines, context.reference).total.plus(taxesTypedOver(rules.read(view, context), lines, at))
}

function checkZohoTotal(intent: WriteIntent, wanted: Big, at: LinesOf): CheckVerdict {
  const { targetView, linesAfter } = intent
  const { main } = targetView
  const present = bigOf(textAt(main?.fields, 'Adjustment'))
  const hasSameLines = isHeaderOnly(intent, at.rules, at.context)
  const stated = main === null ? null : statedTotal(main)
  const isStated = hasSameLines && stated !== null
  const total = isStated ? stated.minus(present) : predictZohoTotals(linesAfter ?? [], at.context.reference).total
  const difference = wanted.minus(total)
  if (difference.eq(present)) return GO
  const isBound = hasSameLines && main !== null && documentAmountsFault(main) !== null
  if (isBound || !isWithinLimit(difference, at.context)) {
    // A status must reach the CRM even where its rows differ: those are for `audit` to hold.
    return hasSameLines ? GO : totalsDiffer({ zoho: total, xero: wanted })
  }
  return {
    type: 'adjust',
    payload: { Adjustment: decimalValue(plainText(difference)) },
    extraLines: [],
    detail: `An Adjustment of ${plainText(difference)} makes the Zoho total ${plainText(wanted)}`,
  }
}

function isWithinLimit(difference: Big, { settings }: LinkContext): boolean {
  return difference.abs().lte(bigOf(settings.roundingLimit))
}

/** Stated by one side, stated or predicted for the other. */
function totalsDiffer({ zoho, xero }: Readonly<Record<Side, Big>>): Hold {
  return holdFor('totalsDiffer', `In Zoho CRM it comes to ${zoho.toFixed(2)}, in Xero to ${xero.toFixed(2)}`)
}

/** What the document itself says it comes to, normalised. */
export function documentTotal({ side, fields }: RemoteRecord): string | null {
  const text = normaliseDecimal(textAt(fields, side === 'zoho' ? 'Grand_Total' : 'Total'))
  return text === '' ? null : text
}

function statedTotal({ side, fields }: RemoteRecord): Big | null {
  const text = normaliseDecimal(textAt(fields, side === 'zoho' ? 'Grand_Total' : 'Total'))
  return text === '' ? null : bigOf(text)
}

function predicted(view: SideView, rules: LineRules, context: LinkContext): Big {
  const lines = rules.read(view, context).map((line) => line.value)
  if (view.side === 'xero') return predictXeroTotals(lines, context.reference).total
  return predictZohoTotals(lines, context.reference).total.plus(bigOf(textAt(view.main?.fields, 'Adjustment')))
}

function presentLines(view: SideView, rules: LineRules, context: LinkContext): readonly LineValue[] {
  return rules.read(view, context).map((line) => line.value)
}

function isSameList(left: readonly LineValue[], right: readonly LineValue[], rules: LineRules): boolean {
  const text = (lines: readonly LineValue[]) => JSON.stringify(lines.map(rules.toValue))
  return text(left) === text(right)
}
