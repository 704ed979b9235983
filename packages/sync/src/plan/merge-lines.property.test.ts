import fc from 'fast-check'
import { expect, test } from 'vitest'
import { print } from '../../test/engine/records.ts'
import { lineOf, toyLines } from '../../test/engine/toy-mapping.ts'
import type { SideLine } from '../mapping/contract.ts'
import { contextOf } from '../mapping/testing.ts'
import type { LinePair } from '../model/link.ts'
import { SIDES, type Side } from '../model/side.ts'
import { type LinesInput, type LinesPatch, lineShadowField, mergeLines } from './merge-lines.ts'
import { shadowField } from './settle.ts'

/** Texts by line id, in order: all that a document's lines are here. Xero keeps capitals. */
type List = readonly { readonly id: string; readonly text: string }[]
type Lists = Readonly<Record<Side, List>>

interface Edits {
  /** Per base line: kept, taken away, or written over. */
  readonly base: readonly (null | 'delete' | string)[]
  readonly added: readonly string[]
}

const text = fc.constantFrom('a', 'b', 'c', 'd')
const edit = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant('delete' as const) },
  { weight: 1, arbitrary: text },
)
const story = fc.array(text, { minLength: 1, maxLength: 5 }).chain((base) =>
  fc.record({
    base: fc.constant(base),
    zoho: edits(base.length),
    xero: edits(base.length),
    winner: fc.constantFrom<Side>('zoho', 'xero'),
  }),
)

function edits(count: number): fc.Arbitrary<Edits> {
  return fc.record({
    base: fc.array(edit, { minLength: count, maxLength: count }),
    added: fc.array(text, { maxLength: 2 }),
  })
}

const shown = (side: Side, one: string) => (side === 'xero' ? one.toUpperCase() : one)
const idOf = (side: Side, index: number | string) => `${side === 'zoho' ? 'z' : 'x'}${index}`

function listOf(side: Side, base: readonly string[], { base: changes, added }: Edits): List {
  const kept = base.flatMap((old, index) => {
    const change = changes[index] ?? null
    return change === 'delete' ? [] : [{ id: idOf(side, index), text: shown(side, change ?? old) }]
  })
  return [...kept, ...added.map((one, index) => ({ id: idOf(side, `new${index}`), text: shown(side, one) }))]
}

function linesOf(list: List): readonly SideLine[] {
  return list.map(({ id, text: one }) => lineOf(id, one))
}

function shadowsOf(side: Side, list: List) {
  return Object.fromEntries(
    list.map(({ id, text: one }) => [lineShadowField(id), shadowField(shown(side, one), print)]),
  )
}

function inputOf(lists: Lists, state: Pick<LinesInput, 'pairs' | 'shadows' | 'winner'>): LinesInput {
  return {
    rules: toyLines,
    zoho: linesOf(lists.zoho),
    xero: linesOf(lists.xero),
    context: contextOf(),
    fingerprint: print,
    ...state,
  }
}

/** What the remote holds after one patch; new lines get ids of its own. */
function applied(lists: Lists, patch: LinesPatch): { readonly list: List; readonly pairs: readonly LinePair[] } {
  const old = new Map(lists[patch.target].map((line) => [line.id, line.text]))
  const list = patch.desired.map(({ existing, value }, index) => ({
    id: existing?.id ?? idOf(patch.target, `made${index}`),
    text: value?.description ?? old.get(existing?.id ?? '') ?? '?',
  }))
  const pairs = patch.sources.flatMap((source, index) => {
    const id = list[index]?.id
    if (source === null || id === undefined) return []
    return [
      patch.target === 'xero' ? { zohoRowId: source.id, xeroLineId: id } : { zohoRowId: id, xeroLineId: source.id },
    ]
  })
  return { list, pairs }
}

function settled(lists: Lists, input: LinesInput): { readonly lists: Lists; readonly pairs: readonly LinePair[] } {
  const verdict = mergeLines(input)
  if (verdict.type === 'hold') throw new Error('These lines hold nothing')
  if (verdict.type === 'corresponds') return { lists, pairs: verdict.pairs }
  const after: Record<Side, List> = { ...lists }
  const pairs = new Map(verdict.pairs.map((pair) => [`${pair.zohoRowId}/${pair.xeroLineId}`, pair]))
  for (const patch of verdict.targets) {
    const made = applied(lists, patch)
    after[patch.target] = made.list
    for (const pair of made.pairs) pairs.set(`${pair.zohoRowId}/${pair.xeroLineId}`, pair)
  }
  return { lists: after, pairs: [...pairs.values()] }
}

/** Every line stands in exactly one pair, and the two lines of a pair say the same. */
function expectInStep({ lists, pairs }: ReturnType<typeof settled>) {
  const texts = {
    zoho: new Map(lists.zoho.map((l) => [l.id, l.text])),
    xero: new Map(lists.xero.map((l) => [l.id, l.text])),
  }
  expect(pairs.map((pair) => pair.zohoRowId).sort()).toEqual([...texts.zoho.keys()].sort())
  expect(pairs.map((pair) => pair.xeroLineId).sort()).toEqual([...texts.xero.keys()].sort())
  for (const { zohoRowId, xeroLineId } of pairs)
    expect(texts.zoho.get(zohoRowId)?.toUpperCase()).toBe(texts.xero.get(xeroLineId)?.toUpperCase())
}

function afterStory(at: { base: readonly string[]; zoho: Edits; xero: Edits; winner: Side }) {
  const original = {
    zoho: at.base.map((t, i) => ({ id: idOf('zoho', i), text: t })),
    xero: at.base.map((t, i) => ({ id: idOf('xero', i), text: t })),
  }
  const lists: Lists = { zoho: listOf('zoho', at.base, at.zoho), xero: listOf('xero', at.base, at.xero) }
  const pairs = at.base.map((_, index) => ({ zohoRowId: idOf('zoho', index), xeroLineId: idOf('xero', index) }))
  const shadows = { zoho: shadowsOf('zoho', original.zoho), xero: shadowsOf('xero', original.xero) }
  return { lists, result: settled(lists, inputOf(lists, { pairs, shadows, winner: at.winner })) }
}

const textAfter = (result: ReturnType<typeof settled>, side: Side, index: number) =>
  result.lists[side].find((line) => line.id === idOf(side, index))?.text.toUpperCase()

test('after the merge both lists correspond line by line: none is lost, none stands twice (I1, I11)', () => {
  fc.assert(
    fc.property(story, (at) => {
      expectInStep(afterStory(at).result)
    }),
    { numRuns: 2_000 },
  )
})

test('each line ends as its edits say: unedited stays, edit beats delete, a delete needs an unedited other side', () => {
  fc.assert(
    fc.property(story, (at) => {
      const { result } = afterStory(at)
      for (const [index, old] of at.base.entries()) {
        // Writing the same text again is no edit.
        const changes = SIDES.map((side) => {
          const change = at[side].base[index] ?? null
          return change === old ? null : change
        })
        const written = changes.filter((change) => change !== null && change !== 'delete')
        const isDeleted = changes.includes('delete')
        const expected = written.length === 0 ? (isDeleted ? [] : [old]) : written
        for (const side of SIDES) {
          if (at[side].base[index] === 'delete') continue
          const now = textAfter(result, side, index)
          if (expected.length === 0) expect(now).toBeUndefined()
          else expect(expected.map((one) => one?.toUpperCase())).toContain(now)
        }
      }
    }),
    { numRuns: 2_000 },
  )
})

test('lines that were there keep their order on both sides: else a user sees his document shuffled', () => {
  fc.assert(
    fc.property(story, (at) => {
      const { lists, result } = afterStory(at)
      for (const side of SIDES) {
        const ids = result.lists[side].map((line) => line.id)
        const stayed = lists[side].map((line) => line.id).filter((id) => ids.includes(id))
        expect(ids.filter((id) => stayed.includes(id))).toEqual(stayed)
        expect(ids.slice(0, stayed.length)).toEqual(stayed)
      }
    }),
  )
})

test('a second merge finds nothing to do: line patches that repeat would rewrite a document for ever (I4, I5)', () => {
  fc.assert(
    fc.property(story, (at) => {
      const { result } = afterStory(at)
      const { lists, pairs } = result
      const shadows = { zoho: shadowsOf('zoho', lists.zoho), xero: shadowsOf('xero', lists.xero) }
      // With no pair left there is no base; both lists are empty then.
      const again = mergeLines(inputOf(lists, { pairs, shadows, winner: at.winner }))
      expect(again.type).toBe('corresponds')
      if (again.type === 'corresponds') expect(again.pairs).toHaveLength(pairs.length)
    }),
  )
})

const firstLink = fc.record({
  zoho: fc.array(text, { maxLength: 4 }),
  xero: fc.array(text, { maxLength: 4 }),
  winner: fc.constantFrom<Side>('zoho', 'xero'),
})

test("a first link makes the loser's list say what the winner's says, and never touches the winner's", () => {
  fc.assert(
    fc.property(firstLink, ({ zoho, xero, winner }) => {
      const lists: Lists = {
        zoho: zoho.map((one, index) => ({ id: idOf('zoho', index), text: one })),
        xero: xero.map((one, index) => ({ id: idOf('xero', index), text: shown('xero', one) })),
      }
      const result = settled(lists, inputOf(lists, { pairs: [], shadows: { zoho: {}, xero: {} }, winner }))
      expectInStep(result)
      expect(result.lists[winner]).toEqual(lists[winner])
    }),
    { numRuns: 1_000 },
  )
})
