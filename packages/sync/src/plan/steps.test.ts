import { describe, expect, test } from 'vitest'
import { candidateOf, inputOf, subjectOf } from '../../test/engine/plan-input.ts'
import { recordOf } from '../../test/engine/records.ts'
import { textRule, toyMapping } from '../../test/engine/toy-mapping.ts'
import type { FieldRule, Step } from '../mapping/contract.ts'
import { locked } from '../mapping/verdicts.ts'
import type { Value } from '../model/value.ts'
import { planChunk } from './plan-chunk.ts'

/** A status that goes a, b, c there and never back; `x` on the CRM side has no word for it. */
function stepped(next: (wanted: Value, present: Value) => Step): FieldRule {
  const rule = textRule('status')
  return { ...rule, xero: { ...rule.xero, step: next } }
}

const oneByOne = stepped((wanted, present) => {
  const order = ['A', 'B', 'C']
  const at = order.indexOf(String(present))
  if (order.indexOf(String(wanted)) < at) return locked('statusNotAllowed', 'not back')
  return { type: 'step', value: order[Math.min(at + 1, order.indexOf(String(wanted)))] ?? 'A' }
})
const mapping = toyMapping({ fields: [oneByOne] })

const shadowOfStatus = (advances: readonly { readonly field: string; readonly value: Value }[]) =>
  advances.filter(({ field }) => field === 'status').map(({ value }) => value)

// Catches: a step that counts as the whole way, so that the rest of it is never taken (I1).
describe('a value that the target reaches by steps', () => {
  test('a create takes the first, and remembers the source as if it had said no more', () => {
    const candidate = candidateOf(recordOf('zoho', 'z1', { status: 'c' }))
    const [op] = planChunk(inputOf({ mapping, candidates: [candidate] }), 0).ops
    expect(op?.changes).toEqual([{ field: 'status', before: null, after: 'A', reason: 'step' }])
    expect(op?.payload).toMatchObject({ status: 'A' })
    expect([...new Set(shadowOfStatus(op?.sourceShadow ?? []))]).toEqual(['A'])
  })
  test('a create that needs no further step is a create like any other', () => {
    const candidate = candidateOf(recordOf('zoho', 'z1', { status: 'a' }))
    const [op] = planChunk(inputOf({ mapping, candidates: [candidate] }), 0).ops
    expect(op?.changes).toMatchObject([{ after: 'A', reason: 'create' }])
    expect([...new Set(shadowOfStatus(op?.sourceShadow ?? []))]).toEqual(['a'])
  })
  test.each([
    ['A', 'B', 'step', 'B'],
    ['B', 'C', 'changed', 'c'],
  ])('an update from %s takes the next: %s', (present, after, reason, base) => {
    const known = { zoho: { status: present }, xero: { status: present } }
    const subject = subjectOf('1', { zoho: { status: 'c' }, xero: { status: present }, base: known })
    const [op] = planChunk(inputOf({ mapping, subjects: [subject] }), 0).ops
    expect(op?.changes).toEqual([{ field: 'status', before: present, after, reason }])
    expect(shadowOfStatus(op?.sourceShadow ?? [])).toEqual([base])
  })
  test('a way that is closed is told, and nothing is tried or absorbed', () => {
    const known = { zoho: { status: 'c' }, xero: { status: 'C' } }
    const subject = subjectOf('1', { zoho: { status: 'a' }, xero: { status: 'C' }, base: known })
    const chunk = planChunk(inputOf({ mapping, subjects: [subject] }), 0)
    expect(chunk.ops).toEqual([])
    expect(chunk.holds).toMatchObject([{ code: 'statusNotAllowed', detail: { fields: ['status'] } }])
    expect(chunk.settled.flatMap(({ shadow }) => Object.keys(shadow))).not.toContain('status')
  })
  test('a source without a word for the step still has the rest of the way before it', () => {
    const mute: FieldRule = {
      ...oneByOne,
      zoho: { ...oneByOne.zoho, accept: () => ({ type: 'hold', code: 'unmappedStatus', detail: '' }) },
    }
    const candidate = candidateOf(recordOf('zoho', 'z1', { status: 'c' }))
    const [op] = planChunk(inputOf({ mapping: toyMapping({ fields: [mute] }), candidates: [candidate] }), 0).ops
    expect([...new Set(shadowOfStatus(op?.sourceShadow ?? []))]).toEqual([null])
  })
})

// Catches: an update that makes the remote fall back to what the record was not (xero.md 4.4).
test('what each update must say again goes with it, and what is changed goes before', () => {
  const again = toyMapping({ repeated: () => ({ date: '2026-10-06', name: 'OLD' }) })
  const known = { zoho: { name: 'old', phone: '', note: '' }, xero: { name: 'OLD', phone: '', note: '' } }
  const spec = { zoho: { name: 'new', phone: '', note: '' }, xero: known.xero, base: known }
  const [op] = planChunk(inputOf({ mapping: again, subjects: [subjectOf('1', spec)] }), 0).ops
  expect(op?.payload).toEqual({ date: '2026-10-06', name: 'NEW' })
})
