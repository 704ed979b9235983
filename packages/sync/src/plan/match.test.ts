import { describe, expect, test } from 'vitest'
import { candidateOf, inputOf, poolsOf } from '../../test/engine/plan-input.ts'
import { recordOf } from '../../test/engine/records.ts'
import { toyMapping } from '../../test/engine/toy-mapping.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { ValueObject } from '../model/value.ts'
import { matchCandidate } from './match.ts'

const zoho = (id: string, fields: ValueObject) => recordOf('zoho', id, { name: id, ...fields })
const xero = (id: string, fields: ValueObject) => recordOf('xero', id, { name: id, ...fields })

function match(record: RemoteRecord, others: readonly RemoteRecord[], linked: Readonly<Record<string, string>> = {}) {
  return matchCandidate(candidateOf(record), inputOf({ pools: poolsOf([record, ...others], linked) }))
}

describe('our own cross-reference', () => {
  test('comes before every key: a shared e-mail must not pull the wrong partner in', () => {
    const verdict = match(zoho('z1', { Xero_ID: 'x2', Key: 'k' }), [xero('x1', { Key: 'k' }), xero('x2', {})])
    expect(verdict).toMatchObject({ type: 'link', partner: { remoteId: 'x2' }, reason: 'crossReference' })
  })
  test('is followed from the other side too: the Zoho record names the Xero one', () => {
    expect(match(xero('x2', {}), [zoho('z1', { Xero_ID: 'x2' })])).toMatchObject({
      type: 'link',
      partner: { remoteId: 'z1' },
    })
  })
  test('by link id finds the result of a create whose answer was lost: else the record would be created twice (I2)', () => {
    const lost = xero('x9', { Number: 'T-link-zoho/Products/z1' })
    expect(match(zoho('z1', {}), [lost])).toMatchObject({ type: 'link', partner: { remoteId: 'x9' } })
  })
  test('to a record that another link has is held: two links must not share a record (I2)', () => {
    expect(match(zoho('z1', { Xero_ID: 'x2' }), [xero('x2', {})], { x2: 'other' })).toMatchObject({
      type: 'hold',
      code: 'ambiguousMatch',
    })
  })
  test('to nothing that was found does not block: the record it named is gone', () => {
    expect(match(zoho('z1', { Xero_ID: 'x-gone' }), [])).toEqual({ type: 'create' })
  })
})

describe('a natural key', () => {
  test('carried by one record on each side links', () => {
    expect(match(zoho('z1', { Key: 'k' }), [xero('x1', { Key: 'k' })])).toMatchObject({ type: 'link', reason: 'key:k' })
  })
  test.each([
    ['two on the other side', [xero('x1', { Key: 'k' }), xero('x2', { Key: 'k' })]],
    ['two on its own side', [xero('x1', { Key: 'k' }), zoho('z2', { Key: 'k' })]],
    ['two on its own side and none on the other', [zoho('z2', { Key: 'k' })]],
  ])('carried by %s is held: choosing one would be a guess', (_name, others) => {
    expect(match(zoho('z1', { Key: 'k' }), others)).toMatchObject({ type: 'hold', code: 'ambiguousMatch' })
  })
  test('of a record that is linked already is held, not created beside it (I2)', () => {
    expect(match(zoho('z1', { Key: 'k' }), [xero('x1', { Key: 'k' })], { x1: 'other' })).toMatchObject({ type: 'hold' })
  })
  test('that is ambiguous is not passed over for a weaker one: the strongest key decides', () => {
    const others = [xero('x1', { Key: 'a' }), xero('x2', { Key: 'a' }), xero('x3', { Key: 'b' })]
    expect(match(zoho('z1', { Key: 'a,b' }), others)).toMatchObject({ type: 'hold', detail: { key: 'key:a' } })
  })
  test('nobody carries: created', () => {
    expect(match(zoho('z1', { Key: 'k' }), [xero('x1', { Key: 'other' })])).toEqual({ type: 'create' })
  })
})

describe('a weak key', () => {
  test('only holds with its candidates: a like name is not the same company (R18)', () => {
    expect(match(zoho('z1', { Hint: 'acme' }), [xero('x1', { Hint: 'acme' })])).toMatchObject({
      type: 'hold',
      code: 'ambiguousMatch',
      detail: { key: 'hint:acme', count: '1', candidates: [{ side: 'xero', remoteId: 'x1', isLinked: false }] },
    })
  })
  test('of a linked record does not hold: that one has its partner', () => {
    expect(match(zoho('z1', { Hint: 'acme' }), [xero('x1', { Hint: 'acme' })], { x1: 'other' })).toEqual({
      type: 'create',
    })
  })
  const contacts = toyMapping({ kind: 'contact', matchKeys: () => [], suggestKeys: () => ['name:acme'] })
  const contactMatch = (record: RemoteRecord, others: readonly RemoteRecord[], linked = {}) =>
    matchCandidate(
      candidateOf(record),
      inputOf({ kind: 'contact', mapping: contacts, pools: poolsOf([record, ...others], linked, contacts) }),
    )
  test('that is the name of a linked contact is held all the same: Xero takes a contact name once', () => {
    expect(contactMatch(zoho('z1', {}), [xero('x1', {})], { x1: 'other' })).toMatchObject({
      type: 'hold',
      code: 'nameTakenByStranger',
    })
  })
  test('two Zoho companies of one name are held: Xero would refuse the second, and we invent no suffix', () => {
    const twin = recordOf('zoho', 'z2', { name: ' Z1' })
    expect(contactMatch(zoho('z1', {}), [twin])).toMatchObject({ type: 'hold', code: 'duplicateInTarget' })
  })
})

test('a person sees ten candidates and the count of all: the inbox must not carry a thousand rows', () => {
  const others = Array.from({ length: 12 }, (_, at) => xero(`x${at}`, { Key: 'k' }))
  const verdict = match(zoho('z1', { Key: 'k' }), others)
  expect(verdict).toMatchObject({ detail: { count: '12' } })
  if (verdict.type === 'hold') expect(verdict.detail).toHaveProperty('candidates.length', 10)
})

// Catches: a number that the remote will refuse, since the record that has it belongs to another link (R27).
describe('what only one record may have', () => {
  const mapping = toyMapping({
    clash: ({ main }, isTaken) =>
      main?.side === 'zoho' && isTaken('key:7')
        ? { key: 'key:7', code: 'numberTaken', detail: { isNextTaken: isTaken('key:7-2') } }
        : null,
  })
  const verdictOn = (record: RemoteRecord, others: readonly RemoteRecord[], linked = {}) => {
    const pools = poolsOf([record, ...others], linked, mapping)
    return matchCandidate(candidateOf(record), inputOf({ mapping, pools }))
  }
  const wanting = zoho('z1', {})
  test.each([{}, { x1: 'other' }])('is another record’s, linked or not: %o', (linked) => {
    const verdict = verdictOn(wanting, [xero('x1', { Key: '7' }), xero('x2', { Key: '7-2' })], linked)
    expect(verdict).toMatchObject({ code: 'numberTaken', detail: { isNextTaken: true, count: '1' } })
  })
  test('is free where nobody has it', () => {
    expect(verdictOn(wanting, [xero('x2', { Key: '8' })])).toEqual({ type: 'create' })
  })
  // Catches: the record that has the number held, or linked with the one that only wants it.
  test('is nothing to the record that has it', () => {
    expect(verdictOn(xero('x1', { Key: '7' }), [wanting])).toEqual({ type: 'create' })
  })
})

// Catches: somebody who was put away taken for a partner beside one in use, or written over by a new record of that name.
describe('an archived record', () => {
  const put = (id: string, fields: ValueObject) => recordOf('xero', id, { name: id, ...fields }, { life: 'archived' })
  test('is no second carrier of a key beside one in use', () => {
    expect(match(zoho('z1', { Key: 'k' }), [put('x1', { Key: 'k' }), xero('x2', { Key: 'k' })])).toMatchObject({
      type: 'link',
      partner: { remoteId: 'x2' },
    })
    expect(match(xero('x2', { Key: 'k' }), [put('x1', { Key: 'k' }), zoho('z1', { Key: 'k' })])).toMatchObject({
      type: 'link',
      partner: { remoteId: 'z1' },
    })
  })
  test('that alone carries a match key is the record all the same', () => {
    expect(match(zoho('z1', { Key: 'k' }), [put('x1', { Key: 'k' })])).toMatchObject({ type: 'link' })
  })
  test('that is only like it is held, to be restored or left; one in use beside it is what is asked about', () => {
    const detail = { candidates: [{ remoteId: 'x1' }] }
    expect(match(zoho('z1', { Hint: 'h' }), [put('x1', { Hint: 'h' })])).toMatchObject({
      code: 'archivedMatch',
      detail,
    })
    expect(match(zoho('z1', { Hint: 'h' }), [put('x1', { Hint: 'h' }), xero('x2', { Hint: 'h' })])).toMatchObject({
      code: 'ambiguousMatch',
      detail: { count: '1', candidates: [{ remoteId: 'x2' }] },
    })
  })
})

// Catches: a suggestion that links by itself where the mapping never said that it may.
describe('a weak key that the mapping vouches for', () => {
  const vouching = toyMapping({ corroborates: ({ key }) => key === 'hint:own' })
  const suggest = (record: RemoteRecord, others: readonly RemoteRecord[], linked = {}) =>
    matchCandidate(
      candidateOf(record),
      inputOf({ mapping: vouching, pools: poolsOf([record, ...others], linked, vouching) }),
    )
  const z1 = zoho('z1', { Hint: 'own' })
  test('links the two that alone carry it', () => {
    expect(suggest(z1, [xero('x1', { Hint: 'own' })])).toMatchObject({ type: 'link', reason: 'hint:own' })
    expect(suggest(zoho('z1', { Hint: 'else' }), [xero('x1', { Hint: 'else' })])).toMatchObject({ type: 'hold' })
  })
  test.each([
    ['two there', [xero('x1', { Hint: 'own' }), xero('x2', { Hint: 'own' })], {}, 'hold'],
    ['another here', [xero('x1', { Hint: 'own' }), zoho('z2', { Hint: 'own' })], {}, 'hold'],
    ['one there that has its partner', [xero('x1', { Hint: 'own' })], { x1: 'other' }, 'create'],
    ['another here and nobody there', [zoho('z2', { Hint: 'own' })], {}, 'create'],
  ] as const)('%s: no link', (_name, others, linked, type) => {
    expect(suggest(z1, others, linked)).toMatchObject({ type })
  })
})
