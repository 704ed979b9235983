import { describe, expect, test } from 'vitest'
import { print, shadowOf } from '../../test/engine/records.ts'
import { textRule } from '../../test/engine/toy-mapping.ts'
import type { FieldRule } from '../mapping/contract.ts'
import { contextOf, SETTINGS } from '../mapping/testing.ts'
import type { Value } from '../model/value.ts'
import { type FieldInput, mergeField } from './merge-field.ts'

/** Both sides held `old` (Xero in capitals) when they were last in step. */
const BASE = { zoho: 'old', xero: 'OLD' }

function merge(values: { zoho: Value; xero: Value }, change: Partial<FieldInput> & { rule?: FieldRule } = {}) {
  return mergeField({
    rule: textRule('name'),
    ...values,
    zohoShadow: shadowOf({ name: BASE.zoho }).name,
    xeroShadow: shadowOf({ name: BASE.xero }).name,
    context: { ...contextOf(), settings: { ...SETTINGS, firstLinkWinner: 'xero' } },
    fingerprint: print,
    newer: null,
    choice: undefined,
    ...change,
  })
}

const noBase = { zohoShadow: undefined, xeroShadow: undefined }
const policy = (name: FieldRule['policy']) => ({ rule: textRule('name', { policy: name }) })

describe('with a base', () => {
  test('neither side changed: nothing, though the two texts differ (a refused or blank value stays where it is)', () => {
    expect(merge(BASE)).toEqual({ type: 'unchanged' })
    const parted = { zohoShadow: shadowOf({ name: 'a' }).name, xeroShadow: shadowOf({ name: 'B' }).name }
    expect(merge({ zoho: 'a', xero: 'B' }, parted)).toEqual({ type: 'unchanged' })
  })
  test('one side changed: the other is patched, in its own form, without a conflict', () => {
    expect(merge({ zoho: 'new', xero: 'OLD' })).toEqual({
      type: 'patch',
      target: 'xero',
      before: 'OLD',
      after: 'NEW',
      reason: 'changed',
      conflict: null,
    })
    expect(merge({ zoho: 'old', xero: 'NEW' })).toMatchObject({ type: 'patch', target: 'zoho', after: 'NEW' })
  })
  test('both changed to the same thing after mapping: both shadows advance (false conflict, as in Unison)', () => {
    expect(merge({ zoho: 'new', xero: 'NEW' })).toEqual({ type: 'settle', sides: ['zoho', 'xero'] })
  })
  test('one side changed only in what the other does not keep: no write back and forth (ping-pong, I5)', () => {
    expect(merge({ zoho: 'Old', xero: 'OLD' })).toEqual({ type: 'settle', sides: ['zoho', 'xero'] })
  })
  test('an emptied value erases only where the field says so', () => {
    expect(merge({ zoho: '', xero: 'OLD' })).toEqual({ type: 'settle', sides: ['zoho'] })
    expect(merge({ zoho: '', xero: 'OLD' }, { rule: textRule('name', { blankErases: true }) })).toMatchObject({
      type: 'patch',
      target: 'xero',
      after: '',
    })
  })
  test('a change on the side that a one-way field does not flow from is noted and stays', () => {
    const rule = textRule('name', { direction: 'zohoToXero' })
    expect(merge({ zoho: 'old', xero: 'NEW' }, { rule })).toEqual({ type: 'settle', sides: ['xero'] })
  })
  // Catches: a text that a bookkeeper typed beside a blank of the CRM, replaced later without a trace (I3).
  test('where the rule tells of such a change it is not absorbed: what the owner says later leaves a conflict row', () => {
    const rule: FieldRule = { ...textRule('name', { direction: 'zohoToXero' }), apart: () => ({ type: 'write' }) }
    expect(merge({ zoho: 'old', xero: 'NEW' }, { rule })).toEqual({ type: 'unchanged' })
    expect(merge({ zoho: '', xero: 'NEW' }, { rule })).toEqual({ type: 'settle', sides: ['zoho'] })
    expect(merge({ zoho: '', xero: 'NEW' }, { rule, ...noBase })).toEqual({ type: 'settle', sides: ['zoho'] })
    expect(merge({ zoho: 'own', xero: 'NEW' }, { rule })).toMatchObject({
      type: 'patch',
      target: 'xero',
      conflict: { winner: 'zoho' },
    })
  })
  test('a value that the other side cannot hold is held with its code, never cut or dropped', () => {
    expect(merge({ zoho: '<new>', xero: 'OLD' })).toMatchObject({
      type: 'hold',
      target: 'xero',
      held: { code: 'valueNotAllowed' },
    })
  })
})

// Catches: a customer's answer in Xero taken back, or a stage of the CRM reset by a create whose answer was lost (R71b).
describe('values that say themselves who wins', () => {
  const rule = textRule('name', { policy: 'xero', winner: (_zoho, xero) => (xero === 'FINAL' ? 'xero' : 'zoho') })
  test.each([
    ['FINAL', 'zoho'],
    ['THEIRS', 'xero'],
  ])('both changed, Xero says %s: %s is written', (xero, target) => {
    expect(merge({ zoho: 'mine', xero }, { rule })).toMatchObject({ type: 'patch', target })
    expect(merge({ zoho: 'mine', xero }, { rule, ...noBase })).toMatchObject({ type: 'patch', target })
  })
  test('no edit is overruled where only one side has changed, nor a person who has chosen', () => {
    expect(merge({ zoho: 'old', xero: 'THEIRS' }, { rule })).toMatchObject({ type: 'patch', target: 'zoho' })
    expect(merge({ zoho: 'mine', xero: 'FINAL' }, { rule, choice: 'zoho' })).toMatchObject({ target: 'xero' })
    expect(merge({ zoho: 'mine', xero: 'FINAL' }, { rule, ...noBase, choice: 'zoho' })).toMatchObject({
      target: 'xero',
    })
  })
})

describe('both sides changed one field differently', () => {
  const both = { zoho: 'mine', xero: 'THEIRS' }
  test.each([
    ['zoho', null, 'xero'],
    ['xero', null, 'zoho'],
    ['newest', 'zoho', 'xero'],
    ['newest', 'xero', 'zoho'],
    ['newest', null, 'zoho'],
  ] as const)(
    'policy %s, newer %s: %s is patched, and a conflict row keeps both values (I3)',
    (name, newer, target) => {
      const winner = target === 'xero' ? 'zoho' : 'xero'
      expect(merge(both, { ...policy(name), newer })).toMatchObject({
        type: 'patch',
        target,
        reason: 'conflictWon',
        conflict: { base: 'old', winner, policy: name },
      })
    },
  )
  test('policy ask writes nothing and waits: a guess would overwrite somebody', () => {
    expect(merge(both, policy('ask'))).toEqual({
      type: 'ask',
      conflict: { base: 'old', winner: null, policy: 'ask' },
    })
  })
  test.each(['zoho', 'xero', 'newest', 'ask'] as const)("a person's choice wins over policy %s", (name) => {
    expect(merge(both, { ...policy(name), newer: 'zoho', choice: 'xero' })).toMatchObject({
      target: 'zoho',
      conflict: { winner: 'xero', policy: 'person' },
    })
  })
  test.each(['zoho', 'newest'] as const)(
    'policy %s and Zoho was emptied: blank never erases, so the edit in Xero flows (it would stay behind for ever)',
    (name) => {
      expect(merge({ zoho: '', xero: 'THEIRS' }, { ...policy(name), newer: 'zoho' })).toMatchObject({
        type: 'patch',
        target: 'zoho',
        after: 'THEIRS',
        conflict: { winner: 'xero' },
      })
    },
  )
  test('a person who chooses the emptied side means it: the answer must not be dropped', () => {
    expect(merge({ zoho: '', xero: 'THEIRS' }, { ...policy('ask'), choice: 'zoho' })).toMatchObject({
      type: 'patch',
      target: 'xero',
      after: '',
    })
  })
  test('a one-way field and its source was emptied: both are the base, the value on the other side stays', () => {
    const rule = textRule('name', { direction: 'zohoToXero', policy: 'zoho' })
    expect(merge({ zoho: '', xero: 'THEIRS' }, { rule })).toEqual({ type: 'settle', sides: ['zoho', 'xero'] })
  })
})

describe('without a base', () => {
  test('equal after mapping: the baseline, without a write (I14: a lost database writes nothing)', () => {
    expect(merge({ zoho: 'same', xero: 'SAME' }, noBase)).toEqual({ type: 'settle', sides: ['zoho', 'xero'] })
    expect(merge({ zoho: '', xero: null }, noBase)).toEqual({ type: 'settle', sides: ['zoho', 'xero'] })
  })
  test('one side blank: it is filled, without a conflict', () => {
    expect(merge({ zoho: 'one', xero: '' }, noBase)).toMatchObject({ target: 'xero', reason: 'fill', conflict: null })
    expect(merge({ zoho: '', xero: 'ONE' }, noBase)).toMatchObject({ target: 'zoho', reason: 'fill', conflict: null })
  })
  test('one side blank where the field does not flow: both are the base (else the first edit later looks like a conflict)', () => {
    const rule = textRule('name', { direction: 'xeroToZoho', policy: 'xero' })
    expect(merge({ zoho: 'one', xero: '' }, { ...noBase, rule })).toEqual({ type: 'settle', sides: ['zoho', 'xero'] })
  })
  test.each([
    ['newest', 'xero', 'zoho'],
    ['newest', 'zoho', 'xero'],
    ['zoho', 'xero', 'xero'],
    ['xero', 'zoho', 'zoho'],
  ] as const)('different, policy %s and first-link winner %s: %s is patched, with a row', (name, first, target) => {
    const context = { ...contextOf(), settings: { ...SETTINGS, firstLinkWinner: first } }
    expect(merge({ zoho: 'a', xero: 'B' }, { ...noBase, ...policy(name), context, newer: 'zoho' })).toMatchObject({
      type: 'patch',
      target,
      reason: 'firstLink',
      conflict: { base: null, policy: 'firstLink' },
    })
  })
  test('a base on one side only counts as none: half a base would make the other side look unchanged', () => {
    expect(merge({ zoho: 'a', xero: 'B' }, { xeroShadow: undefined })).toMatchObject({ reason: 'firstLink' })
  })
})
