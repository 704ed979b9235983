import type { SideView } from '../mapping/contract.ts'
import type { Code } from '../model/codes.ts'
import { COLLECTIONS } from '../model/kind.ts'
import { parseLinkReference } from '../model/link.ts'
import type { RecordRef } from '../model/record.ts'
import { SIDES } from '../model/side.ts'
import { isValueList, isValueObject, type Value, type ValueObject } from '../model/value.ts'
import type { PlanInput } from './input.ts'
import { type AwaitedTax, unmappedTaxes } from './unmapped-taxes.ts'

/** A document held with one of these goes on by itself when what it names has found its partner. */
export const WAITING_CODES = ['missingParent', 'customerIsLead', 'unmappedItem'] as const satisfies readonly Code[]

/** One held with one of these goes on when what it names has changed (mark-children). */
export const CHANGE_CODES = ['creditNotReady', 'paymentNotOpen'] as const satisfies readonly Code[]

/** What a held record waits for, as part of its hold's detail: the records it names that have no partner yet, or its taxes. */
export function waitsFor(code: Code, views: readonly SideView[], input: PlanInput): ValueObject {
  if (code === 'unmappedTax')
    return { taxes: unmappedTaxes(views, input).map(({ side, tax }) => ({ system: side, tax })) }
  const isOnChange = CHANGE_CODES.some((waiting) => waiting === code)
  if (!isOnChange && !WAITING_CODES.some((waiting) => waiting === code)) return {}
  const parents = views.flatMap((view) => input.mapping.parents(view, input.context))
  const missing = parents.filter(
    ({ side, collection, remoteId }) => isOnChange || !hasPartner(input.context.partnerOf(side, collection, remoteId)),
  )
  return awaiting(missing)
}

/** These records, as a hold's detail names what it waits for. */
export function awaiting(refs: readonly RecordRef[]): ValueObject {
  return { waitsFor: refs.map(({ side, collection, remoteId }) => ({ system: side, collection, id: remoteId })) }
}

/** One that is yet to be made is waited for as well. */
function hasPartner(partner: string | null): boolean {
  return partner !== null && parseLinkReference(partner) === undefined
}

/** The records that `waitsFor` has put into a hold's detail. */
export function awaitedRecords(detail: Value): readonly RecordRef[] {
  const list = isValueObject(detail) ? detail.waitsFor : undefined
  if (!isValueList(list)) return []
  return list.flatMap((entry) => {
    if (!isValueObject(entry) || typeof entry.id !== 'string') return []
    const side = SIDES.find((one) => one === entry.system)
    const collection = COLLECTIONS.find((one) => one === entry.collection)
    return side === undefined || collection === undefined ? [] : [{ side, collection, remoteId: entry.id }]
  })
}

/** The taxes that `waitsFor` has put into a hold's detail. */
export function awaitedTaxes(detail: Value): readonly AwaitedTax[] {
  const list = isValueObject(detail) ? detail.taxes : undefined
  if (!isValueList(list)) return []
  return list.flatMap((entry) => {
    if (!isValueObject(entry) || typeof entry.tax !== 'string') return []
    const side = SIDES.find((one) => one === entry.system)
    return side === undefined ? [] : [{ side, tax: entry.tax }]
  })
}
