import { itemCodes } from '../detect/context.ts'
import type { Op } from '../model/op.ts'
import { isValueList, isValueObject } from '../model/value.ts'
import type { Walk } from '../walk.ts'

/**
 * Documents for Xero whose lines name an item that is not known to be there, while the create of an item has no answer
 * yet (I8). A line quotes its item by code, so that no reference of the payload tells.
 */
export async function namingUnsettledItems(walk: Walk, ops: readonly Op[]): Promise<ReadonlySet<Op>> {
  const naming = ops.filter((op) => op.side === 'xero' && op.kind === 'invoice' && itemCodesOf(op).length > 0)
  if (naming.length === 0) return new Set()
  const unsettled = await walk.lane.unsettledCreates()
  if (!unsettled.some((create) => create.kind === 'item' && create.side === 'xero')) return new Set()
  const { byCode } = await itemCodes(walk, new Map())
  return new Set(naming.filter((op) => itemCodesOf(op).some((code) => !byCode.has(code))))
}

/** As `itemCodes` spells them. */
function itemCodesOf({ payload }: Op): readonly string[] {
  const lines = payload.LineItems
  if (!isValueList(lines)) return []
  return lines.flatMap((line) =>
    isValueObject(line) && typeof line.ItemCode === 'string' && line.ItemCode !== ''
      ? [line.ItemCode.trim().toLowerCase()]
      : [],
  )
}
