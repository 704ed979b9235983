import { expect, test } from 'vitest'
import { problemText } from '../../problem.ts'
import { resolutionOf } from './resolve.ts'

// Catches: half a decision that is taken for another one.
test.each([
  { words: ['link', undefined], says: 'Write: link xero:ID' },
  { words: ['link', 'f069'], says: 'Write: link xero:ID' },
  { words: ['link', 'xero:'], says: 'Write: link xero:ID' },
  { words: ['choose', 'me'], says: 'Write: choose zoho' },
  { words: ['retry', 'now'], says: '"retry" takes nothing after it' },
  { words: ['code', 'ABC-1'], says: '"code" takes nothing after it' },
] as const)('$words is a mistake', ({ words: [decision, which], says }) => {
  const read = resolutionOf(decision, which)
  expect(read.type === 'problem' ? problemText(read.problem) : read).toContain(says)
})

test.each([
  { words: ['link', 'xero:f069'], means: { type: 'link', side: 'xero', remoteId: 'f069' } },
  { words: ['choose', 'zoho'], means: { type: 'choose', side: 'zoho' } },
  { words: ['detach', undefined], means: { type: 'detach' } },
  { words: ['code', undefined], means: { type: 'chooseKey' } },
  { words: ['delete', undefined], means: { type: 'delete' } },
] as const)('$words is understood', ({ words: [decision, which], means }) => {
  expect(resolutionOf(decision, which)).toEqual({ type: 'ok', value: means })
})
