import { describe, expect, test } from 'vitest'
import { chunkOf, holdOf, markOf, xeroContact, zohoAccount } from '../fixtures.ts'
import type { Bench } from '../harness.ts'

export function markTests(bench: Bench): void {
  describe('marks', () => {
    test('re-marking gives a new token and keeps since (bug: a planned mark swallows a later edit)', async () => {
      await bench.lane.mark([markOf(zohoAccount('A1'))], null)
      const [first] = await bench.due()
      bench.clock.pass(1000)
      await bench.lane.mark([markOf(zohoAccount('A1'), { reason: 'webhook' })], null)
      const [second] = await bench.due()
      expect(second?.token).not.toBe(first?.token)
      expect(second).toMatchObject({ since: first?.since, reason: 'webhook' })
      if (first === undefined) throw new Error('No mark')
      await bench.lane.clearMarks([first])
      expect(await bench.lane.countMarks()).toBe(1)
      if (second !== undefined) await bench.lane.clearMarks([second])
      expect(await bench.lane.countMarks()).toBe(0)
    })

    test('the earlier due time stays (bug: every keystroke postpones the sync)', async () => {
      const now = bench.clock.now()
      await bench.lane.mark([markOf(zohoAccount('A1'), { dueAt: now + 5000 })], null)
      await bench.lane.mark([markOf(zohoAccount('A1'), { dueAt: now + 9000 })], null)
      expect(await bench.due(now + 4999)).toEqual([])
      expect(await bench.due(now + 5000)).toHaveLength(1)
      await bench.lane.mark([markOf(zohoAccount('A1'), { dueAt: now, reason: 'person' })], null)
      expect(await bench.due(now)).toHaveLength(1)
    })

    // Catches: an invoice whose day is not over read again in every pass, or one that was edited meanwhile left for later.
    test('a mark that is postponed waits, unless it was renewed since it was read; marked again it is due', async () => {
      const now = bench.clock.now()
      const invoice = { side: 'zoho', collection: 'Invoices', remoteId: 'I1' } as const
      await bench.lane.mark([markOf(invoice, { kind: 'invoice', dueAt: now })], null)
      const [read] = await bench.lane.dueMarks({ kinds: ['invoice'], now, limit: 9 })
      if (read === undefined) throw new Error('No mark')
      const due = (at: number) => bench.lane.dueMarks({ kinds: ['invoice'], now: at, limit: 9 })
      await bench.lane.postpone([{ ...read, dueAt: now + 5000 }])
      expect(await due(now + 4999)).toEqual([])
      expect(await due(now + 5000)).toEqual([{ ...read, dueAt: now + 5000, reason: 'dayEnd' }])
      await bench.lane.mark([markOf(invoice, { kind: 'invoice', dueAt: now })], null)
      await bench.lane.postpone([{ ...read, dueAt: now + 9000 }])
      expect(await due(now)).toHaveLength(1)
    })

    test('the same record twice in one batch is one mark (bug: the statement fails on its own duplicate)', async () => {
      await bench.lane.mark([markOf(zohoAccount('A1'), { dueAt: 7 }), markOf(zohoAccount('A1'), { dueAt: 3 })], null)
      expect(await bench.due(3)).toHaveLength(1)
    })

    test('a cursor moves with the marks and never back (bug: a repeated page rewinds the feed, I7)', async () => {
      const cursor = { side: 'zoho', collection: 'Accounts', feed: 'modified' } as const
      await bench.lane.mark([], { ...cursor, highWater: '2026-10-06T03:15:20.000Z' })
      await bench.lane.mark([], { ...cursor, highWater: '2026-10-06T03:15:10.000Z' })
      expect(await bench.lane.cursors()).toEqual([{ ...cursor, highWater: '2026-10-06T03:15:20.000Z' }])
    })

    // Catches: a delete told with every poll because what was told is not kept, or is kept beside an older cursor.
    test('a cursor of the deleted feed remembers what was told, with the newest poll that reached as far', async () => {
      const cursor = { side: 'zoho', collection: 'Accounts', feed: 'deleted' } as const
      const at = (second: number) => `2026-10-06T03:15:${second}.000Z`
      await bench.lane.mark([], { ...cursor, highWater: at(20), told: ['A1 a'] })
      await bench.lane.mark([], { ...cursor, highWater: at(20), told: ['A1 a', 'A2 "b"'] })
      await bench.lane.mark([], { ...cursor, highWater: at(10), told: ['A3 c'] })
      expect(await bench.lane.cursors()).toEqual([{ ...cursor, highWater: at(20), told: ['A1 a', 'A2 "b"'] }])
      await bench.lane.mark([], { ...cursor, highWater: at(20), told: [] })
      expect((await bench.lane.cursors())[0]?.told ?? []).toEqual([])
    })

    test('due marks come oldest first, by kind, and go on after a mark (bug: a skipped mark blocks the walk)', async () => {
      await bench.lane.mark([markOf(zohoAccount('A2')), markOf(zohoAccount('A1'))], null)
      bench.clock.pass(10)
      await bench.lane.mark([markOf(xeroContact('X1'))], null)
      await bench.lane.mark([{ ...markOf(zohoAccount('I1')), collection: 'Invoices', kind: 'invoice' }], null)
      const request = { kinds: ['contact'], now: bench.clock.now(), limit: 2 } as const
      const first = await bench.lane.dueMarks(request)
      expect(first.map((mark) => mark.remoteId)).toEqual(['A1', 'A2'])
      const last = first[1]
      if (last === undefined) throw new Error('No mark')
      const next = await bench.lane.dueMarks({ ...request, after: last })
      expect(next.map((mark) => mark.remoteId)).toEqual(['X1'])
    })

    test('a hold owns its mark until it is renewed (bug: a held record is planned again every pass)', async () => {
      await bench.lane.mark([markOf(zohoAccount('A1'))], null)
      const holds = [holdOf('ambiguousMatch', { marks: [zohoAccount('A1')] })]
      await bench.lane.recordChunk(chunkOf(bench.id('plan'), await bench.due(), { holds }))
      expect(await bench.due()).toEqual([])
      expect(await bench.lane.countMarks()).toBe(1)
      await bench.lane.mark([markOf(zohoAccount('A1'))], null)
      expect(await bench.due()).toHaveLength(1)
    })

    test('a mark renewed between reading and recording is not owned (bug: the edit waits behind an old hold)', async () => {
      await bench.lane.mark([markOf(zohoAccount('A1'))], null)
      const read = await bench.due()
      await bench.store.connections.mark(bench.connectionId, [markOf(zohoAccount('A1'))])
      const holds = [holdOf('ambiguousMatch', { marks: [zohoAccount('A1')] })]
      await bench.lane.recordChunk(chunkOf(bench.id('plan'), read, { holds }))
      expect(await bench.due()).toHaveLength(1)
    })

    test('odd characters survive (bug: one record with a NUL or half an emoji stops the connection)', async () => {
      const holds = [holdOf('missingKey', { title: 'a\u0000b\ud83d', detail: { text: 'x\u0000\\u0000' } })]
      await bench.lane.recordChunk(chunkOf(bench.id('plan'), [], { holds }))
      const [item] = await bench.store.reports.inbox(bench.connectionId)
      expect(item?.title.startsWith('a')).toBe(true)
    })
  })
}
