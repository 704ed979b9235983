import { describe, expect, test } from 'vitest'
import { recordOf, second } from '../../test/engine/records.ts'
import { createFreshCache, createSightings, VERSION_SETTLES_MS } from './fresh-cache.ts'

const seen = recordOf('zoho', 'z1', { name: 'a' }, { version: second(10) })

/** A cache whose reads are answered `latency` after they were sent. */
function cacheAt(start = 0) {
  let now = start
  const cache = createFreshCache(createSightings(), () => now)
  return {
    cache,
    read(sentAt: number, record = seen, latency = 0) {
      now = sentAt + latency
      cache.add([record], sentAt)
    },
  }
}

describe('the VERSION RULE (I16): a version may be stored only when its second is over', () => {
  test.each([
    [VERSION_SETTLES_MS - 1, false],
    [VERSION_SETTLES_MS, true],
  ])('a read sent %i ms after the first sight: settled %s', (later, expected) => {
    const { cache, read } = cacheAt()
    read(0)
    expect(cache.isSettledVersion(seen)).toBe(false)
    read(later)
    expect(cache.isSettledVersion(seen)).toBe(expected)
  })
  test('first sight is when the answer came: a slow first read says nothing about the second after it', () => {
    const { cache, read } = cacheAt()
    read(0, seen, 10_000)
    read(10_050)
    expect(cache.isSettledVersion(seen)).toBe(false)
    read(10_000 + VERSION_SETTLES_MS)
    expect(cache.isSettledVersion(seen)).toBe(true)
  })
  test('another version begins anew', () => {
    const { cache, read } = cacheAt()
    read(0)
    const edited = { ...seen, version: second(11) }
    read(VERSION_SETTLES_MS * 2, edited)
    expect(cache.isSettledVersion(edited)).toBe(false)
    expect(cache.isSettledVersion(seen)).toBe(false)
  })
  test('a record that was never read is not settled', () => {
    expect(cacheAt().cache.isSettledVersion(seen)).toBe(false)
  })
  test('first sights outlive a pass: the next poll settles what this one saw', () => {
    const sightings = createSightings()
    createFreshCache(sightings, () => 0).add([seen], 0)
    const next = createFreshCache(sightings, () => 60_000)
    next.add([seen], 60_000)
    expect(next.isSettledVersion(seen)).toBe(true)
  })
})

describe('what the cache keeps', () => {
  const full = { ...seen, hasLines: true, fields: { lines: ['l'] } }
  test('a list row without lines does not hide the full read of the same version', () => {
    const { cache, read } = cacheAt()
    read(0, full)
    read(1, seen)
    expect(cache.get({ side: 'zoho', collection: 'Products', remoteId: 'z1' })?.record.hasLines).toBe(true)
  })
  test('but one of a newer version does: old lines with a new header would be compared as one', () => {
    const { cache, read } = cacheAt()
    read(0, full)
    read(1, { ...seen, version: second(11) })
    expect(cache.get({ side: 'zoho', collection: 'Products', remoteId: 'z1' })?.record.hasLines).toBe(false)
  })
  test('what is dropped is read again', () => {
    const { cache, read } = cacheAt()
    read(0)
    cache.drop({ side: 'zoho', collection: 'Products', remoteId: 'z1' })
    expect([...cache.ofCollection('zoho', 'Products')]).toEqual([])
  })
  test('records of one id in two collections or on two sides are two records', () => {
    const { cache, read } = cacheAt()
    read(0)
    expect(cache.get({ side: 'xero', collection: 'Items', remoteId: 'z1' })).toBeUndefined()
    expect(cache.get({ side: 'zoho', collection: 'Accounts', remoteId: 'z1' })).toBeUndefined()
  })
})
