import { describe, expect, test } from 'vitest'
import { chunkOf, opOf, partOf, zohoAccount } from '../fixtures.ts'
import type { Bench } from '../harness.ts'

const REPORT = {
  created: { contact: 1 },
  updated: {},
  skipped: { notTicked: 2 },
  refused: 0,
  dropped: 0,
  opened: 0,
  waiting: 0,
  conflicts: 0,
  holds: 0,
  calls: { 'Contacts.list': 1 },
  writes: { zoho: 0, xero: 1 },
}

export function recordTests(bench: Bench): void {
  describe('record', () => {
    test('runs open, close and are listed newest first; a dead one is interrupted (bug: "running" for ever)', async () => {
      const [dead, run] = [bench.id('dead'), bench.id('run')]
      const scope = { kinds: ['contact'], mode: 'both', since: null } as const
      await bench.lane.openRun({ id: dead, trigger: 'manual', scope, startedAt: 1 })
      await bench.lane.openRun({ id: run, trigger: 'schedule', scope, startedAt: 2 })
      await bench.lane.closeRun({ runId: run, planId: 'p', outcome: 'done', code: null, finishedAt: 3, report: REPORT })
      const runs = await bench.store.reports.runs(bench.connectionId, 10)
      expect(runs).toMatchObject([
        { id: run, outcome: 'done', planId: 'p', report: REPORT, scope },
        { id: dead, outcome: 'interrupted' },
      ])
      expect(await bench.store.reports.run(run)).toEqual(runs[0])
    })

    test('the event chain holds and goes on across appends (bug: R69, a tampered audit log goes unseen)', async () => {
      const event = (type: string) => ({ at: 5, runId: null, linkId: null, type, detail: { b: '2', a: '1' } })
      await bench.lane.appendEvents([event('one'), event('two')])
      await bench.lane.appendEvents([event('three')])
      const events = await bench.store.reports.events(bench.connectionId, 2)
      expect(events).toMatchObject([{ type: 'three', detail: { a: '1', b: '2' } }, { type: 'two' }])
      expect(await bench.store.reports.brokenEvent(bench.connectionId)).toBeNull()
    })

    test('writes are counted per link, deletes per kind (bug: ping-pong and mass deletes go unnoticed)', async () => {
      const { linkId, opId, planId } = await bench.sentCreate()
      const at = 1_760_000_000_000
      expect(await bench.lane.writesSince([linkId], at)).toEqual(new Map([[linkId, 1]]))
      expect(await bench.lane.writesSince([linkId], at + 1)).toEqual(new Map())
      expect(await bench.lane.deletesToday('contact', 'xero', at)).toBe(0)
      const gone = bench.id('gone')
      await bench.lane.recordChunk(
        chunkOf(planId, [], { ops: [opOf(gone, { linkId, planId, sequence: 9, verb: 'delete' })] }),
      )
      const { dispatchOf } = await import('../fixtures.ts')
      await bench.lane.recordDispatch(dispatchOf(bench.id('d9'), [gone]))
      expect(await bench.lane.deletesToday('contact', 'xero', at)).toBe(1)
      expect(opId).not.toBe(gone)
    })

    test('a sweep remembers what it saw and names what it did not (bug: a vanished record stays linked)', async () => {
      const parts = ['A1', 'A2'].map((id) => partOf(zohoAccount(id), { role: id === 'A1' ? 'main' : 'person' }))
      await bench.lane.recordChunk(
        chunkOf(bench.id('plan'), [], { newLinks: [{ id: bench.id('link'), kind: 'contact', parts }] }),
      )
      const sweep = {
        side: 'zoho',
        collection: 'Accounts',
        sweep: 1,
        resumeAt: 'page2',
        startedAt: 1,
        finishedAt: null,
      } as const
      await bench.lane.saveSweep(sweep)
      await bench.lane.markSeen('zoho', 'Accounts', ['A1', 'unknown'], 1)
      expect(await bench.lane.unseenParts('zoho', 'Accounts', 1)).toEqual([zohoAccount('A2')])
      await bench.lane.saveSweep({ ...sweep, resumeAt: null, finishedAt: 9 })
      expect(await bench.lane.sweeps()).toEqual([{ ...sweep, resumeAt: null, finishedAt: 9 }])
    })

    test('plans keep their state and counts (bug: an approved plan is forgotten by a restart)', async () => {
      const plan = {
        id: bench.id('plan'),
        runId: 'r',
        state: 'held',
        createdAt: 4,
        holdCode: 'approvalNeeded',
        counts: [{ kind: 'contact', side: 'xero', verb: 'create', count: 3 }],
      } as const
      await bench.lane.savePlan(plan)
      expect(await bench.lane.plan(plan.id)).toEqual(plan)
      await bench.lane.setPlanState(plan.id, 'applying')
      expect(await bench.lane.openPlans()).toEqual([{ ...plan, state: 'applying' }])
      await bench.lane.setPlanState(plan.id, 'done')
      expect(await bench.lane.openPlans()).toEqual([])
      expect(await bench.lane.plan(bench.id('none'))).toBeUndefined()
    })
  })
}
