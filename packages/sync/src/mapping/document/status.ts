import type { FieldMapping } from '../../model/mapping-document.ts'
import type { FieldRule, KindMapping } from '../contract.ts'
import { asText } from '../record-fields.ts'
import { locked, lockedByLife } from '../verdicts.ts'
import type { DocumentRule } from './document-rule.ts'

/** Xero's path of a document's status, which the CRM only shows (R36b). */
const STATUS_PATH = 'Status'

/**
 * A status by the document's own value table (R21f): one that is typed in the CRM still never moves the books, and a
 * person is told, for the table's words as for ours.
 */
export function statusRule(rule: FieldRule, mapping: FieldMapping, before: FieldRule | undefined): FieldRule {
  if (mapping.xero !== STATUS_PATH || before === undefined) return rule
  const known = new Set((mapping.values ?? []).map(([zoho]) => zoho))
  return {
    ...rule,
    apart: (zoho, xero) => {
      if (!known.has(asText(zoho))) return before.apart?.(zoho, xero) ?? { type: 'write' }
      const said = `Zoho CRM shows ${asText(zoho)}, but it is ${asText(xero)} in Xero`
      return locked('statusNotAllowed', `${said}. Change it in Xero, or set it back in Zoho CRM`)
    },
  }
}

/** A status of the table means something: it may be overwritten like one of Zoho's own words. */
export function statusLock(given: KindMapping, rules: readonly DocumentRule[]): KindMapping['mayWrite'] {
  const status = rules.find(({ mapping }) => mapping.xero === STATUS_PATH)
  if (status === undefined) return given.mayWrite
  const { mapping, rule } = status
  const known = new Set((mapping.values ?? []).map(([zoho]) => zoho))
  return (field, target, context) => {
    const verdict = given.mayWrite(field, target, context)
    if (field !== rule.field || target.side !== 'zoho' || verdict.type === 'write') return verdict
    const shown = asText(rule.zoho.read(target, { ...context, linkId: '' }))
    const isUnknown = verdict.code === 'unmappedStatus' && !known.has(shown)
    return isUnknown ? verdict : lockedByLife(target)
  }
}
