import type { Edit } from './edit-ledger.ts'
import { createGapWatch, type Fate } from './gap-watch.ts'
import { type SimulationOptions, type SimulationResult, simulate } from './simulation.ts'
import { type Violation, violation } from './violation.ts'

/** A seed with every missing edit explained. */
export interface JudgedSeed extends SimulationResult {
  /** Edits that fell into I3's stated exceptions, by which. */
  readonly exceptions: Readonly<Record<'gap' | 'late', number>>
}

/**
 * Runs a seed; where edits are missing, runs it again and looks on, since the same seed goes the same way: only what
 * fell between our last read and our write, or under a write that the remote applied late, is excused (I3).
 */
export async function judgeSeed(options: SimulationOptions): Promise<JudgedSeed> {
  const first = await simulate(options)
  if (first.missing.length === 0) return { ...first, exceptions: { gap: 0, late: 0 } }
  const { result, fates } = await watched(options, first.missing)
  const violations = [...first.violations]
  if (result.digest !== first.digest)
    violations.push(violation('I12', `the same seed went another way: ${first.digest}, then ${result.digest}`))
  const count = (type: Fate['type']) => fates.filter(({ fate }) => fate.type === type).length
  violations.push(...fates.flatMap(complaintOf))
  return { ...first, violations, exceptions: { gap: count('gap'), late: count('late') } }
}

interface Fated {
  readonly edit: Edit
  readonly fate: Fate
}

async function watched(options: SimulationOptions, missing: readonly Edit[]) {
  const numbers = missing.map((edit) => edit.number)
  let fates: readonly Fated[] = []
  let watch: ReturnType<typeof createGapWatch> | undefined
  const result = await simulate({
    ...options,
    watch(world) {
      watch = createGapWatch(numbers, world)
      return watch.weather
    },
  })
  const seen = watch
  if (seen !== undefined) fates = missing.map((edit) => ({ edit, fate: seen.fateOf(edit) }))
  return { result, fates }
}

function complaintOf({ edit, fate }: Fated): readonly Violation[] {
  const { side, place } = edit
  const what = `edit ${edit.number} (${side} ${place.kind} ${place.field} ${edit.needles[0] ?? ''})`
  switch (fate.type) {
    case 'gap':
    case 'late':
      return []
    case 'overwritten': {
      const how = fate.wasSeen ? 'although it had been read' : 'without being read'
      const text = `${what} was overwritten by call ${fate.call}, ${Math.round(fate.gapMs)} ms after it was typed, ${how}`
      return [violation('I3', text, [place.id])]
    }
    case 'vanished':
      return [violation('I3', `${what} is nowhere, and no write of ours explains it`, [place.id])]
  }
}
