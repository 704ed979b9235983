import type { Code } from '../../model/codes.ts'
import { collectionsOf, type Kind } from '../../model/kind.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { otherSide, type Side } from '../../model/side.ts'
import { isValueObject, type Value, type ValueObject } from '../../model/value.ts'
import type { FieldRule, LinkContext, SideView } from '../contract.ts'
import { mappingFor } from '../index.ts'

/** What the mapped fields of a record would be on the other side (R20c); nothing is read or written. */
export interface SampleResult {
  readonly field: string
  readonly label: FieldRule['label']
  readonly direction: FieldRule['direction']
  /** The source's canonical value: with a transform or condition, all that it is made of. */
  readonly from: Value
  readonly outcome: /** `payload` is what would be sent. */
    | { readonly type: 'written'; readonly value: Value; readonly payload: ValueObject }
    /** The field goes the other way only. */
    | { readonly type: 'notThisWay' }
    | { readonly type: 'held'; readonly code: Code; readonly detail: string }
}

export interface Sample {
  readonly kind: Kind
  readonly side: Side
  /** In the remote's own names, numbers as texts; a company's primary person under `Contacts`. */
  readonly record: ValueObject
}

/** Tries the document's fields of a kind on a record. Look-ups need the links, which a sample has not: they are held. */
export function trySample(
  sample: Sample,
  settings: ConnectionSettings,
  reference: ReferenceData,
): readonly SampleResult[] {
  const context: LinkContext = {
    settings,
    reference,
    linkId: 'sample',
    today: '',
    partnerOf: () => null,
    xeroItemIdByCode: () => null,
    xeroItemCodeById: () => null,
    answer: () => null,
  }
  const view = viewOf(sample, settings)
  const named = new Set((settings.mapping.kinds[sample.kind] ?? []).map(({ field }) => field))
  const { fields, lineFields = [] } = mappingFor(sample.kind, settings)
  const rules = [...fields, ...lineFields].filter(({ field }) => named.has(field))
  return rules.map((rule) => tryRule(rule, view, context))
}

function tryRule(rule: FieldRule, view: SideView, context: LinkContext): SampleResult {
  const target = otherSide(view.side)
  const from = rule[view.side].read(view, context)
  const about = { field: rule.field, label: rule.label, direction: rule.direction, from }
  const flow = target === 'xero' ? 'zohoToXero' : 'xeroToZoho'
  if (rule.direction !== 'both' && rule.direction !== flow) return { ...about, outcome: { type: 'notThisWay' } }
  const accepted = rule[target].accept(from, context)
  if (accepted.type === 'hold')
    return { ...about, outcome: { type: 'held', code: accepted.code, detail: accepted.detail } }
  const payload = rule[target].write(accepted.value, emptyView(target), context)
  return { ...about, outcome: { type: 'written', value: accepted.value, payload } }
}

function viewOf({ kind, side, record }: Sample, { customerModel }: ConnectionSettings): SideView {
  const [collection, people] = collectionsOf(kind, side, customerModel)
  const recordOf = (fields: ValueObject, from: RemoteRecord['collection']): RemoteRecord => ({
    ...{ side, collection: from, id: 'sample', version: '', createdAt: null, modifiedBy: null },
    ...{ life: 'live', hasLines: false, fields },
  })
  const person = people === undefined ? undefined : record[people]
  const primary = people === undefined || !isValueObject(person) ? null : recordOf(person, people)
  return { side, main: recordOf(record, collection), primary, persons: [] }
}

function emptyView(side: Side): SideView {
  return { side, main: null, primary: null, persons: [] }
}
