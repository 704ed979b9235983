import { describe, expect, test } from 'vitest'
import { inputOf, subjectOf } from '../../test/engine/plan-input.ts'
import { ZOHO_USER } from '../../test/engine/records.ts'
import { textRule, toyMapping } from '../../test/engine/toy-mapping.ts'
import { contextOf } from '../mapping/testing.ts'
import type { Side } from '../model/side.ts'
import { planChunk } from './plan-chunk.ts'
import { NEWEST_MARGIN_MS, planFields } from './plan-fields.ts'

const at = (ms: number) => new Date(Date.UTC(2026, 10, 1, 12) + ms).toISOString()

/** Both sides edited `name`; Zoho this many milliseconds after Xero. */
function bothEdited(ms: number, modifiedBy = 'u-human') {
  return subjectOf('1', {
    zoho: { name: 'mine' },
    xero: { name: 'THEIRS' },
    base: { zoho: { name: 'old', phone: '', note: '' }, xero: { name: 'OLD', phone: '', note: '' } },
    zohoRecord: { version: at(ms), modifiedBy },
    xeroRecord: { version: at(0) },
  })
}

function winnerOf(ms: number, modifiedBy?: string): Side | null | undefined {
  const input = inputOf({ mapping: toyMapping({ fields: [textRule('name')] }) })
  const plan = planFields(bothEdited(ms, modifiedBy), input, { ...contextOf(), linkId: 'L1' })
  return plan.conflicts[0]?.winner
}

describe('policy newest (the first-link winner is Xero)', () => {
  test.each([
    [NEWEST_MARGIN_MS + 1, 'zoho'],
    [NEWEST_MARGIN_MS, 'xero'],
    [1, 'xero'],
    [-NEWEST_MARGIN_MS - 1, 'xero'],
  ])('Zoho %i ms later: %s wins; inside two minutes two clocks say nothing', (ms, expected) => {
    expect(winnerOf(ms)).toBe(expected)
  })
  test('our own last write does not make Zoho the newest: else our echo beats the human edit before it', () => {
    expect(winnerOf(NEWEST_MARGIN_MS * 10, ZOHO_USER)).toBe('xero')
  })
})

test('shadows of an older mapping generation are no base: a changed mapping is not a changed value', () => {
  const subject = { ...bothEdited(0), link: { ...bothEdited(0).link, generation: 1 } }
  const chunk = planChunk(inputOf({ subjects: [subject], generation: 2 }), 0)
  expect(chunk.conflicts).toMatchObject([{ policy: 'firstLink' }])
})

test('policy ask: nothing of the field is written, the link is conflicted, the rest of it goes on', () => {
  const mapping = toyMapping({ fields: [textRule('name', { policy: 'ask' }), textRule('phone')] })
  const base = { zoho: { name: 'old', phone: '1' }, xero: { name: 'OLD', phone: '1' } }
  const subject = subjectOf('1', { zoho: { name: 'mine', phone: '2' }, xero: { name: 'THEIRS', phone: '1' }, base })
  const chunk = planChunk(inputOf({ subjects: [subject], mapping }), 0)
  expect(chunk.linkChanges).toMatchObject([{ event: 'conflictOpened' }])
  expect(chunk.ops).toMatchObject([{ side: 'xero', changes: [{ field: 'phone' }] }])
  expect(chunk.ops[0]?.payload).toEqual({ phone: '2' })
})

test('one field that the other side cannot hold does not stop the others (a company’s other fields go on)', () => {
  const base = { zoho: { name: 'old', phone: '1', note: '' }, xero: { name: 'OLD', phone: '1', note: '' } }
  const subject = subjectOf('1', { zoho: { name: '<new>', phone: '2' }, xero: { name: 'OLD', phone: '1' }, base })
  const chunk = planChunk(inputOf({ subjects: [subject] }), 0)
  expect(chunk.ops).toMatchObject([{ payload: { phone: '2' } }])
  expect(chunk.holds).toMatchObject([{ code: 'valueNotAllowed', marks: [] }])
})

test('a patch holds only changed fields: writing whole records overwrites what was edited meanwhile (I3)', () => {
  const base = { zoho: { name: 'old', phone: '1', note: '' }, xero: { name: 'OLD', phone: '1', note: '' } }
  const subject = subjectOf('1', { zoho: { name: 'new', phone: '1' }, xero: { name: 'OLD', phone: '1' }, base })
  expect(planChunk(inputOf({ subjects: [subject] }), 0).ops.map((op) => op.payload)).toEqual([{ name: 'NEW' }])
})

test('a locked field is told and not sent; its shadow does not move, so it flows when the lock goes (R36)', () => {
  const base = { zoho: { name: 'old', phone: '1', note: '' }, xero: { name: 'OLD', phone: '1', note: '' } }
  const subject = subjectOf('1', { zoho: { name: 'new', phone: '1' }, xero: { name: 'OLD', phone: '1' }, base })
  const mapping = toyMapping({ mayWrite: () => ({ type: 'locked', code: 'recordLocked', detail: 'paid' }) })
  const chunk = planChunk(inputOf({ subjects: [subject], mapping }), 0)
  expect(chunk).toMatchObject({ ops: [], holds: [{ code: 'recordLocked', detail: { fields: ['name'] } }] })
  expect(chunk.settled).toEqual([])
})
