import { expect, test } from 'vitest'
import { recordOf } from '../../test/engine/records.ts'
import { walkWith } from '../../test/engine/walk.ts'
import type { RecordRef } from '../model/record.ts'
import { readFresh } from './read-fresh.ts'

const ref = (remoteId: string): RecordRef => ({ side: 'zoho', collection: 'Products', remoteId })
const product = (id: string, hasLines = false) => recordOf('zoho', id, {}, { hasLines })

test('what is asked for by id and does not come is gone, and is no longer in the cache (a deleted record must not be planned)', async () => {
  const { walk, zoho } = await walkWith()
  zoho.control.put(product('z1'))
  walk.cache.add([product('z2')], 0)
  const gone = await readFresh(walk, [ref('z1'), ref('z3'), ref('z2')], () => true)
  expect(gone).toEqual([ref('z2'), ref('z3')])
  expect(walk.cache.get(ref('z2'))).toBeUndefined()
  expect(walk.cache.get(ref('z1'))).toBeDefined()
})

test('what is here already is not read again, unless its lines are needed: one GET a document costs a call each', async () => {
  const { walk, zoho } = await walkWith()
  for (const id of ['z1', 'z2']) zoho.control.put(product(id, true))
  walk.cache.add([product('z1'), product('z2')], 0)
  expect(await readFresh(walk, [ref('z1'), ref('z2')], () => false)).toEqual([])
  expect(zoho.control.calls).toEqual([])
  await readFresh(walk, [ref('z1'), ref('z2')], (record) => record.id === 'z2')
  expect(zoho.control.calls).toEqual([{ name: 'readMany', detail: 'Products z2' }])
})

test('one record asked for twice is one id, and all of a collection are one question', async () => {
  const { walk, zoho } = await walkWith()
  await readFresh(walk, [ref('z1'), ref('z2'), ref('z1')], () => false)
  expect(zoho.control.calls).toEqual([{ name: 'readMany', detail: 'Products z1,z2' }])
})

test('an outage is not an absence: nothing is called gone while the remote does not answer', async () => {
  const { walk, zoho } = await walkWith()
  for (let at = 0; at < 9; at += 1)
    zoho.control.answers.push({
      name: 'readMany',
      outcome: { type: 'unavailable', code: 'remoteUnavailable', message: '503', retryAfterMs: null },
    })
  await expect(readFresh(walk, [ref('z1')], () => false)).rejects.toMatchObject({ stop: { type: 'interrupted' } })
})
