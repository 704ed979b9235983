import { describe, expect, test } from 'vitest'
import {
  chunkOf,
  dispatchOf,
  holdOf,
  markOf,
  opOf,
  outcomeOf,
  partOf,
  print,
  xeroContact,
  zohoAccount,
} from '../fixtures.ts'
import type { Bench } from '../harness.ts'

export function outcomeTests(bench: Bench): void {
  describe('apply', () => {
    test('a confirmed create fills its part, advances shadows and deletes the planned mark (bug: the record is created twice)', async () => {
      const { linkId, opId } = await bench.sentCreate()
      const answer = await bench.lane.recordOutcomes([
        outcomeOf(opId, {
          linkId,
          part: partOf(xeroContact('X1'), { shadow: { name: print('Ada') } }),
          linkEvent: 'createConfirmed',
          shadows: [{ ref: zohoAccount('A1'), fields: { name: print('Ada') }, version: 'v5' }],
        }),
      ])
      expect(answer).toEqual({ taken: [] })
      const [link] = await bench.lane.linksByRefs([xeroContact('X1')])
      expect(link).toMatchObject({ id: linkId, state: 'linked' })
      expect(link?.parts.find((part) => part.side === 'zoho')).toMatchObject({
        version: 'v5',
        shadow: { name: print('Ada') },
      })
      expect(await bench.lane.countMarks()).toBe(0)
      expect(await bench.lane.unsettledLinks([linkId])).toEqual(new Set())
    })

    test('an edit during the write stays marked (bug: lost update, I3)', async () => {
      const { linkId, opId } = await bench.sentCreate()
      await bench.store.connections.mark(bench.connectionId, [markOf(zohoAccount('A1'), { reason: 'webhook' })])
      await bench.lane.recordOutcomes([
        outcomeOf(opId, { linkId, part: partOf(xeroContact('X1')), linkEvent: 'createConfirmed' }),
      ])
      expect(await bench.due()).toMatchObject([{ remoteId: 'A1', reason: 'webhook' }])
    })

    test('the mark stays until the last op of its link has ended (bug: a crash between create and write-back skips the write-back)', async () => {
      const { linkId, opId, planId } = await bench.sentCreate()
      const [second, third] = [bench.id('second'), bench.id('third')]
      const ops = [opOf(second, { linkId, planId, sequence: 2 }), opOf(third, { linkId, planId, sequence: 3 })]
      await bench.lane.recordChunk(chunkOf(planId, [], { ops }))
      await bench.lane.recordOutcomes([
        outcomeOf(opId, { linkId, part: partOf(xeroContact('X1')), linkEvent: 'createConfirmed' }),
      ])
      expect(await bench.lane.countMarks()).toBe(1)
      expect(await bench.due()).toEqual([])
      await bench.lane.recordDispatch(dispatchOf(bench.id('d2'), [second]))
      await bench.lane.recordOutcomes([outcomeOf(second, { linkId })])
      expect(await bench.lane.countMarks()).toBe(1)
      await bench.lane.recordOutcomes([outcomeOf(third, { linkId, state: 'superseded' })])
      expect(await bench.lane.countMarks()).toBe(0)
    })

    test('a plan that waited creates what a later plan gave up (bug: the answer cannot be recorded, and the record is in doubt)', async () => {
      const { linkId, opId } = await bench.plannedCreate()
      const later = bench.id('later')
      const planId = bench.id('plan')
      await bench.lane.recordChunk(chunkOf(planId, [], { ops: [opOf(later, { linkId, planId })] }))
      const given = { linkId, state: 'superseded', code: 'missingParent', linkEvent: 'createAbandoned' } as const
      await bench.lane.recordOutcomes([outcomeOf(later, given)])
      await bench.lane.recordDispatch(dispatchOf(bench.id('d'), [opId]))
      const part = partOf(xeroContact('X1'))
      await bench.lane.recordOutcomes([outcomeOf(opId, { linkId, part, linkEvent: 'createConfirmed' })])
      expect((await bench.lane.linksByRefs([xeroContact('X1')]))[0]).toMatchObject({ id: linkId, state: 'linked' })
    })

    test('a dropped op frees its mark (bug: a moved before-image is shown but never planned again)', async () => {
      const { linkId, opId } = await bench.plannedCreate()
      await bench.lane.recordOutcomes([outcomeOf(opId, { linkId, state: 'superseded', code: 'beforeImageMoved' })])
      expect(await bench.due()).toHaveLength(1)
    })

    test.each(['owned', 'renewed'] as const)(
      'the %s mark of a dropped op asks for a full look, also after a later look (bug: a look at its own side alone finds nothing new, I3)',
      async (mark) => {
        const { linkId, opId } = await bench.plannedCreate()
        if (mark === 'renewed') await bench.lane.mark([markOf(zohoAccount('A1'))], null)
        await bench.lane.recordOutcomes([outcomeOf(opId, { linkId, state: 'superseded', code: 'beforeImageMoved' })])
        await bench.lane.mark([markOf(zohoAccount('A1'))], null)
        expect((await bench.due()).map((due) => due.reason)).toEqual(['recover'])
      },
    )

    test('the mark of a plan that was replaced asks for a full look, too', async () => {
      const { planId } = await bench.plannedCreate()
      await bench.lane.supersedePlan(planId)
      expect((await bench.due()).map((due) => due.reason)).toEqual(['recover'])
    })

    test('a record that is in another link already is reported and not recorded (bug: I2 broken, or 49 good rows lost)', async () => {
      const { linkId, opId, planId } = await bench.sentCreate()
      const [other, good, goodOp] = [bench.id('other'), bench.id('good'), bench.id('good-op')]
      await bench.lane.recordChunk(
        chunkOf(planId, [], {
          newLinks: [
            { id: other, kind: 'contact', parts: [partOf(xeroContact('X1'))] },
            { id: good, kind: 'contact', parts: [partOf(zohoAccount('A2'))] },
          ],
          linkChanges: [{ linkId: good, event: 'createIntended', code: null, addParts: [], lines: null }],
          ops: [opOf(goodOp, { linkId: good, planId, sequence: 2 })],
        }),
      )
      await bench.lane.recordDispatch(dispatchOf(bench.id('d2'), [goodOp]))
      const answer = await bench.lane.recordOutcomes([
        outcomeOf(opId, { linkId, part: partOf(xeroContact('X1')), linkEvent: 'createConfirmed' }),
        outcomeOf(goodOp, { linkId: good, part: partOf(xeroContact('X2')), linkEvent: 'createConfirmed' }),
      ])
      expect(answer.taken).toEqual([{ linkId, ref: xeroContact('X1'), by: other }])
      expect(await bench.lane.unsettledLinks([linkId, good])).toEqual(new Set([linkId]))
      expect((await bench.lane.linksByRefs([xeroContact('X2')]))[0]?.state).toBe('linked')
    })

    test('a refusal reaches the inbox by itself and is not planned again unchanged (bug: endless refused writes, C9)', async () => {
      const { linkId, opId } = await bench.sentCreate()
      await bench.lane.recordOutcomes([
        outcomeOf(opId, {
          linkId,
          state: 'refused',
          code: 'valueTooLong',
          message: 'Name too long',
          linkEvent: 'refused',
        }),
      ])
      expect(await bench.store.reports.inbox(bench.connectionId)).toMatchObject([
        { type: 'refusal', code: 'valueTooLong', linkId, title: 'Ada Ltd' },
      ])
      expect(await bench.due()).toEqual([])
      expect(await bench.lane.linksByIds([linkId])).toMatchObject([{ state: 'failed', lastCode: 'valueTooLong' }])
      await bench.lane.mark([markOf(zohoAccount('A1'))], null)
      expect(await bench.due()).toHaveLength(1)
    })

    test.each(['one answer', 'two answers'] as const)(
      'two ops of one link refused for one cause in %s are one item that keeps the marks (bug: sent again in every pass)',
      async (answers) => {
        const { linkId, opId, planId } = await bench.plannedCreate()
        const second = bench.id('second')
        await bench.lane.recordChunk(chunkOf(planId, [], { ops: [opOf(second, { linkId, planId, sequence: 2 })] }))
        await bench.lane.recordDispatch(dispatchOf(bench.id('d'), [opId, second]))
        const refusals = [opId, second].map((id) =>
          outcomeOf(id, {
            linkId,
            state: 'refused',
            code: 'duplicateInTarget',
            linkEvent: 'heldForPerson',
            hold: holdOf('duplicateInTarget', { linkId, marks: [] }),
          }),
        )
        const parts = answers === 'one answer' ? [refusals] : refusals.map((one) => [one])
        for (const part of parts) await bench.lane.recordOutcomes(part)
        expect(await bench.store.reports.inbox(bench.connectionId)).toMatchObject([
          { type: 'refusal', code: 'duplicateInTarget', refs: [zohoAccount('A1')] },
        ])
        expect(await bench.due()).toEqual([])
      },
    )

    test('a hold of an outcome takes the planned marks over (bug: an adopted stranger is retried for ever)', async () => {
      const { linkId, opId } = await bench.sentCreate()
      const hold = holdOf('ambiguousMatch', { linkId, marks: [zohoAccount('A1')] })
      await bench.lane.recordOutcomes([
        outcomeOf(opId, { linkId, state: 'superseded', code: 'ambiguousMatch', linkEvent: 'heldForPerson', hold }),
      ])
      expect(await bench.store.reports.inbox(bench.connectionId)).toMatchObject([
        { type: 'hold', code: 'ambiguousMatch' },
      ])
      expect(await bench.due()).toEqual([])
    })

    test('a retry counts the attempt and waits (bug: a failing record is hammered)', async () => {
      const { linkId, opId } = await bench.sentCreate()
      const retryAt = bench.clock.now() + 60_000
      await bench.lane.recordOutcomes([
        outcomeOf(opId, { linkId, state: 'superseded', code: 'remoteTimedOut', retryAt }),
      ])
      expect(await bench.lane.linksByIds([linkId])).toMatchObject([{ attempts: 1, nextAttemptAt: retryAt }])
      expect(await bench.due(retryAt - 1)).toEqual([])
      expect(await bench.due(retryAt)).toHaveLength(1)
    })

    test('a renewed mark of an outcome has its own due time (bug: a re-read is due before the second is over)', async () => {
      const { linkId, opId } = await bench.sentCreate()
      const dueAt = bench.clock.now() + 2000
      await bench.lane.recordOutcomes([
        outcomeOf(opId, {
          linkId,
          part: partOf(xeroContact('X1')),
          linkEvent: 'createConfirmed',
          marks: [markOf(zohoAccount('A1'), { reason: 'reread', dueAt })],
        }),
      ])
      expect(await bench.due(dueAt - 1)).toEqual([])
      expect(await bench.due(dueAt)).toMatchObject([{ reason: 'reread' }])
    })

    test('an op that the table does not let move is a bug (bug: a confirmed op is refused later)', async () => {
      const { linkId, opId } = await bench.plannedCreate()
      await expect(bench.lane.recordOutcomes([outcomeOf(opId, { linkId })])).rejects.toThrow('cannot become confirmed')
      await bench.lane.recordDispatch(dispatchOf(bench.id('d1'), [opId]))
      await expect(bench.lane.recordDispatch(dispatchOf(bench.id('d2'), [opId]))).rejects.toThrow('cannot become sent')
    })

    test('a dispatch that cannot be recorded moves none of its ops (bug: an op is sent that no call carries, C9)', async () => {
      const { linkId, opId, planId } = await bench.plannedCreate()
      const second = bench.id('second')
      await bench.lane.recordChunk(chunkOf(planId, [], { ops: [opOf(second, { linkId, planId, sequence: 2 })] }))
      await bench.lane.recordDispatch(dispatchOf(bench.id('d1'), [second]))
      const both = dispatchOf(bench.id('d2'), [opId, second])
      await expect(bench.lane.recordDispatch(both)).rejects.toThrow('cannot become sent')
      expect(await bench.lane.intendedOps(planId, 0, 10)).toMatchObject([{ id: opId, state: 'intended' }])
    })

    test('a throttled op is intended again and is not looked up (bug: it settles as if it had been sent)', async () => {
      const { linkId, opId, planId } = await bench.sentCreate()
      await bench.lane.recordOutcomes([outcomeOf(opId, { linkId, state: 'intended' })])
      expect(await bench.lane.intendedOps(planId, 0, 10)).toMatchObject([{ id: opId, state: 'intended' }])
      expect(await bench.lane.opsToSettle(Number.MAX_SAFE_INTEGER)).toEqual([])
    })

    test('unsettled ops are found after their time, with their dispatch (bug: an unanswered create is never looked up)', async () => {
      const { linkId, opId } = await bench.sentCreate()
      const settleAfter = dispatchOf('x', []).settleAfter
      expect(await bench.lane.opsToSettle(settleAfter - 1)).toEqual([])
      expect(await bench.lane.opsToSettle(settleAfter)).toMatchObject([
        { op: { id: opId }, dispatchId: bench.id('dispatch') },
      ])
      expect(await bench.lane.unsettledLinks([linkId])).toEqual(new Set([linkId]))
      expect(await bench.lane.unsettledCreates()).toEqual([
        { kind: 'contact', side: 'xero', sentAt: 1_760_000_000_000 },
      ])
      const later = settleAfter + 60_000
      await bench.lane.recordOutcomes([
        outcomeOf(opId, { linkId, state: 'unknown', code: 'remoteTimedOut', settleAfter: later }),
      ])
      expect(await bench.lane.opsToSettle(settleAfter)).toEqual([])
      expect(await bench.lane.opsToSettle(later)).toHaveLength(1)
    })

    test('the unsettled create of a task keeps no new record waiting (bug: invoices wait a quarter of an hour for a task)', async () => {
      const { linkId, planId } = await bench.plannedCreate()
      const task = bench.id('task')
      const made = { linkId, planId, sequence: 2, side: 'zoho', collection: 'Tasks', role: 'task' } as const
      await bench.lane.recordChunk(chunkOf(planId, [], { ops: [opOf(task, made)] }))
      await bench.lane.recordDispatch(dispatchOf(bench.id('d'), [task]))
      expect(await bench.lane.unsettledLinks([linkId])).toEqual(new Set([linkId]))
      expect(await bench.lane.unsettledCreates()).toEqual([])
    })

    test('two ops of one link in one answer (bug: the second row overwrites what the first said)', async () => {
      const { linkId, opId, planId } = await bench.plannedCreate()
      const second = bench.id('second')
      await bench.lane.recordChunk(chunkOf(planId, [], { ops: [opOf(second, { linkId, planId, sequence: 2 })] }))
      await bench.lane.recordDispatch(dispatchOf(bench.id('d'), [opId, second]))
      const shadow = (field: string) =>
        [{ ref: zohoAccount('A1'), fields: { [field]: print(field) }, version: 'keep' }] as const
      await bench.lane.recordOutcomes([
        outcomeOf(opId, {
          linkId,
          part: partOf(xeroContact('X1')),
          linkEvent: 'createConfirmed',
          shadows: shadow('name'),
        }),
        outcomeOf(second, { linkId, shadows: shadow('phone') }),
      ])
      const [link] = await bench.lane.linksByIds([linkId])
      expect(link?.parts.find((part) => part.side === 'zoho')?.shadow).toEqual({
        name: print('name'),
        phone: print('phone'),
      })
      expect(await bench.lane.countMarks()).toBe(0)
    })
  })
}
