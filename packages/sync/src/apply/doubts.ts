import { type Doubt, type Link, type LinkPart, mainPart } from '../model/link.ts'
import type { Op } from '../model/op.ts'
import { SIDES, type Side } from '../model/side.ts'
import { canonicalText, isValueList, type Value } from '../model/value.ts'
import { lineShadowField } from '../plan/merge-lines.ts'
import { LINES_FIELD } from '../plan/plan-lines.ts'
import type { OpOutcome } from '../store/contract.ts'

/**
 * What an update without an answer may have made true, beside the shadows that it would have advanced: found on its
 * target later it is our own write, and not an edit that conflicts with the next one of its source (I3).
 */
export function doubtsOf(op: Op, link: Link, fingerprint: (text: string) => string): OpOutcome['shadows'] {
  if (op.verb !== 'update') return []
  return SIDES.flatMap((side) => {
    const part = mainPart(link, side)
    if (part === undefined || part.remoteId === null) return []
    const role = side === op.side ? 'written' : 'source'
    const said = role === 'written' ? [...fieldsWritten(op), ...linesWritten(op, link)] : sourcesOf(op, part)
    const fields = Object.fromEntries(
      said.flatMap(({ field, value }) => {
        const shadow = part.shadow[field]
        const doubt: Doubt = { role, print: fingerprint(canonicalText(value)), value }
        return shadow === undefined ? [] : [[field, { ...shadow, doubt }]]
      }),
    )
    const ref = { side, collection: part.collection, remoteId: part.remoteId }
    return Object.keys(fields).length === 0 ? [] : [{ ref, fields, version: 'keep' as const }]
  })
}

interface Said {
  /** A shadow field. */
  readonly field: string
  readonly value: Value
}

function fieldsWritten(op: Op): readonly Said[] {
  return op.changes.map(({ field, after }) => ({ field, value: after }))
}

/** Lines that have a partner already: their sources stand in the list's own order (plan/plan-lines.ts). */
function linesWritten(op: Op, link: Link): readonly Said[] {
  const lines = op.changes.find(({ field }) => field === LINES_FIELD)?.after
  if (!isValueList(lines)) return []
  const prefix = lineShadowField('')
  const sources = op.sourceShadow.filter(({ field }) => field.startsWith(prefix))
  return lines.flatMap((value, index) => {
    const source = sources[index]
    if (source === undefined || source.isPairOnly) return []
    const target = partnerLine(link, op.side, source.field.slice(prefix.length))
    return target === undefined ? [] : [{ field: lineShadowField(target), value }]
  })
}

function partnerLine(link: Link, target: Side, sourceId: string): string | undefined {
  const pair = link.lines.find((one) => (target === 'xero' ? one.zohoRowId : one.xeroLineId) === sourceId)
  return target === 'xero' ? pair?.xeroLineId : pair?.zohoRowId
}

function sourcesOf(op: Op, part: LinkPart): readonly Said[] {
  return op.sourceShadow.filter(
    ({ side, remoteId, isPairOnly }) => side === part.side && remoteId === part.remoteId && isPairOnly !== true,
  )
}
