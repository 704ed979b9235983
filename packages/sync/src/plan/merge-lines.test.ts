import { describe, expect, test } from 'vitest'
import { print, shadowOf } from '../../test/engine/records.ts'
import { lineOf, toyLines } from '../../test/engine/toy-mapping.ts'
import { contextOf } from '../mapping/testing.ts'
import { type LinesInput, mergeLines } from './merge-lines.ts'

/** `z1: hammer` and `x1: HAMMER` are a pair whose shadows hold exactly that. */
const BASE: LinesInput = {
  rules: toyLines,
  zoho: [lineOf('z1', 'hammer'), lineOf('z2', 'nails')],
  xero: [lineOf('x1', 'HAMMER'), lineOf('x2', 'NAILS')],
  pairs: [
    { zohoRowId: 'z1', xeroLineId: 'x1' },
    { zohoRowId: 'z2', xeroLineId: 'x2' },
  ],
  shadows: {
    zoho: shadowOf({ 'line:z1': 'hammer', 'line:z2': 'nails' }),
    xero: shadowOf({ 'line:x1': 'HAMMER', 'line:x2': 'NAILS' }),
  },
  context: contextOf(),
  fingerprint: print,
  winner: 'xero',
}

describe('with pairs', () => {
  test('one edited line: only it is written, its neighbour is echoed as it stands (a bookkeeper’s own columns survive)', () => {
    const verdict = mergeLines({ ...BASE, zoho: [lineOf('z1', 'big hammer'), lineOf('z2', 'nails')] })
    expect(verdict).toMatchObject({
      type: 'patch',
      targets: [
        {
          target: 'xero',
          desired: [
            { existing: { id: 'x1' }, value: { description: 'BIG HAMMER' } },
            { existing: { id: 'x2' }, value: null },
          ],
          removed: [],
        },
      ],
      conflicts: [],
    })
  })
  test('a line deleted on one side and edited on the other comes back, with a conflict: a delete would lose the edit', () => {
    const verdict = mergeLines({
      ...BASE,
      zoho: [lineOf('z2', 'nails')],
      xero: [lineOf('x1', 'SAW'), lineOf('x2', 'NAILS')],
    })
    expect(verdict).toMatchObject({
      targets: [
        { target: 'zoho', desired: [{ existing: { id: 'z2' } }, { existing: null, value: { description: 'SAW' } }] },
      ],
      conflicts: [{ zoho: null, xero: { id: 'x1' }, winner: 'xero' }],
    })
  })
  test('a line deleted on one side and untouched on the other is deleted explicitly', () => {
    expect(mergeLines({ ...BASE, zoho: [lineOf('z2', 'nails')] })).toMatchObject({
      targets: [{ target: 'xero', desired: [{ existing: { id: 'x2' } }], removed: [{ id: 'x1' }] }],
      conflicts: [],
    })
  })
  test('a line whose shadow is lost counts as edited: deleting on half a memory would lose it', () => {
    const shadows = { zoho: BASE.shadows.zoho, xero: shadowOf({ 'line:x2': 'NAILS' }) }
    expect(mergeLines({ ...BASE, zoho: [lineOf('z2', 'nails')], shadows })).toMatchObject({
      targets: [{ target: 'zoho' }],
      conflicts: [{ winner: 'xero' }],
    })
  })
  test('both edited one line differently: the winner’s stands and a conflict keeps both (I3)', () => {
    const verdict = mergeLines({
      ...BASE,
      zoho: [lineOf('z1', 'saw'), lineOf('z2', 'nails')],
      xero: [lineOf('x1', 'AXE'), lineOf('x2', 'NAILS')],
    })
    expect(verdict).toMatchObject({
      targets: [{ target: 'zoho', desired: [{ value: { description: 'AXE' } }, { value: null }] }],
      conflicts: [{ zoho: { value: { description: 'saw' } }, xero: { value: { description: 'AXE' } }, winner: 'xero' }],
    })
  })
  test('the same line added on both sides is one line: position or id alone would double it', () => {
    const verdict = mergeLines({
      ...BASE,
      zoho: [...BASE.zoho, lineOf('z9', 'glue')],
      xero: [lineOf('x9', 'GLUE'), ...BASE.xero],
    })
    expect(verdict).toMatchObject({ type: 'corresponds' })
    if (verdict.type === 'corresponds') expect(verdict.pairs).toContainEqual({ zohoRowId: 'z9', xeroLineId: 'x9' })
  })
  test('a Zoho subform saved anew gives every row a new id: the lines are carried once, not doubled', () => {
    const verdict = mergeLines({ ...BASE, zoho: [lineOf('z7', 'hammer'), lineOf('z8', 'nails')] })
    expect(verdict).toMatchObject({
      targets: [
        { target: 'xero', desired: [{ existing: null }, { existing: null }], removed: [{ id: 'x1' }, { id: 'x2' }] },
      ],
    })
  })
  test('a line that the other side cannot hold holds the document: part of an invoice is a wrong invoice (I11)', () => {
    expect(mergeLines({ ...BASE, zoho: [...BASE.zoho, lineOf('z9', '<free>')] })).toMatchObject({
      type: 'hold',
      target: 'xero',
      held: { code: 'lineWithoutProduct' },
    })
  })
})

describe('a first link', () => {
  const first = { pairs: [], shadows: { zoho: {}, xero: {} } }
  test('pairs what corresponds wherever it stands, and the rest by position', () => {
    const verdict = mergeLines({
      ...BASE,
      ...first,
      zoho: [lineOf('z1', 'saw'), lineOf('z2', 'nails')],
      xero: [lineOf('x1', 'NAILS'), lineOf('x2', 'AXE')],
    })
    expect(verdict).toMatchObject({
      pairs: [
        { zohoRowId: 'z2', xeroLineId: 'x1' },
        { zohoRowId: 'z1', xeroLineId: 'x2' },
      ],
      conflicts: [{ zoho: { id: 'z1' }, xero: { id: 'x2' }, winner: 'xero' }],
    })
  })
  test.each([
    ['xero', 'zoho', 1],
    ['zoho', 'xero', 0],
  ] as const)('winner %s: the surplus line is settled on %s', (winner, target, removed) => {
    const verdict = mergeLines({
      ...BASE,
      ...first,
      winner,
      zoho: [lineOf('z1', 'hammer'), lineOf('z2', 'nails')],
      xero: [lineOf('x1', 'HAMMER')],
    })
    expect(verdict).toMatchObject({ targets: [{ target }] })
    if (verdict.type === 'patch') expect(verdict.targets[0]?.removed).toHaveLength(removed)
  })
  // Catches: a line that a bookkeeper has typed, gone without a trace when a changed mapping leaves no base (I3).
  test('keeps the line that goes in a conflict row, and makes none for one that only comes', () => {
    const lines = { zoho: [lineOf('z1', 'hammer')], xero: [lineOf('x1', 'HAMMER'), lineOf('x2', 'NAILS')] }
    const kept = { conflicts: [{ zoho: null, xero: { id: 'x2' }, winner: 'zoho' }] }
    expect(mergeLines({ ...BASE, ...first, ...lines, winner: 'zoho' })).toMatchObject(kept)
    expect(mergeLines({ ...BASE, ...first, ...lines, winner: 'xero' })).toMatchObject({ conflicts: [] })
  })
})
