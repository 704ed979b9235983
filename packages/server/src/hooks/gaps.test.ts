import { expect, test } from 'vitest'
import { createGapWatch } from './gaps.ts'

test('a missing delivery is noticed; the first one, neighbours and repetitions are not gaps', () => {
  const watch = createGapWatch()
  expect(watch.isGap(215, 216)).toBe(false)
  expect(watch.isGap(217, 217)).toBe(false)
  expect(watch.isGap(217, 217)).toBe(false)
  expect(watch.isGap(219, 219)).toBe(true)
  expect(watch.isGap(220, 220)).toBe(false)
})
