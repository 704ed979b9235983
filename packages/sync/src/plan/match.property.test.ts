import fc from 'fast-check'
import { expect, test } from 'vitest'
import { candidateOf, inputOf, poolsOf } from '../../test/engine/plan-input.ts'
import { recordOf, textOf } from '../../test/engine/records.ts'
import type { RemoteRecord } from '../model/record.ts'
import { otherSide, type Side } from '../model/side.ts'
import { canonicalText, type ValueObject } from '../model/value.ts'
import { matchCandidate } from './match.ts'
import { planChunk } from './plan-chunk.ts'

const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }).map((some) => some.join(','))
const hints = fc.constantFrom('', '', 'p', 'q')
const fields = fc.record({ Key: keys, Hint: hints })

/** Pools of a few records with few keys, so that they collide; some belong to a link already. */
const world = fc
  .record({ zoho: fc.array(fields, { maxLength: 4 }), xero: fc.array(fields, { maxLength: 4 }), linked: fc.nat(2) })
  .map(({ zoho, xero, linked }) => {
    const records = [...recordsOf('zoho', zoho), ...recordsOf('xero', xero)]
    const taken = records.filter((record) => Number(record.id.slice(1)) < linked - 1)
    return { records, linked: Object.fromEntries(taken.map((record) => [record.id, 'other'])) }
  })

function recordsOf(side: Side, rows: readonly ValueObject[]): readonly RemoteRecord[] {
  return rows.map((row, at) => recordOf(side, `${side[0]}${at}`, { name: `n${at}`, ...row }))
}

const carries = (record: RemoteRecord, key: string) => textOf(record.fields.Key).split(',').includes(key)

test('a link is made only by a key that exactly one record carries on each side: never a guess (R18, I2)', () => {
  fc.assert(
    fc.property(world, ({ records, linked }) => {
      const input = inputOf({ pools: poolsOf(records, linked) })
      for (const record of records.filter((one) => linked[one.id] === undefined)) {
        const verdict = matchCandidate(candidateOf(record), input)
        if (verdict.type !== 'link') continue
        const carriers = records.filter((one) => carries(one, verdict.reason.replace('key:', '')))
        expect(carriers.map((one) => one.id).sort()).toEqual([record.id, verdict.partner.remoteId].sort())
        expect(verdict.partner.linkId).toBeNull()
      }
    }),
    { numRuns: 1_000 },
  )
})

test('if a record is held because of another, that one is not created beside it (I2)', () => {
  fc.assert(
    fc.property(world, ({ records, linked }) => {
      const input = inputOf({ pools: poolsOf(records, linked) })
      const verdictOf = (record: RemoteRecord) => matchCandidate(candidateOf(record), input)
      for (const record of records) {
        const verdict = verdictOf(record)
        if (verdict.type !== 'hold' || linked[record.id] !== undefined) continue
        const named = canonicalText(verdict.detail)
        const others = records.filter(
          (other) => other.side === otherSide(record.side) && linked[other.id] === undefined,
        )
        for (const other of others) {
          if (!named.includes(`"remoteId":"${other.id}"`)) continue
          expect({ held: record.id, because: other.id, verdict: verdictOf(other).type }).not.toMatchObject({
            verdict: 'create',
          })
        }
      }
    }),
    { numRuns: 1_000 },
  )
})

test('one chunk never puts two records of one side into a link, nor one record into two links (I2)', () => {
  fc.assert(
    fc.property(world, ({ records, linked }) => {
      const candidates = records.filter((one) => linked[one.id] === undefined).map((one) => candidateOf(one))
      const chunk = planChunk(inputOf({ candidates, pools: poolsOf(records, linked) }), 0)
      const joined = chunk.newLinks.flatMap((link) => link.parts.map((part) => ({ link: link.id, id: part.remoteId })))
      const owners = new Map<string | null, Set<string>>()
      for (const { link, id } of joined) owners.set(id, (owners.get(id) ?? new Set()).add(link))
      for (const [id, links] of owners) expect({ id, links: links.size }).toEqual({ id, links: 1 })
      for (const id of new Set(chunk.newLinks.map((link) => link.id))) {
        const parts = chunk.newLinks.filter((link) => link.id === id).flatMap((link) => link.parts)
        const sides = new Set(parts.map((part) => `${part.side}/${part.remoteId}`))
        expect(sides.size).toBeLessThanOrEqual(2)
        expect(new Set(parts.map((part) => part.side)).size).toBe(sides.size)
      }
    }),
    { numRuns: 1_000 },
  )
})
