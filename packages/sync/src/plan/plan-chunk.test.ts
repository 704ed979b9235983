import { describe, expect, test } from 'vitest'
import { candidateOf, inputOf, poolsOf, subjectOf, viewOf } from '../../test/engine/plan-input.ts'
import { recordOf, second } from '../../test/engine/records.ts'
import { toyMapping } from '../../test/engine/toy-mapping.ts'
import type { MappingContext } from '../mapping/contract.ts'
import { contextOf, SETTINGS } from '../mapping/testing.ts'
import type { KindSettings } from '../model/settings.ts'
import type { Side } from '../model/side.ts'
import { NOW, type ValueObject } from '../model/value.ts'
import { phaseOfSequence } from './draft.ts'
import { planChunk } from './plan-chunk.ts'

const fromZoho = candidateOf(recordOf('zoho', 'z1', { name: 'ada', phone: '1' }))
const fromXero = candidateOf(recordOf('xero', 'x1', { name: 'ADA' }))
const edited = subjectOf('1', {
  zoho: { name: 'new', phone: '1' },
  xero: { name: 'OLD', phone: '1' },
  base: { zoho: { name: 'old', phone: '1', note: '' }, xero: { name: 'OLD', phone: '1', note: '' } },
})

const MAINS = edited.link.parts.flatMap(({ side, collection, remoteId }) =>
  remoteId === null ? [] : [{ side, collection, remoteId }],
)

const SWITCHES = SETTINGS.kinds.item

function contextWith(change: Partial<KindSettings>): MappingContext {
  const { kinds } = SETTINGS
  return { ...contextOf(), settings: { ...SETTINGS, kinds: { ...kinds, item: { ...kinds.item, ...change } } } }
}

// Catches: a person who mends one fault, saves, and is only then told of the next (R34).
test('all that keeps a record from being created is told at once, the first of it as the reason', () => {
  const also = [{ code: 'customerArchived', detail: 'archived' } as const]
  const mapping = toyMapping({ check: () => ({ type: 'hold', code: 'lockDate', detail: 'locked', also }) })
  const candidate = candidateOf(recordOf('zoho', 'z1', { name: 'a<b', phone: '<1' }))
  const [hold] = planChunk(inputOf({ mapping, candidates: [candidate] }), 0).holds
  expect(hold).toMatchObject({ code: 'valueNotAllowed' })
  const codes = ['valueNotAllowed', 'valueNotAllowed', 'lockDate', 'customerArchived']
  expect(hold?.detail).toMatchObject({ detail: { faults: codes.map((code) => ({ code })) } })
})

// Catches: a stamp that the preview shows as a change, or that is written alone (design section 8).
test('a stamp goes along with what is written anyway, on its own side only', () => {
  const mapping = toyMapping({ stamp: (side): ValueObject => (side === 'zoho' ? { Stamp: NOW } : {}) })
  const { ops } = planChunk(inputOf({ mapping, candidates: [fromZoho], subjects: [edited] }), 0)
  const stamps = ops.map((op) => [op.side, op.payload.Stamp !== undefined])
  expect(stamps).toEqual([
    ['xero', false],
    ['xero', false],
    ['zoho', true],
  ])
  expect(ops.flatMap((op) => op.changes.map(({ field }) => field))).not.toContain('Stamp')
  const equal = { name: 'old', phone: '1', note: '' }
  const same = subjectOf('2', {
    zoho: equal,
    xero: { ...equal, name: 'OLD' },
    base: { zoho: equal, xero: { ...equal, name: 'OLD' } },
  })
  expect(planChunk(inputOf({ mapping, subjects: [same] }), 0).ops).toEqual([])
})

describe('a create', () => {
  const chunk = planChunk(inputOf({ candidates: [fromZoho] }), 0)
  const [create, writeBack] = chunk.ops

  test('carries its own identity, so that a lost answer is found again (anchors 1.3 bug 7)', () => {
    expect(create).toMatchObject({ verb: 'create', side: 'xero', naturalKey: { field: 'Number' } })
    expect(create?.payload).toMatchObject({ name: 'ADA', Number: `T-${create?.linkId}` })
  })
  test('is followed by the write-back of its id, which waits for it and comes in a later phase (I8)', () => {
    expect(writeBack).toMatchObject({
      verb: 'update',
      side: 'zoho',
      remoteId: 'z1',
      after: [create?.id],
      payload: { Xero_ID: `@link:${create?.linkId}.xero` },
      changes: [{ field: 'xeroId', reason: 'crossReference' }],
    })
    expect(phaseOfSequence(writeBack?.sequence ?? 0)).toBeGreaterThan(phaseOfSequence(create?.sequence ?? 0))
  })
  test('remembers every source value, blank ones too: else filling a blank later would look like a first link', () => {
    expect(create?.sourceShadow.map(({ field, value }) => [field, value])).toEqual([
      ['name', 'ada'],
      ['phone', '1'],
      ['note', ''],
    ])
  })
  test('founds the same link every time: a lost database must find its links again (I14)', () => {
    const again = planChunk(inputOf({ candidates: [fromZoho], planId: 'another' }), 7)
    expect(again.newLinks).toEqual(chunk.newLinks)
    expect(again.linkChanges).toMatchObject([{ event: 'createIntended' }])
  })
  // Catches: a document sent although the target would compute another total.
  test('whose total the target would compute otherwise is held before anything is sent (I11)', () => {
    const strict = toyMapping({ check: () => ({ type: 'hold', code: 'totalsDiffer', detail: '1 cent' }) })
    const held = planChunk(inputOf({ candidates: [fromZoho], mapping: strict }), 0)
    expect(held).toMatchObject({ ops: [], holds: [{ code: 'totalsDiffer', marks: [{ remoteId: 'z1' }] }] })
  })
  test('keeps its marks: they belong to the op until it is confirmed (I15)', () => {
    expect(chunk.clear).toEqual([])
  })
  test('that the target cannot hold is held as a whole and owns its marks', () => {
    const held = planChunk(inputOf({ candidates: [candidateOf(recordOf('zoho', 'z1', { name: '<ada>' }))] }), 0)
    expect(held).toMatchObject({ ops: [], clear: [], holds: [{ code: 'valueNotAllowed', marks: fromZoho.marks }] })
    expect(held.linkChanges).toMatchObject([{ event: 'heldForPerson' }])
  })
})

describe('switches', () => {
  const verbs = (side: Side, verb: 'create' | 'update') => ({ [side]: { ...SWITCHES[side], [verb]: false } })
  test.each([
    ['create to Xero', verbs('xero', 'create'), 'createSwitchedOff'],
    ['direction from Zoho', { direction: 'xeroToZoho' }, 'directionSwitchedOff'],
    ['the kind', { isOn: false }, 'directionSwitchedOff'],
  ] as const)('%s off: no create is planned, and the record is told apart as skipped', (_name, change, reason) => {
    const chunk = planChunk(inputOf({ candidates: [fromZoho], context: contextWith(change) }), 0)
    expect(chunk.ops).toEqual([])
    expect(chunk.newLinks).toEqual([])
    expect(chunk.skipped.map((skip) => skip.reason)).toEqual([reason])
  })
  test.each([
    ['update of Xero', verbs('xero', 'update')],
    ['direction from Zoho', { direction: 'xeroToZoho' }],
  ] as const)(
    '%s off: no update is planned, and its shadow is not lost (it flows when switched on)',
    (_name, change) => {
      const chunk = planChunk(inputOf({ subjects: [edited], context: contextWith(change) }), 0)
      expect(chunk.ops).toEqual([])
      expect(chunk.settled.every((part) => part.shadow.name === undefined)).toBe(true)
    },
  )
  test('one-way runs leave what flows the other way marked: the next run both ways would never see it again (I1)', () => {
    const created = planChunk(inputOf({ candidates: [fromXero], mode: 'zohoToXero' }), 0)
    expect(created).toMatchObject({ ops: [], clear: [] })
    const updated = planChunk(inputOf({ subjects: [edited], mode: 'xeroToZoho' }), 0)
    expect(updated).toMatchObject({ ops: [], clear: [] })
  })
})

describe('what waits', () => {
  test('a link with an unsettled op is left alone and stays marked: its fate decides what to write', () => {
    const chunk = planChunk(inputOf({ subjects: [edited], unsettledLinkIds: new Set(['L1']) }), 0)
    expect(chunk).toMatchObject({ ops: [], settled: [], clear: [], skipped: [], linkChanges: [] })
  })
  test('a half link whose create is unsettled is not created again', () => {
    const half = { ...fromZoho, linkId: 'half' }
    const chunk = planChunk(inputOf({ candidates: [half], unsettledLinkIds: new Set(['half']) }), 0)
    expect(chunk).toMatchObject({ ops: [], newLinks: [], clear: [] })
  })
  const young = recordOf('xero', 'x1', { name: 'ADA' }, { createdAt: second(100) })
  const oldest = Date.parse(second(90))
  const waits = (createdAt: string | null, values = {}) =>
    planChunk(
      inputOf({ candidates: [candidateOf({ ...young, createdAt, ...values })], unsettledCreates: { xero: oldest } }),
      0,
    ).skipped.some((skip) => skip.reason === 'waitsForUnsettledCreate')

  test('a younger unlinked record may be the lost create: it waits (else it is pulled back as a stranger)', () => {
    expect(waits(second(100))).toBe(true)
    expect(waits(null)).toBe(true)
  })
  test.each([
    [30, true],
    [29, false],
  ])('created %s s after the start, with a minute of slack for two clocks: waits %s', (at, expected) => {
    expect(waits(second(at))).toBe(expected)
  })
  test('one that carries our cross-reference need not wait: it says whose it is', () => {
    expect(waits(second(100), { fields: { Number: 'T-other' } })).toBe(false)
  })
  test('creates on the other side hold nobody up', () => {
    const chunk = planChunk(inputOf({ candidates: [fromZoho], unsettledCreates: { xero: 0 } }), 0)
    expect(chunk.ops).not.toEqual([])
  })
})

describe('archived and gone', () => {
  test.each([
    ['archived', 'archivedUnlinked'],
    ['gone', 'goneUnlinked'],
  ] as const)('an unlinked %s record is not created on the other side', (life, reason) => {
    const dead = candidateOf(recordOf('zoho', 'z1', { name: 'ada' }, { life }))
    const chunk = planChunk(inputOf({ candidates: [dead] }), 0)
    expect(chunk).toMatchObject({ ops: [], newLinks: [], clear: dead.marks })
    expect(chunk.skipped.map((skip) => skip.reason)).toEqual([reason])
  })
  const gone = (...ids: readonly string[]) =>
    subjectOf('1', {
      zoho: {},
      xero: {},
      subject: {
        gone: [
          { side: 'zoho', collection: 'Products', remoteId: 'z1' } as const,
          { side: 'xero', collection: 'Items', remoteId: 'x1' } as const,
        ].filter((ref) => ids.includes(ref.remoteId)),
      },
    })
  test('gone on one side: a person decides, nothing is deleted or made again by itself', () => {
    const chunk = planChunk(inputOf({ subjects: [gone('x1')] }), 0)
    expect(chunk).toMatchObject({ ops: [], holds: [{ code: 'recordGone', linkId: 'L1' }] })
  })
  test('gone on both: the link is a tombstone whose ids still block duplicates', () => {
    const chunk = planChunk(inputOf({ subjects: [gone('x1', 'z1')] }), 0)
    expect(chunk).toMatchObject({ ops: [], holds: [], linkChanges: [{ event: 'bothSidesGone' }] })
  })
  test.each(['detached', 'tombstoned'] as const)('a %s link is never written and its marks are spent', (state) => {
    const gone = state === 'tombstoned' ? MAINS : []
    const subject = { ...edited, gone, link: { ...edited.link, state } }
    expect(planChunk(inputOf({ subjects: [subject] }), 0)).toMatchObject({ ops: [], clear: subject.marks })
  })
  test('a tombstoned link with one record back is restored and held; with both back its marks stay for the next plan', () => {
    const link = { ...edited.link, state: 'tombstoned' as const }
    const one = planChunk(inputOf({ subjects: [{ ...edited, link, gone: MAINS.slice(1) }] }), 0)
    expect(one.linkChanges).toMatchObject([{ event: 'restored' }])
    expect(one).toMatchObject({ ops: [], clear: [], holds: [{ code: 'recordGone', marks: edited.marks }] })
    const both = planChunk(inputOf({ subjects: [{ ...edited, link }] }), 0)
    expect(both).toMatchObject({ linkChanges: [{ event: 'restored' }], ops: [], clear: [], holds: [] })
  })
})

test('a partner that matches is merged at once, and its marks are spent with the candidate’s', () => {
  const zoho = candidateOf(recordOf('zoho', 'z1', { name: 'ada', Key: 'k' }))
  const xero = candidateOf(recordOf('xero', 'x1', { name: 'ADA', Key: 'k' }))
  const pools = poolsOf([zoho.main, xero.main])
  const chunk = planChunk(inputOf({ candidates: [xero, zoho], pools }), 0)
  expect(chunk.linkChanges).toMatchObject([{ event: 'matched' }])
  expect(chunk.newLinks).toMatchObject([{ parts: [{ remoteId: 'z1' }, { remoteId: 'x1' }] }])
  // Only the cross-reference is written: existing Xero records are never touched for it.
  expect(chunk.ops).toMatchObject([{ side: 'zoho', payload: { Xero_ID: 'x1' } }])
})

test('a company held for its twin is not linked by a weaker key of a third record in the same chunk (I2)', () => {
  const records = [
    recordOf('zoho', 'z1', { Key: 'a,b' }),
    recordOf('xero', 'x1', { Key: 'a' }),
    recordOf('xero', 'x2', { Key: 'b' }),
  ]
  const chunk = planChunk(inputOf({ candidates: records.map((record) => candidateOf(record)) }), 0)
  expect(chunk.newLinks.flatMap((link) => link.parts).map((part) => part.remoteId)).toEqual(['z1', 'x1', 'x2'])
  expect(chunk.holds).toMatchObject([{ code: 'ambiguousMatch', detail: { detail: { taken: 'z1' } } }])
})

test('a record that takes no part is not held for likenesses either: it would fill the inbox', () => {
  const mapping = toyMapping({ skip: () => 'notTicked' })
  const twin = recordOf('xero', 'x1', { Hint: 'h' })
  const candidate = candidateOf(recordOf('zoho', 'z1', { Hint: 'h' }))
  const chunk = planChunk(inputOf({ candidates: [candidate], mapping, pools: poolsOf([candidate.main, twin]) }), 0)
  expect(chunk).toMatchObject({ holds: [], skipped: [{ reason: 'notTicked' }] })
})

// Catches: a link that stays with a record which lost a merge, and the one that took its place made a second time.
describe('a record that somebody merged into another', () => {
  const survivor = recordOf('xero', 'x9', { name: 'ADA', phone: '9' })
  const merged = (heldBy: string | null, more: Parameters<typeof subjectOf>[1]['subject'] = {}) =>
    subjectOf('1', {
      zoho: { name: 'ada', phone: '1' },
      xero: { name: 'ADA', phone: '1' },
      base: { zoho: { name: 'ada', phone: '1', note: '' }, xero: { name: 'ADA', phone: '1', note: '' } },
      xeroRecord: { life: 'archived' },
      subject: { ...more, survivor: { record: survivor, view: viewOf(survivor), heldBy, keepsBase: false } },
    })
  const zohoMain = { side: 'zoho', collection: 'Products', remoteId: 'z1' } as const

  test('into one that is free: the link goes on with that one, and who takes the place is nobody else’s new partner', () => {
    const candidates = [candidateOf(survivor)]
    const chunk = planChunk(inputOf({ subjects: [merged(null)], candidates }), 0)
    expect(chunk.newLinks).toEqual([])
    expect(chunk.linkChanges).toMatchObject([
      { linkId: 'L1', addParts: [{ remoteId: 'x9', role: 'main', shadow: {} }], dropParts: [{ remoteId: 'x1' }] },
    ])
    expect(chunk.ops.map((op) => [op.side, op.verb, op.remoteId])).toEqual([['zoho', 'update', 'z1']])
    expect(chunk.ops[0]?.payload).toMatchObject({ Xero_ID: 'x9', phone: '9' })
    expect(chunk.conflicts).toMatchObject([{ field: 'phone', zoho: '1', xero: '9' }])
  })
  test('into the partner of another link: a person is told, and nothing is written', () => {
    const chunk = planChunk(inputOf({ subjects: [merged('other')] }), 0)
    expect(chunk.ops).toEqual([])
    expect(chunk.holds).toMatchObject([
      { code: 'mergedAway', detail: { candidates: [{ remoteId: 'x9', isLinked: true }] } },
    ])
  })
  test('on both sides: nothing is left to decide; on this side alone, its partner being gone: a person is asked', () => {
    const gone = { gone: [zohoMain] }
    expect(planChunk(inputOf({ subjects: [merged('other', gone)] }), 0).linkChanges).toMatchObject([
      { event: 'bothSidesGone' },
    ])
    expect(planChunk(inputOf({ subjects: [merged(null, gone)] }), 0).holds).toMatchObject([{ code: 'recordGone' }])
  })
})
