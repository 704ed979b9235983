import { expect, test } from 'vitest'
import { createTally } from './tally.ts'

test('a report counts what was confirmed, by kind and side: a number that is not the truth is worse than none (I15)', () => {
  const tally = createTally()
  tally.confirmed({ kind: 'item', side: 'xero', verb: 'create' })
  tally.confirmed({ kind: 'item', side: 'xero', verb: 'create' })
  tally.confirmed({ kind: 'item', side: 'zoho', verb: 'update' })
  tally.skipped('notTicked')
  tally.add('refused', 1)
  tally.add('conflicts', 0)
  expect(tally.toReport({ zoho: 3 }, { opened: 1, waiting: 2 })).toMatchObject({
    created: { 'item.xero': 2 },
    updated: { 'item.zoho': 1 },
    skipped: { notTicked: 1 },
    refused: 1,
    dropped: 0,
    conflicts: 0,
    holds: 0,
    calls: { zoho: 3 },
    writes: { zoho: 1, xero: 2 },
  })
})
