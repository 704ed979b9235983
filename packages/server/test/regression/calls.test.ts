import type { LoggedRequest } from '@tandem/sandbox/core/request-log.ts'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { zohoEdit } from '../../src/rig/acts.ts'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees } from '../engine/corresponds.ts'
import { firstCompany, syncedCompany } from '../engine/small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

/** Lists that a pass asks for: companies, people, products and invoices there, contacts and invoices here. */
const LISTS = 6
const lists = z.record(z.string(), z.unknown())

/** Rows that the remotes returned for reads, Xero's items aside: their list has no delta. */
function rowsRead(): number {
  return readsSeen()
    .filter(({ path }) => !path.endsWith('/Items'))
    .reduce((sum, request) => sum + rowsOf(request), 0)
}

function readsSeen(): readonly LoggedRequest[] {
  return [...rig.zoho.control.log.list(), ...rig.xero.control.log.list()].filter(({ method }) => method === 'GET')
}

function rowsOf({ responseBody }: LoggedRequest): number {
  if (responseBody === '') return 0
  const rows = Object.values(lists.parse(JSON.parse(responseBody))).find((value) => Array.isArray(value))
  return Array.isArray(rows) ? rows.length : 0
}

// Catches: a delta asked with something that the remote ignores (`updated_since` in place of If-Modified-Since): a full
// scan, filtered at home (bug 3).
test('a pass with nothing new reads at most the last row of each list, a pass with one edit a handful', async () => {
  rig = await syncedCompany({ profile: { contacts: 60, items: 3, invoices: 30 } })
  await rig.clock.advance(180_000)
  await rig.pass({ trigger: 'schedule' })
  await rig.clock.advance(180_000)
  await rig.pass({ trigger: 'schedule' })
  forgetRequests(rig)
  expect((await rig.pass({ trigger: 'schedule' })).type).toBe('done')
  expect(readsSeen().length).toBeGreaterThan(4)
  // Both remotes filter in whole seconds: the last row of a list may come again, no more.
  expect(rowsRead()).toBeLessThanOrEqual(LISTS)
  const { account } = await firstCompany(rig)
  await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 7777' })
  await rig.clock.advance(20_000)
  expect(await rig.pass({ trigger: 'schedule' })).toMatchObject({ type: 'done', report: { writes: { xero: 1 } } })
  expect(rowsRead()).toBeLessThan(2 * LISTS)
})

// Catches: one call per record, and paging until a page comes back empty (bug 5).
test('400 companies: batches of 50 to Xero and 100 to Zoho, and no page past the last', async () => {
  rig = await createEngineRig({ rate: 1000, profile: { contacts: 400, items: 0, invoices: 0, shape: 'zohoOnly' } })
  forgetRequests(rig)
  await rig.syncApproved()
  // A token that ran out is refused before anything is done: that call is not counted.
  const done = (side: 'zoho' | 'xero') =>
    rig[side].control.log
      .list()
      .filter(({ method, status }) => method !== 'GET' && (status === 200 || status === 201))
      .filter(({ path }) => /^\/(api\.xro\/2\.0\/Contacts|crm\/v8\/Accounts)$/.test(path)).length
  expect(done('xero')).toBe(400 / 50)
  expect(done('zoho')).toBe(400 / 100)
  const beyond = readsSeen().filter(
    (request) => Number(new URLSearchParams(request.query).get('page') ?? '1') > 1 && rowsOf(request) === 0,
  )
  expect(beyond.map(({ path, query }) => path + query)).toEqual([])
  expect((await settle(rig)).end).toBe('quiet')
  await expectAgrees(rig)
})

// Catches: a client that goes on calling into a 429 (bug 5).
test('after a 429 no call reaches Xero before its Retry-After is over', async () => {
  rig = await syncedCompany()
  const { account } = await firstCompany(rig)
  await zohoEdit(rig, { module: 'Accounts', id: account.id }, { Phone: '+61 2 5550 7777' })
  const headers = { 'retry-after': '37', 'x-rate-limit-problem': 'minute' }
  rig.xero.control.faults.add({
    effect: { type: 'respond', status: 429, body: '', headers },
    method: 'POST',
    path: '/api.xro/2.0/Contacts',
    skip: 0,
    times: 1,
  })
  expect((await settle(rig)).end).toBe('quiet')
  const calls = rig.xero.control.log.list()
  const refused = calls.find(({ status }) => status === 429)
  if (refused === undefined) throw new Error('The 429 never came')
  const waitMs = 37_000
  const early = calls.filter(({ sequence, atMs }) => sequence > refused.sequence && atMs < refused.atMs + waitMs)
  expect(early).toEqual([])
  await expectAgrees(rig)
})
