import { isValueList, isValueObject, type Value, type ValueObject } from '../../model/value.ts'
import type {
  CheckVerdict,
  Fault,
  FieldRule,
  KindMapping,
  LineRules,
  LinkContext,
  SideView,
  WriteIntent,
} from '../contract.ts'
import { asText, rowsAt } from '../record-fields.ts'
import type { DocumentRule } from './document-rule.ts'

/**
 * Fields of a document that each line of ours bears in Xero (R20b): lines that are new there get the option, and keep
 * it as they keep their account, since both are the bookkeeper's from then on (I3). What cannot be said holds a document
 * that gets new lines.
 */
export function withTracking(given: KindMapping, rules: readonly DocumentRule[]): KindMapping {
  const { lines } = given
  if (rules.length === 0 || lines === null) return given
  return {
    ...given,
    lineFields: rules.map(({ rule }) => rule),
    lines: trackedLines(lines, rules),
    check: (intent, context) => withFaults(given.check(intent, context), faultsOf(intent, { lines, rules, context })),
  }
}

function trackedLines(lines: LineRules, rules: readonly DocumentRule[]): LineRules {
  return {
    ...lines,
    write(target, list, context) {
      const payload = lines.write(target, list, context)
      if (target === 'zoho' || list.source === undefined) return payload
      const tracking = trackingOf(rules, list.source, context)
      return tracking.length === 0 ? payload : onNewLines(payload, tracking)
    },
  }
}

/** Xero knows its own lines by their id: what has none is new (xero.md 4.3). */
function onNewLines(payload: ValueObject, tracking: readonly ValueObject[]): ValueObject {
  const track = (row: Value): Value =>
    isValueObject(row) && asText(row.LineItemID) === '' ? { ...row, Tracking: tracking } : row
  const marked = Object.entries(payload).map(([key, value]) => [key, isValueList(value) ? value.map(track) : value])
  return Object.fromEntries(marked)
}

function trackingOf(rules: readonly DocumentRule[], source: SideView, context: LinkContext): readonly ValueObject[] {
  return rules.flatMap(({ rule }) => {
    const option = optionOf(rule, source, context)
    return option.type === 'hold' ? [] : rowsAt(rule.xero.write(option.value, source, context), 'Tracking')
  })
}

function optionOf(rule: FieldRule, source: SideView, context: LinkContext) {
  return rule.xero.accept(rule.zoho.read(source, context), context)
}

interface Checked {
  readonly lines: LineRules
  readonly rules: readonly DocumentRule[]
  readonly context: LinkContext
}

function faultsOf(intent: WriteIntent, { lines, rules, context }: Checked): readonly Fault[] {
  const { target, targetView, linesAfter } = intent
  if (target === 'zoho' || linesAfter === null) return []
  const isGrown = targetView.main === null || linesAfter.length > lines.read(targetView, context).length
  if (!isGrown) return []
  return rules.flatMap(({ rule }) => {
    const option = optionOf(rule, intent.source, context)
    return option.type === 'hold' ? [{ code: option.code, detail: option.detail }] : []
  })
}

function withFaults(verdict: CheckVerdict, faults: readonly Fault[]): CheckVerdict {
  const [first, ...others] = faults
  if (first === undefined) return verdict
  if (verdict.type !== 'hold') return { type: 'hold', ...first, also: others }
  return { ...verdict, also: [...(verdict.also ?? []), ...faults] }
}
