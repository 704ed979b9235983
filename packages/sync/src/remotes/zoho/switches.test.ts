import { expect, test } from 'vitest'
import { must, type ZohoBench, zohoBench } from '../../../test/zoho-sandbox.ts'
import { DEFAULT_SETTINGS } from '../../model/default-settings.ts'
import type { ValueObject } from '../../model/value.ts'
import type { WriteRow } from '../contract.ts'
import { provisionZoho } from './provision.ts'

/** Every fact that the sources leave open, both ways round: the same day's work must end the same. */
const MODULES = ['Accounts', 'Contacts', 'Products', 'Invoices'] as const
const SWITCHES = zohoBench()
  .sandbox.control.switches.list()
  .flatMap(({ name, values }) => values.slice(1).map((value) => [name, value] as const))
  // Real waiting, an address of its own and a needed consent page are not the connector's matter.
  .filter(([name, value]) => name !== 'latency' && name !== 'userLocation' && `${name} ${value}` !== 'consent page')

const row = (remoteId: string | null, payload: ValueObject, unmodifiedSince: string | null = null): WriteRow => ({
  remoteId,
  payload,
  unmodifiedSince,
})

async function aDaysWork(bench: ZohoBench) {
  const { xeroId, serviceProductId } = must(
    await provisionZoho(bench.remote(), {
      modules: MODULES,
      previous: DEFAULT_SETTINGS.provisioned,
      brandingThemes: ['Standard'],
    }),
  )
  const remote = bench.remote({ provisionedXeroId: xeroId })
  must(await remote.fetchReference(MODULES))
  const write = async (request: Parameters<typeof remote.prepare>[0]) =>
    must(await remote.send(remote.prepare(request), ''))
  const key = xeroId.Accounts ?? ''
  const payload = { Account_Name: 'Day', [key]: 'x-1' }
  const [made] = await write({ collection: 'Accounts', verb: 'create', rows: [row(null, payload)] })
  const accountId = made?.type === 'ok' ? made.remoteId : ''
  const twin = await write({
    collection: 'Accounts',
    verb: 'create',
    rows: [row(null, { ...payload, Account_Name: 'Twin' })],
  })
  await write({
    collection: 'Contacts',
    verb: 'create',
    rows: [row(null, { Last_Name: 'P', Account_Name: { id: accountId } })],
  })
  const line = {
    Product_Name: { id: serviceProductId },
    Quantity: { $decimal: '2' },
    List_Price: { $decimal: '10.00' },
  }
  const invoice = { Subject: 'S', Account_Name: { id: accountId }, Invoiced_Items: [line] }
  const invoices = await write({ collection: 'Invoices', verb: 'create', rows: [row(null, invoice)] })
  const invoiceId = invoices[0]?.type === 'ok' ? invoices[0].remoteId : ''
  await bench.time.advance(3000)
  const [read] = must(await remote.readMany('Accounts', [accountId]))
  const update = row(accountId, { Phone: '1' }, read?.version ?? null)
  const updated = await write({ collection: 'Accounts', verb: 'update', rows: [update] })
  const found = must(await remote.findByKey('Accounts', [{ field: key, value: 'x-1' }]))
  const persons = must(await remote.readPersons([accountId]))
  const [whole] = must(await remote.readMany('Invoices', [invoiceId]))
  const listed = must(await remote.listPage({ collection: 'Accounts', since: read?.version ?? null, page: 1 }))
  const gone = await write({ collection: 'Invoices', verb: 'delete', rows: [row(invoiceId, {})] })
  const deleted = must(await remote.listDeleted({ collection: 'Invoices', since: null, page: 1 }))
  return {
    twin: twin.map((one) => one.type),
    updated: updated.map((one) => one.type),
    found: found.map((one) => one.id === accountId),
    persons: persons.map((one) => one.fields.Last_Name),
    total: whole?.fields.Grand_Total,
    lines: whole?.hasLines,
    listed: listed.rows.map((one) => one.fields.Phone),
    gone: gone.map((one) => one.type),
    deleted: deleted.rows.map((one) => one.id === invoiceId),
    left: must(await remote.readMany('Invoices', [invoiceId])),
    throttled: remote.usage().throttled,
  }
}

const EXPECTED = {
  twin: ['duplicate'],
  updated: ['ok'],
  found: [true],
  persons: ['P'],
  total: '20',
  lines: true,
  listed: ['1'],
  gone: ['ok'],
  deleted: [true],
  left: [],
  throttled: 0,
}

test('a day of work, every unverified fact at its stated default', async () => {
  expect(await aDaysWork(zohoBench())).toEqual(EXPECTED)
})

test.each(SWITCHES)('the same with %s = %s', async (name, value) => {
  const bench = zohoBench()
  bench.sandbox.control.switches.set(name, value)
  expect(await aDaysWork(bench)).toEqual(EXPECTED)
})
