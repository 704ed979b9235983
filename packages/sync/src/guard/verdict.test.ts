import { describe, expect, test } from 'vitest'
import { opOf } from '../../test/store/fixtures.ts'
import { SETTINGS } from '../mapping/testing.ts'
import type { FieldChange, Op, OpVerb } from '../model/op.ts'
import type { GuardSettings } from '../model/settings.ts'
import { addToTally, emptyTally, type GuardInput, isPingPong, judgePlan, QUARANTINE_WRITES } from './verdict.ts'

const LIMITS: GuardSettings = {
  creates: { count: 50, percent: 5 },
  updates: { count: 50, percent: 30 },
  deletes: { count: 10, percent: 1 },
  deletesPerDay: 25,
  sameValue: { count: 20, percent: 20 },
  absent: { count: 5, percent: 50 },
}

function opsOf(count: number, verb: OpVerb, values: Partial<Op> = {}): readonly Op[] {
  const changes: readonly FieldChange[] = [
    { field: 'name', before: '', after: '', reason: verb === 'create' ? 'create' : 'changed' },
  ]
  return Array.from({ length: count }, (_, at) =>
    opOf(`op-${at}`, {
      verb,
      kind: 'item',
      changes: changes.map((change) => ({ ...change, after: `v${at}` })),
      ...values,
    }),
  )
}

function judged(ops: readonly Op[], change: Partial<GuardInput> = {}) {
  const tally = emptyTally()
  addToTally(tally, ops)
  return judgePlan({
    tally,
    settings: { ...SETTINGS, guard: LIMITS },
    linkCounts: { contact: 0, item: 100, invoice: 0 },
    deletesToday: {},
    isApprovalCompulsory: false,
    opCount: ops.length,
    ...change,
  })
}

const items = (item: number) => ({ linkCounts: { contact: 0, item, invoice: 0 } })

describe('thresholds stand at their exact edge: one write more than allowed holds the plan (I9)', () => {
  test.each([
    ['create', 50, 100, 'tooManyCreates'],
    ['create', 100, 2_000, 'tooManyCreates'],
    ['create', 50, 1_019, 'tooManyCreates'],
    ['update', 50, 100, 'tooManyUpdates'],
    ['update', 300, 1_000, 'tooManyUpdates'],
    ['delete', 10, 100, 'tooManyDeletes'],
    ['delete', 20, 2_000, 'tooManyDeletes'],
  ] as const)('%s: %i of %i links go, one more holds', (verb, allowed, links, code) => {
    expect(judged(opsOf(allowed, verb), items(links))).toEqual({ type: 'go' })
    expect(judged(opsOf(allowed + 1, verb), items(links))).toMatchObject({ type: 'hold', code })
  })
  // Catches: a thousand tasks made unseen, or a day on which many pay held as a mass change (R38c).
  test('tasks count where they are made, not where they are completed', () => {
    expect(judged(opsOf(51, 'create', { role: 'task' }))).toMatchObject({ type: 'hold', code: 'tooManyCreates' })
    expect(judged(opsOf(51, 'create', { role: 'person' }))).toEqual({ type: 'go' })
    expect(judged(opsOf(500, 'update', { role: 'task' }))).toEqual({ type: 'go' })
  })
  test('counts of one kind and side are not lent to another: 40 + 40 creates are not 80', () => {
    const both = [...opsOf(40, 'create'), ...opsOf(40, 'create', { side: 'zoho' })]
    expect(judged(both)).toEqual({ type: 'go' })
  })
  test('a percentage is of the op’s own kind: a thousand contacts excuse no deletes of items', () => {
    const linkCounts = { contact: 100_000, item: 10, invoice: 100_000 }
    expect(judged(opsOf(11, 'delete'), { linkCounts })).toMatchObject({ code: 'tooManyDeletes' })
  })
})

describe('deletes per day', () => {
  const today = (count: number) => ({ deletesToday: { 'item/xero': count }, ...items(100_000) })
  test('small plans add up: 25 a day, however they are spread', () => {
    expect(judged(opsOf(5, 'delete'), today(20))).toEqual({ type: 'go' })
    expect(judged(opsOf(6, 'delete'), today(20))).toMatchObject({ type: 'hold', code: 'tooManyDeletes' })
  })
  test('a plan without deletes is not held for yesterday’s', () => {
    expect(judged(opsOf(1, 'update'), today(1_000))).toEqual({ type: 'go' })
  })
})

describe('one field to the same value', () => {
  const same = (count: number, after: string) =>
    opsOf(count, 'update', { changes: [{ field: 'tax', before: '', after, reason: 'changed' }] })
  test('holds past 20 records: a mapping mistake writes one value everywhere', () => {
    expect(judged(same(20, 'NONE'))).toEqual({ type: 'go' })
    expect(judged(same(21, 'NONE'))).toMatchObject({ type: 'hold', code: 'sameValueEverywhere' })
  })
  test('past 20 % where that is more', () => {
    expect(judged(same(40, 'NONE'), items(200))).toEqual({ type: 'go' })
    expect(judged(same(41, 'NONE'), items(200))).toMatchObject({ code: 'sameValueEverywhere' })
  })
  test('values that differ do not add up, nor does one value in two fields', () => {
    const two = opsOf(20, 'update', { changes: [{ field: 'code', before: '', after: 'NONE', reason: 'changed' }] })
    expect(judged([...same(20, 'NONE'), ...same(5, 'OTHER'), ...two])).toEqual({ type: 'go' })
  })
  test('says which field, not the value: the detail may be read by people who may not see the record', () => {
    expect(judged(same(21, 'secret=1'))).toMatchObject({ detail: 'item/xero/tax: 21, allowed 20' })
  })
})

describe('what is not counted', () => {
  test('write-backs of ids and of what a create chose follow their create', () => {
    const changes = [
      { field: 'xeroId', before: '', after: 'same', reason: 'crossReference' },
      { field: 'dueDate', before: '', after: 'same', reason: 'create' },
    ] as const
    expect(judged(opsOf(1_000, 'update', { side: 'zoho', changes }))).toEqual({ type: 'go' })
  })
  test('persons of a created company: one company with 60 people is one create', () => {
    expect(judged(opsOf(60, 'create', { role: 'person', kind: 'contact' }))).toEqual({ type: 'go' })
  })
  test('but an update that carries one real change beside a write-back is an update', () => {
    const changes = [
      { field: 'xeroId', before: '', after: 'x', reason: 'crossReference' },
      { field: 'name', before: 'a', after: 'b', reason: 'fill' },
    ] as const
    expect(judged(opsOf(51, 'update', { changes }))).toMatchObject({ type: 'hold' })
  })
})

describe('approval', () => {
  test('a first sync waits for its preview, however small (C16)', () => {
    expect(judged(opsOf(1, 'update'), { isApprovalCompulsory: true })).toMatchObject({ code: 'approvalNeeded' })
  })
  test('with nothing to write there is nothing to approve', () => {
    expect(judged([], { isApprovalCompulsory: true })).toEqual({ type: 'go' })
  })
  test('deletes are named before creates: the most dangerous reason is the one a person reads', () => {
    expect(judged([...opsOf(51, 'create'), ...opsOf(11, 'delete')])).toMatchObject({ code: 'tooManyDeletes' })
  })
})

test('more than five of our writes on one link in the window are a ping-pong, five are not', () => {
  expect(isPingPong(QUARANTINE_WRITES)).toBe(false)
  expect(isPingPong(QUARANTINE_WRITES + 1)).toBe(true)
})
