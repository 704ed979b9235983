import type { FieldRule, LinkContext, SideView } from '../mapping/contract.ts'
import { type Collection, collectionsOf } from '../model/kind.ts'
import { linkReference } from '../model/link.ts'
import type { FieldChange } from '../model/op.ts'
import type { RemoteRecord } from '../model/record.ts'
import { otherSide, type Side } from '../model/side.ts'
import { isBlank, type Value, type ValueObject } from '../model/value.ts'
import { basisOf, joinPayloads, type OpDraft } from './draft.ts'
import type { Candidate, PlanInput } from './input.ts'

interface SentCreate {
  readonly linkId: string
  readonly context: LinkContext
  readonly input: PlanInput
  /** What the create sends. */
  readonly payload: ValueObject
}

/** The ids and numbers that Xero will assign and what was chosen for blanks, kept on the CRM record (design section 1). */
export function writeBack(candidate: Candidate, at: SentCreate): readonly OpDraft[] {
  const target = candidate.main.side
  const source = otherSide(target)
  const future = futureRecord(candidate, source, at)
  const view: SideView = { side: source, main: future, primary: null, persons: [] }
  const fields: { change: FieldChange; payload: ValueObject }[] = []
  for (const rule of at.input.mapping.fields) {
    if (rule.direction === 'zohoToXero' || rule[target].role !== 'main') continue
    const value = rule[source].read(view, at.context)
    const accepted = rule[target].accept(value, at.context)
    const before = rule[target].read(candidate.view, at.context)
    if (accepted.type === 'hold' || isBlank(accepted.value)) continue
    // What the create had to choose for a blank (a due date, a status) fills that blank, or the two would differ (I14).
    if (!rule.isCrossReference && !isBlank(before) && !isOvertaken(rule, { before, value, candidate, at })) continue
    fields.push({
      change: {
        field: rule.field,
        before,
        after: accepted.value,
        reason: rule.isCrossReference ? 'crossReference' : 'create',
      },
      payload: rule[target].write(accepted.value, candidate.view, at.context),
    })
  }
  if (fields.length === 0) return []
  return [
    {
      linkId: at.linkId,
      side: target,
      collection: candidate.main.collection,
      role: 'main',
      verb: 'update',
      remoteId: candidate.main.id,
      title: at.input.mapping.title(candidate.main),
      changes: fields.map((field) => field.change),
      payload: joinPayloads(fields.map((field) => field.payload)),
      sourceShadow: [],
      naturalKey: null,
      beforeVersion: candidate.main.version,
      basis: basisOf([candidate.view]),
      afterDrafts: [],
      phase: 'writeBack',
    },
  ]
}

/** What only follows Xero says something else than the new record will (an invoice that arrives approved, R36b). */
function isOvertaken(
  rule: FieldRule,
  of: { readonly before: Value; readonly value: Value; readonly candidate: Candidate; readonly at: SentCreate },
): boolean {
  const { candidate, at } = of
  if (rule.direction !== 'xeroToZoho' || rule.corresponds === undefined) return false
  const isSame = rule.corresponds(of.before, of.value, at.context)
  return !isSame && at.input.mapping.mayWrite(rule.field, candidate.view, at.context).type === 'write'
}

/** The record as it will be: what we send, under the id that its link stands for until the remote assigns one. */
function futureRecord(candidate: Candidate, side: Side, at: SentCreate): RemoteRecord {
  const [main]: readonly [Collection, ...Collection[]] = collectionsOf(
    at.input.kind,
    side,
    at.context.settings.customerModel,
  )
  return {
    side,
    collection: at.input.mapping.createIn?.(candidate.view, at.context) ?? main,
    id: linkReference(at.linkId, side),
    version: '',
    createdAt: null,
    modifiedBy: null,
    life: 'live',
    hasLines: false,
    fields: at.payload,
  }
}
