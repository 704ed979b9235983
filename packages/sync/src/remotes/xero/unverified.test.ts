import { expect, it } from 'vitest'
import { openXeroBench, unwrap, type XeroBench } from '../../../test/xero-sandbox.ts'

/** What xero.md marks unverified must be survived either way: the same work under the opposite of each stated default. */
const OPPOSITES: readonly (readonly [Parameters<XeroBench['sandbox']['control']['switches']['set']>[0], string])[] = [
  ['missingEmail', 'emptyString'],
  ['ifModifiedSinceBoundary', 'inclusive'],
  ['unfilteredInvoices', 'excludeDeleted'],
  ['pastTheEnd', 'notFound'],
  ['notFoundBody', 'text'],
  ['rateLimitBody', 'text'],
  ['appMinuteSpelling', 'app-minute'],
  ['scopeCheckOrder', 'afterRateLimit'],
  ['contactNameCase', 'sensitive'],
  ['summarizeErrorsDefault', 'false'],
]

it.each(OPPOSITES)('works the same with %s = %s', async (name, value) => {
  const bench = await openXeroBench({ prepare: (sandbox) => sandbox.control.switches.set(name, value) })
  const { remote } = bench
  const rows = [{ remoteId: null, payload: { Name: 'A', ContactNumber: 'N-1' }, unmodifiedSince: null }]
  const prepared = remote.prepare({ collection: 'Contacts', verb: 'create', rows })
  const [made] = unwrap(await remote.send(prepared, `key-${name}`))
  expect(made).toMatchObject({ type: 'ok', record: { fields: { EmailAddress: '' } } })
  const listed = unwrap(await remote.listPage({ collection: 'Contacts', since: null, page: 1 }))
  expect(listed.rows.map((row) => row.fields.Name)).toEqual(['A'])
  expect(listed.hasMore).toBe(false)
  const found = unwrap(
    await remote.findByKey(
      'Contacts',
      ['N-1', 'N-2'].map((key) => ({ field: 'ContactNumber', value: key })),
    ),
  )
  expect(found.length).toBe(1)
  expect(unwrap(await remote.findByKey('Items', [{ field: 'Code', value: 'none' }]))).toEqual([])
})

it.each([
  ['rateLimitMinute', 'minute'],
  ['rateLimitDay', 'day'],
  ['rateLimitConcurrent', 'concurrent'],
  ['rateLimitApp', 'app'],
])('reads the 429 of %s, and executes nothing', async (fault, scope) => {
  const bench = await openXeroBench()
  bench.sandbox.control.faults.add({ effect: { type: 'named', name: fault, options: {} }, skip: 0, times: 1 })
  const rows = [{ remoteId: null, payload: { Name: 'A' }, unmodifiedSince: null }]
  const prepared = bench.remote.prepare({ collection: 'Contacts', verb: 'create', rows })
  expect(await bench.remote.send(prepared, 'key-1')).toMatchObject({ type: 'throttled', scope })
  expect(JSON.stringify(await bench.state())).toContain('"contacts":0')
})

it('calls an offline organisation unavailable: the same write may go out again', async () => {
  const bench = await openXeroBench()
  bench.sandbox.control.faults.add({ effect: { type: 'named', name: 'offline', options: {} }, skip: 0, times: 1 })
  const rows = [{ remoteId: null, payload: { Name: 'A' }, unmodifiedSince: null }]
  const prepared = bench.remote.prepare({ collection: 'Contacts', verb: 'create', rows })
  expect(await bench.remote.send(prepared, 'key-1')).toMatchObject({ type: 'unavailable', code: 'remoteUnavailable' })
  expect(unwrap(await bench.remote.send(prepared, 'key-1'))).toMatchObject([{ type: 'ok' }])
})
