import type { SideView } from '../mapping/contract.ts'
import type { ShadowField } from '../model/link.ts'
import type { SettledPart } from '../model/plan.ts'
import type { RecordRef, RemoteRecord } from '../model/record.ts'
import { refKey } from '../model/record.ts'
import type { Side } from '../model/side.ts'
import { canonicalText, type Value } from '../model/value.ts'
import { refOf } from './draft.ts'
import type { PlanInput } from './input.ts'

export function shadowField(value: Value, fingerprint: (text: string) => string): ShadowField {
  return { print: fingerprint(canonicalText(value)), value, isPurged: false }
}

/**
 * In the place of a shadow of an older mapping, while its field waits, or of a partner that is no more: no base, although
 * the rest of the link has one.
 */
export const NO_BASE: ShadowField = { print: '', value: null, isPurged: false }

export function isBase(shadow: ShadowField): boolean {
  return shadow.print !== NO_BASE.print
}

/** A value known to correspond, on the record that holds it. */
export interface KnownValue {
  readonly ref: RecordRef
  readonly field: string
  readonly value: Value
}

/**
 * Shadows to advance without a write, per part, with the version where the rule allows: every mapped field of the
 * record was compared and nothing of it is on its way (`isClean`), and the version's second is over (I16).
 */
export function settleParts(
  known: readonly KnownValue[],
  link: {
    readonly id: string
    readonly views: readonly SideView[]
    readonly cleanSides: ReadonlySet<Side>
    /** Fields whose shadows are of an older mapping: none of them is a base, whatever of the link is settled now. */
    readonly outdated: readonly string[]
  },
  input: PlanInput,
): readonly SettledPart[] {
  const fields = new Map<string, Record<string, ShadowField>>()
  for (const { main } of link.views) {
    if (main !== null)
      fields.set(refKey(refOf(main)), Object.fromEntries(link.outdated.map((field) => [field, NO_BASE])))
  }
  for (const { ref, field, value } of known) {
    const shadow = fields.get(refKey(ref)) ?? {}
    shadow[field] = shadowField(value, input.fingerprint)
    fields.set(refKey(ref), shadow)
  }
  const records = link.views.flatMap((view) =>
    [view.main, view.primary, ...view.persons].filter((record) => record !== null),
  )
  return records.flatMap((record) => {
    const ref = refOf(record)
    const shadow = fields.get(refKey(ref)) ?? {}
    const version = versionOf(record, link.cleanSides, input)
    if (version === 'keep' && Object.keys(shadow).length === 0) return []
    return [{ linkId: link.id, ref, shadow, version, generation: input.generation }]
  })
}

function versionOf(record: RemoteRecord, cleanSides: ReadonlySet<Side>, input: PlanInput): string | 'keep' {
  return cleanSides.has(record.side) && input.isSettledVersion(record) ? record.version : 'keep'
}
