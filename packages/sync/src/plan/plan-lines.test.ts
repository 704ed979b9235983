import { describe, expect, test } from 'vitest'
import { inputOf, type SubjectSpec, subjectOf } from '../../test/engine/plan-input.ts'
import { toyLines, toyMapping } from '../../test/engine/toy-mapping.ts'
import type { LinePair } from '../model/link.ts'
import type { Value } from '../model/value.ts'
import { planChunk } from './plan-chunk.ts'

const mapping = toyMapping({ kind: 'invoice', fields: [], lines: toyLines })
const PAIRS: readonly LinePair[] = [
  { zohoRowId: 'z1', xeroLineId: 'x1' },
  { zohoRowId: 'z2', xeroLineId: 'x2' },
]
const BASE = {
  zoho: { 'line:z1': 'hammer', 'line:z2': 'nails' },
  xero: { 'line:x1': 'HAMMER', 'line:x2': 'NAILS' },
}
const zohoLines: Value = [
  { id: 'z1', text: 'hammer' },
  { id: 'z2', text: 'nails' },
]
const xeroLines: Value = [
  { id: 'x1', text: 'HAMMER' },
  { id: 'x2', text: 'NAILS' },
]

function plan(spec: Partial<SubjectSpec> & { zohoLines: Value; xeroLines: Value }) {
  const subject = subjectOf('1', {
    zoho: { lines: spec.zohoLines },
    xero: { lines: spec.xeroLines },
    base: BASE,
    zohoRecord: { hasLines: true, collection: 'Invoices' },
    xeroRecord: { hasLines: true, collection: 'Invoices' },
    ...spec,
    link: { kind: 'invoice', lines: PAIRS, ...spec.link },
  })
  return planChunk(inputOf({ kind: 'invoice', mapping, subjects: [subject] }), 0)
}

describe('line pairs', () => {
  test('are stored when all correspond', () => {
    expect(plan({ zohoLines, xeroLines }).linkChanges).toMatchObject([{ lines: PAIRS }])
  })
  test('stay as they are while a write is on its way: a dropped op would bring the deleted line back to life', () => {
    const deleted = plan({ zohoLines: [{ id: 'z2', text: 'nails' }], xeroLines })
    expect(deleted.ops).toMatchObject([{ side: 'xero', payload: { lines: [{ id: 'x2' }], removed: ['x1'] } }])
    expect(deleted.linkChanges).toMatchObject([{ lines: null }])
  })
  test('of a first link are not stored before the write: the next plan would take them for a base', () => {
    const link = { lines: [] }
    const first = plan({ zohoLines, xeroLines: [{ id: 'x1', text: 'SAW' }], link, base: { zoho: {}, xero: {} } })
    expect(first.ops).not.toEqual([])
    expect(first.linkChanges).toMatchObject([{ lines: null }])
  })
})

describe('a list row without lines', () => {
  const rows = { zohoRecord: { hasLines: false, collection: 'Invoices' as const } }
  test('is never compared as if it had none: every line would be deleted', () => {
    const chunk = plan({ ...rows, zohoLines: [], xeroLines })
    expect(chunk).toMatchObject({ ops: [], linkChanges: [{ lines: null }] })
  })
  test('does not settle a version: its lines were not compared (I16)', () => {
    expect(plan({ ...rows, zohoLines: [], xeroLines }).settled).toEqual([])
  })
  test('settles it where it is the echo of our own write', () => {
    const chunk = plan({ ...rows, zohoLines: [], xeroLines, subject: { linesEcho: new Set(['zoho', 'xero']) } })
    expect(chunk.settled.map((part) => part.version)).not.toContain('keep')
    expect(chunk.settled).toHaveLength(2)
  })
})

test('a document that cannot be said on the other side waits as a whole, with its marks (I11)', () => {
  const chunk = plan({ zohoLines: [{ id: 'z1', text: '<free>' }], xeroLines })
  expect(chunk).toMatchObject({ ops: [], holds: [{ code: 'lineWithoutProduct', marks: [{ remoteId: 'z1' }] }] })
})

test('a total that would not agree holds the document before anything is sent (I11)', () => {
  const strict = { ...mapping, check: () => ({ type: 'hold', code: 'totalsDiffer', detail: '1 cent' }) as const }
  const subject = subjectOf('1', {
    zoho: { lines: [{ id: 'z1', text: 'saw' }] },
    xero: { lines: xeroLines },
    base: BASE,
    zohoRecord: { hasLines: true },
    xeroRecord: { hasLines: true },
    link: { kind: 'invoice', lines: PAIRS },
  })
  const chunk = planChunk(inputOf({ kind: 'invoice', mapping: strict, subjects: [subject] }), 0)
  expect(chunk).toMatchObject({ ops: [], holds: [{ code: 'totalsDiffer' }] })
})
