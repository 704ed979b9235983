import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordOf } from '../../test/engine/records.ts'
import { createFreshCache, createSightings } from './fresh-cache.ts'

interface Poll {
  /** Milliseconds between the last answer and this request. */
  readonly pause: number
  /** Until the remote looks at its records, and from there until the answer is here. */
  readonly way: number
  readonly back: number
}

const polls = fc.array(
  fc.record({
    pause: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 3_000 })),
    way: fc.integer({ min: 0, max: 4_000 }),
    back: fc.integer({ min: 0, max: 4_000 }),
  }),
  { minLength: 1, maxLength: 12 },
)
const edits = fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 30 })

/** The remote as it stood at a moment: its value is the last edit, its version the whole second of it. */
function recordAt(moment: number, times: readonly number[]) {
  const last = Math.max(...times.filter((time) => time <= moment))
  return recordOf(
    'zoho',
    'z1',
    { value: String(last) },
    { version: new Date(Math.floor(last / 1_000) * 1_000).toISOString() },
  )
}

interface Seen {
  readonly value: string
  readonly version: string
}

/** Polls one record as `poll.ts` does: what was marked is planned at once, from the very row. */
function walkPolls(
  times: readonly number[],
  plan: readonly Poll[],
): readonly { planned: Seen | null; stored: Seen | null }[] {
  let now = 0
  const sightings = createSightings()
  const rounds: { planned: Seen | null; stored: Seen | null }[] = []
  for (const { pause, way, back } of plan) {
    const sentAt = now + pause
    const record = recordAt(sentAt + way, [0, ...times])
    now = sentAt + way + back
    const cache = createFreshCache(sightings, () => now)
    cache.add([record], sentAt)
    const wasMarked = sightings.wasMarked(record)
    if (!wasMarked) sightings.noteMarked(record, sentAt)
    const shown = { value: String(record.fields.value), version: record.version }
    rounds.push({ planned: wasMarked ? null : shown, stored: cache.isSettledVersion(record) ? shown : null })
  }
  return rounds
}

const enough: Poll = { pause: 30_000, way: 0, back: 0 }

test('an edit at any moment is marked in the end: skipping versions that were marked hides none of the same second', () => {
  fc.assert(
    fc.property(edits, polls, (times, plan) => {
      const rounds = walkPolls(times, [...plan, enough, enough])
      const planned = rounds.flatMap((round) => round.planned ?? []).map((round) => round.value)
      expect(planned).toContain(String(Math.max(0, ...times)))
    }),
    { numRuns: 2_000 },
  )
})

test('a version that may be stored never has a later edit in its second: a stored one would hide it for ever (I16)', () => {
  fc.assert(
    fc.property(edits, polls, (times, plan) => {
      for (const { stored } of walkPolls(times, plan)) {
        if (stored === null) continue
        const later = [0, ...times].filter((time) => {
          const isSameSecond = Math.floor(time / 1_000) === Date.parse(stored.version) / 1_000
          return isSameSecond && time > Number(stored.value)
        })
        expect(later).toEqual([])
      }
    }),
    { numRuns: 2_000 },
  )
})
