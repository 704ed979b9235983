import fc from 'fast-check'
import { expect, test } from 'vitest'
import { candidateOf, inputOf, poolsOf, subjectOf } from '../../test/engine/plan-input.ts'
import { bytesOf, recordOf, second } from '../../test/engine/records.ts'
import { planChunk } from './plan-chunk.ts'

const text = fc.constantFrom('', 'a', 'A', 'b', '<')
const fields = fc.record({ name: text, phone: text })
const subjects = fc
  .array(fc.record({ zoho: fields, xero: fields, base: fc.option(fc.record({ zoho: fields, xero: fields })) }), {
    maxLength: 4,
  })
  .map((specs) => specs.map(({ base, ...spec }, at) => subjectOf(String(at), base === null ? spec : { ...spec, base })))
const loose = fc.record({
  name: text,
  Key: fc.constantFrom('', 'k', 'm', 'k,m'),
  Hint: fc.constantFrom('', 'h'),
})
const candidates = fc
  .tuple(fc.array(loose, { maxLength: 4 }), fc.array(loose, { maxLength: 4 }), fc.array(fc.nat(2), { minLength: 8 }))
  .map(([zoho, xero, ages]) => [
    ...zoho.map((row, at) => recordOf('zoho', `zc${at}`, row, { createdAt: second(ages[at] ?? 0) })),
    ...xero.map((row, at) => recordOf('xero', `xc${at}`, row, { createdAt: second(ages[at + 4] ?? 0) })),
  ])
  .map((records) => records.map((record) => candidateOf(record)))
const shuffled = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length })

const world = fc
  .tuple(subjects, candidates)
  .chain(([some, others]) =>
    fc.tuple(fc.constant([some, others] as const), shuffled(some), shuffled(others), shuffled(others)),
  )

test('the same state gives a byte-equal chunk, in whatever order marks, subjects and candidates came (I12, I13)', () => {
  fc.assert(
    fc.property(world, ([[subjectsIn, candidatesIn], subjectsOut, candidatesOut, poolOrder]) => {
      const pools = poolsOf(candidatesIn.map((one) => one.main))
      const straight = planChunk(inputOf({ subjects: subjectsIn, candidates: candidatesIn, pools }), 3)
      const shuffledPools = poolsOf(poolOrder.map((one) => one.main))
      const other = planChunk(inputOf({ subjects: subjectsOut, candidates: candidatesOut, pools: shuffledPools }), 3)
      expect(bytesOf(other)).toBe(bytesOf(straight))
    }),
    { numRuns: 500 },
  )
})

test('every op has an id and a place of its own, and names only ops of its plan (I12)', () => {
  fc.assert(
    fc.property(world, ([[some, others]]) => {
      const { ops } = planChunk(
        inputOf({ subjects: some, candidates: others, pools: poolsOf(others.map((one) => one.main)) }),
        0,
      )
      expect(new Set(ops.map((op) => op.id)).size).toBe(ops.length)
      expect(new Set(ops.map((op) => op.sequence)).size).toBe(ops.length)
      const ids = new Set(ops.map((op) => op.id))
      for (const op of ops) expect(op.after.every((id) => ids.has(id))).toBe(true)
    }),
  )
})

test('a mark is cleared or kept for an op or a hold, never dropped and never both (I15)', () => {
  fc.assert(
    fc.property(world, ([[some, others]]) => {
      const pools = poolsOf(others.map((one) => one.main))
      const chunk = planChunk(inputOf({ subjects: some, candidates: others, pools }), 0)
      const cleared = new Set(chunk.clear.map((ref) => ref.remoteId))
      const held = new Set(chunk.holds.flatMap((hold) => hold.marks).map((ref) => ref.remoteId))
      const written = new Set(chunk.ops.map((op) => op.linkId))
      for (const subject of some) {
        const isCleared = subject.marks.every((ref) => cleared.has(ref.remoteId))
        const isHeld = subject.marks.every((ref) => held.has(ref.remoteId))
        expect([isCleared, isHeld, written.has(subject.link.id)].filter(Boolean)).toHaveLength(1)
      }
    }),
  )
})

test('a version is stored only where nothing of the record is on its way and its second is over (I16)', () => {
  fc.assert(
    fc.property(subjects, fc.boolean(), (some, isSettled) => {
      const chunk = planChunk(inputOf({ subjects: some, isSettledVersion: () => isSettled }), 0)
      const busy = new Set(chunk.ops.map((op) => op.linkId))
      const held = new Set(chunk.holds.map((hold) => hold.linkId))
      for (const part of chunk.settled.filter(({ version }) => version !== 'keep')) {
        expect(isSettled).toBe(true)
        expect(busy.has(part.linkId) || held.has(part.linkId)).toBe(false)
      }
    }),
  )
})
