import type { FieldMapping } from '../../model/mapping-document.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { KindMapping, MappingContext, ParentRef, SideView } from '../contract.ts'
import { asText } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { type DocumentRule, documentRule } from './document-rule.ts'
import { documentExtras } from './extras.ts'
import { lookupParent } from './lookup.ts'
import { statusLock, statusRule } from './status.ts'
import { withTracking } from './tracked-lines.ts'
import { isTracking } from './tracking.ts'

/** A kind's rules with the document's: those of a default rule's name in its place, the others after them all. */
export function withDocument(given: KindMapping, settings: ConnectionSettings): KindMapping {
  const mappings = settings.mapping.kinds[given.kind] ?? []
  if (mappings.length === 0) return given
  const made = documentRules(given, mappings, settings)
  const rules = made.filter(({ mapping }) => !isTracking(mapping))
  const tracking = made.filter(({ mapping }) => isTracking(mapping))
  const replaced = new Map(rules.map(({ rule }) => [rule.field, rule]))
  const known = new Set(given.fields.map((rule) => rule.field))
  const mapping: KindMapping = {
    ...given,
    fields: [
      ...given.fields.map((rule) => replaced.get(rule.field) ?? rule),
      ...rules.map(({ rule }) => rule).filter((rule) => !known.has(rule.field)),
    ],
    parents: (view, context) => [...given.parents(view, context), ...lookupParents(rules, view, { context, settings })],
    createExtras: documentExtras(given, rules),
    mayWrite: statusLock(given, rules),
  }
  return withTracking(mapping, tracking)
}

/** Account codes last: the other parts of Xero's details carry along the account that stood there before. */
function documentRules(
  given: KindMapping,
  mappings: readonly FieldMapping[],
  settings: ConnectionSettings,
): readonly DocumentRule[] {
  const inOrder = [...mappings].sort((left, right) => Number(isAccount(left)) - Number(isAccount(right)))
  return inOrder.flatMap((mapping) => {
    const made = documentRule(mapping, { kind: given.kind, settings })
    if (made === null) return []
    const before = given.fields.find((rule) => rule.field === mapping.field)
    return withOverrides(given.kind, [statusRule(made, mapping, before)], settings).map((rule) => ({ mapping, rule }))
  })
}

function isAccount({ xero }: FieldMapping): boolean {
  return xero.endsWith('.AccountCode')
}

function lookupParents(
  rules: readonly DocumentRule[],
  view: SideView,
  { context, settings }: { readonly context: MappingContext; readonly settings: ConnectionSettings },
): readonly ParentRef[] {
  return rules.flatMap(({ mapping, rule }) => {
    if (mapping.lookup === undefined) return []
    const named = asText(rule[view.side].read(view, { ...context, linkId: '' }))
    return lookupParent(view.side, named, { kind: mapping.lookup, settings }) ?? []
  })
}
