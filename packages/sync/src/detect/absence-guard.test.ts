import { expect, test } from 'vitest'
import { judgeAbsences } from './absence-guard.ts'

const LIMIT = { count: 5, percent: 50 }

test.each([
  ['nothing missing', { linked: 100, absent: 0 }, 'plausible'],
  ['half of them, at the very edge', { linked: 100, absent: 50 }, 'plausible'],
  ['one more than half', { linked: 100, absent: 51 }, 'tooManyAbsent'],
  ['all of many (bug: a lost right is taken for 100 deletes)', { linked: 100, absent: 100 }, 'sideEmpty'],
  ['all of five: too few to tell', { linked: 5, absent: 5 }, 'plausible'],
  ['all of six', { linked: 6, absent: 6 }, 'sideEmpty'],
] as const)('%s', (_name, of, verdict) => {
  expect(judgeAbsences(of, LIMIT)).toBe(verdict)
})
