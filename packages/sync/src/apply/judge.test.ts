import { describe, expect, test } from 'vitest'
import { recordOf } from '../../test/engine/records.ts'
import { toyMapping } from '../../test/engine/toy-mapping.ts'
import { createOf, marksOf, opStates, opsOnRecord, type TestWalk, walkWith } from '../../test/engine/walk.ts'
import type { Op } from '../model/op.ts'
import type { RowOutcome } from '../model/outcome.ts'
import type { ValueObject } from '../model/value.ts'
import type { OpOutcome } from '../store/contract.ts'
import { judgeRow } from './judge.ts'
import { settleUnknownOps } from './settle.ts'

const create = createOf('link-0')
const taken: RowOutcome = { type: 'duplicate', field: 'Number', remoteId: 'x-other', message: 'taken' }

async function judged(row: RowOutcome, op: Op, holder?: ValueObject): Promise<{ under: TestWalk; outcome: OpOutcome }> {
  const under = await walkWith()
  if (holder !== undefined) under.xero.control.put(recordOf('xero', 'x-held', holder))
  const outcome = await judgeRow(under.walk, op, { row, link: undefined, settleAfter: 77 })
  return { under, outcome }
}

describe('a unique key is taken', () => {
  test('by our own earlier create whose answer was lost: not a duplicate; planning links it (anchors 1.3 bug 7)', async () => {
    const { outcome } = await judged(taken, create, { Number: 'T-link-0' })
    expect(outcome).toMatchObject({
      state: 'superseded',
      linkEvent: 'createAbandoned',
      hold: null,
      part: null,
      marks: [
        { remoteId: 'z0', reason: 'recover' },
        { remoteId: 'x-held', reason: 'recover' },
      ],
    })
  })
  test('by a stranger that carries the same key: held, never adopted (it would be overwritten, bug 8)', async () => {
    const op = { ...create, naturalKey: { field: 'Code', value: 'C1' } }
    const { outcome } = await judged(taken, op, { Code: 'C1' })
    expect(outcome).toMatchObject({
      state: 'refused',
      linkEvent: 'heldForPerson',
      hold: { code: 'duplicateInTarget', detail: { holder: 'x-other' }, marks: [{ remoteId: 'z0' }] },
    })
  })
  // Catches: a quote made once more, or held for ever, because Xero's quote cannot carry our reference (I2).
  test('by a record that can carry no reference of ours: planning decides where it says what was sent', async () => {
    const op = { ...create, naturalKey: { field: 'Code', value: 'C1' } }
    const says = (same: boolean) => toyMapping({ crossReference: () => null, saysWhatWasSent: () => same })
    for (const [same, state] of [
      [true, 'superseded'],
      [false, 'refused'],
    ] as const) {
      const under = await walkWith({ mapping: says(same) })
      under.xero.control.put(recordOf('xero', 'x-held', { Code: 'C1' }))
      const outcome = await judgeRow(under.walk, op, { row: taken, link: undefined, settleAfter: 77 })
      expect(outcome.state).toBe(state)
    }
  })
  test('by a record of another link of ours: held too', async () => {
    const op = { ...create, naturalKey: { field: 'Number', value: 'T-link-9' } }
    const { outcome } = await judged(taken, op, { Number: 'T-link-9' })
    expect(outcome.state).toBe('refused')
  })
  test('by a name: says so, since the person must rename one of the two', async () => {
    const { outcome } = await judged({ ...taken, field: 'Name', remoteId: null }, create)
    expect(outcome).toMatchObject({ code: 'nameTakenByStranger', hold: { detail: { holder: '' } } })
  })
  test('on an update: there is nothing to adopt and no key to ask for', async () => {
    const update: Op = { ...create, verb: 'update', remoteId: 'x1', naturalKey: null }
    const { outcome, under } = await judged(taken, update)
    expect(outcome).toMatchObject({ state: 'refused', code: 'duplicateInTarget' })
    expect(under.xero.control.calls).toEqual([])
  })
})

describe('other rows', () => {
  test('refused: the remote’s own message is kept, the link has failed (R59)', async () => {
    const { outcome } = await judged(
      { type: 'refused', code: 'emailNotValid', message: 'Email address must be valid.' },
      create,
    )
    expect(outcome).toMatchObject({
      state: 'refused',
      code: 'emailNotValid',
      message: 'Email address must be valid.',
      linkEvent: 'refused',
    })
  })
  test('moved: superseded, and the record is marked so that the edit is planned', async () => {
    const update: Op = { ...create, verb: 'update', remoteId: 'x1' }
    const { outcome } = await judged({ type: 'moved', message: '412' }, update)
    expect(outcome).toMatchObject({ state: 'superseded', marks: [{ side: 'xero', remoteId: 'x1', reason: 'moved' }] })
  })
  test('unknown: waits until its settle time, without a shadow or a part', async () => {
    const { outcome } = await judged({ type: 'unknown', code: 'remoteTimedOut', message: '' }, create)
    expect(outcome).toMatchObject({ state: 'unknown', settleAfter: 77, part: null, shadows: [], linkEvent: null })
  })
})

describe('an op whose fate is unknown', () => {
  async function unknownOp(): Promise<TestWalk> {
    const under = await walkWith()
    await opsOnRecord(under.walk, [create])
    const source = {
      side: 'zoho',
      collection: 'Products',
      remoteId: 'z0',
      role: 'main',
      version: null,
      shadow: {},
    } as const
    await under.walk.lane.recordDispatch({
      id: 'd',
      runId: 'run',
      side: 'xero',
      idempotencyKey: 'k',
      method: 'PUT',
      path: '/Items',
      body: '',
      opIds: [create.id],
      sentAt: under.clock.now(),
      settleAfter: under.clock.now() + 1_000,
    })
    await under.walk.lane.recordChunk({
      planId: 'plan',
      runId: 'run',
      now: under.clock.now(),
      marks: [],
      chunk: {
        newLinks: [],
        linkChanges: [{ linkId: 'link-0', event: null, code: null, addParts: [source], lines: null }],
        ops: [],
        settled: [],
        conflicts: [],
        holds: [],
        clear: [],
        skipped: [],
      },
    })
    return under
  }

  test('is left alone before its settle time: a late answer of the remote may still come true', async () => {
    const under = await unknownOp()
    under.clock.pass(999)
    expect(await settleUnknownOps(under.walk)).toBe(0)
    expect(await opStates(under.walk)).toEqual(['sent'])
  })
  test('ends at its settle time by marking its records: reading is the retry, nothing is sent (I15)', async () => {
    const under = await unknownOp()
    under.clock.pass(1_000)
    expect(await settleUnknownOps(under.walk)).toBe(1)
    expect(await opStates(under.walk)).toEqual(['superseded'])
    expect(await marksOf(under.walk)).toEqual({ z0: 'recover' })
    expect(under.xero.control.sent).toEqual([])
    const [link] = await under.walk.lane.linksByIds(['link-0'])
    expect(link?.state).toBe('pendingMatch')
  })
})
