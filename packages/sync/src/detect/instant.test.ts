import { expect, test } from 'vitest'
import { addSeconds, laterOf, secondOf } from './instant.ts'

test('instants are cut to whole seconds, never rounded up: rounding up steps over edits of that second (anchors 1.3 bug 2)', () => {
  expect(secondOf('2026-11-01T10:00:00.999Z')).toBe('2026-11-01T10:00:00.000Z')
  expect(secondOf('2026-11-01T11:00:00+01:00')).toBe('2026-11-01T10:00:00.000Z')
})

test('later is told by time, not by text: zones and milliseconds differ between answers', () => {
  const early = '2026-11-01T10:00:00+02:00'
  const late = '2026-11-01T09:00:00Z'
  expect(laterOf(early, late)).toBe(late)
  expect(laterOf(late, early)).toBe(late)
  expect(laterOf(null, early)).toBe(early)
  expect(addSeconds(late, -60)).toBe('2026-11-01T08:59:00.000Z')
})
