import { describe, expect, test } from 'vitest'
import { createAccounts, createRow, must, write, zohoBench } from '../../../test/zoho-sandbox.ts'
import { EMAIL_DOMAIN, WEBSITE_DOMAIN } from '../../model/op.ts'
import type { ZohoRemote } from '../contract.ts'

/** The connector against the sandbox. Each test names the bug that it would catch. */
async function invoiceFor(remote: ZohoRemote, quantity: string): Promise<string> {
  const [accountId = ''] = await createAccounts(remote, ['Invoiced'])
  const [product] = await write(remote, {
    collection: 'Products',
    verb: 'create',
    rows: [createRow({ Product_Name: 'Widget', Product_Code: 'W-1' })],
  })
  const line = {
    Product_Name: { id: product?.type === 'ok' ? product.remoteId : '' },
    Quantity: { $decimal: quantity },
    List_Price: { $decimal: '12.50' },
  }
  const payload = { Subject: 'INV', Account_Name: { id: accountId }, Invoiced_Items: [line] }
  const [row] = await write(remote, { collection: 'Invoices', verb: 'create', rows: [createRow(payload)] })
  return row?.type === 'ok' ? row.remoteId : `not ok: ${JSON.stringify(row)}`
}

describe('listing', () => {
  test('pages come oldest first and complete: a page boundary must lose nothing', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    for (const batch of [0, 1, 2]) {
      await createAccounts(
        remote,
        Array.from({ length: 90 }, (_, index) => `Company ${batch} ${index}`),
      )
      await bench.time.advance(1500)
    }
    const first = must(await remote.listPage({ collection: 'Accounts', since: null, page: 1 }))
    const second = must(await remote.listPage({ collection: 'Accounts', since: null, page: 2 }))
    expect([first.rows.length, first.hasMore, second.rows.length, second.hasMore]).toEqual([200, true, 70, false])
    const versions = [...first.rows, ...second.rows].map((row) => row.version)
    expect(versions).toEqual(versions.toSorted())
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(270)
  })

  test('nothing modified is an empty page, with 304 and with 204: an empty body must not be parsed', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    for (const status of ['304', '204'] as const) {
      bench.sandbox.control.switches.set('emptyWithHeader', status)
      const page = must(await remote.listPage({ collection: 'Products', since: '2026-10-06T02:00:00Z', page: 1 }))
      expect(page).toEqual({ rows: [], hasMore: false })
    }
  })

  test('`since` filters in the right zone: an offset lost on the way would show old rows or hide new ones', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    await createAccounts(remote, ['old'])
    await bench.time.advance(10_000)
    await createAccounts(remote, ['new'])
    const since = new Date(bench.time.now() - 5000).toISOString()
    const page = must(await remote.listPage({ collection: 'Accounts', since, page: 1 }))
    expect(page.rows.map((row) => row.fields.Account_Name)).toEqual(['new'])
    expect(page.rows[0]?.version).toBe(new Date(Math.floor(bench.time.now() / 1000) * 1000).toISOString())
  })

  test('one second is walked by id: rows beyond a page of the same second would never be seen', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    const names = Array.from({ length: 100 }, (_, index) => `same second ${index}`)
    const ids = [
      ...(await createAccounts(remote, names)),
      ...(await createAccounts(remote, names)),
      ...(await createAccounts(remote, names)),
    ]
    const second = new Date(bench.time.now()).toISOString()
    const first = must(await remote.listSecond({ collection: 'Accounts', second, afterId: '' }))
    const afterId = first.rows.at(-1)?.id ?? ''
    const rest = must(await remote.listSecond({ collection: 'Accounts', second, afterId }))
    expect([first.rows.length, first.hasMore, rest.hasMore]).toEqual([200, true, false])
    expect([...first.rows, ...rest.rows].map((row) => row.id)).toEqual(ids.toSorted())
  })

  test('deleted records are told with their instant: otherwise a delete is only noticed by the weekly sweep', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    const [id = ''] = await createAccounts(remote, ['doomed'])
    await bench.act({ action: 'delete', module: 'Accounts', id })
    const page = must(await remote.listDeleted({ collection: 'Accounts', since: null, page: 1 }))
    expect(page).toEqual({ rows: [{ id, deletedAt: new Date(bench.time.now()).toISOString() }], hasMore: false })
  })

  test('a page past the two thousandth row is a bug of the caller, not a silent end of the list', async () => {
    const remote = zohoBench().remote()
    await expect(remote.listPage({ collection: 'Accounts', since: null, page: 11 })).rejects.toThrow(RangeError)
  })
})

describe('reading', () => {
  test('gone ids are left out, whatever Zoho answers to them: one deleted record must not fail the batch', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    const invoiceId = await invoiceFor(remote, '2')
    const [kept = '', doomed = ''] = await createAccounts(remote, ['kept', 'doomed'])
    await bench.act({ action: 'delete', module: 'Accounts', id: doomed })
    for (const answer of ['204', '400'] as const) {
      bench.sandbox.control.switches.set('missingIdGet', answer)
      bench.sandbox.control.switches.set('deletedGet', answer)
      const accounts = must(await remote.readMany('Accounts', [kept, doomed, '5600000099999999', 'no id']))
      expect(accounts.map((record) => record.id)).toEqual([kept])
      const invoices = must(await remote.readMany('Invoices', [doomed, invoiceId, '5600000099999999']))
      expect(invoices.map((record) => record.id)).toEqual([invoiceId])
    }
  })

  test('an invoice has its lines with decimals as text: a float or a missing line would corrupt money', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    const id = await invoiceFor(remote, '3')
    const [invoice] = must(await remote.readMany('Invoices', [id]))
    expect(invoice?.hasLines).toBe(true)
    expect(invoice?.fields.Invoiced_Items).toMatchObject([{ Quantity: '3', Net_Total: '37.5' }])
    const page = must(await remote.listPage({ collection: 'Invoices', since: null, page: 1 }))
    expect(page.rows.map((row) => [row.id, row.hasLines])).toEqual([[id, false]])
  })

  test('a key is found exactly: Zoho ignores letter case, and quotes end a query', async () => {
    const remote = zohoBench().remote()
    const [, lower = '', quote = ''] = await createAccounts(remote, ['ACME', 'acme', "O'Brien & 'Sons'"])
    const find = async (value: string) =>
      must(await remote.findByKey('Accounts', [{ field: 'Account_Name', value }])).map((record) => record.id)
    expect(await find('acme')).toEqual([lower])
    expect(await find("O'Brien & 'Sons'")).toEqual([quote])
    expect(await find('Brien')).toEqual([])
    expect(await remote.findByKey('Accounts', [{ field: "x' or id is not null", value: 'y' }])).toMatchObject({
      type: 'refused',
      code: 'fieldMissing',
    })
  })

  test.each(['caseInsensitive', 'caseSensitive'] as const)(
    'a product is found by its code in other letters (COQL %s): two spellings would become two products',
    async (equality) => {
      const bench = zohoBench()
      bench.sandbox.control.switches.set('coqlEquality', equality)
      const remote = bench.remote()
      const values = { Product_Name: 'A', Product_Code: 'GDS-1' }
      await bench.act({ action: 'create', module: 'Products', values })
      const found = must(await remote.findByKey('Products', [{ field: 'Product_Code', value: 'gds-1' }]))
      expect(found.map((record) => record.fields.Product_Code)).toEqual(['GDS-1'])
      expect(must(await remote.findByKey('Products', [{ field: 'Product_Code', value: 'gds' }]))).toEqual([])
    },
  )

  test('whoever is on a domain is found, and nobody whose domain only ends or begins like it', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    for (const [Last_Name, Email] of [
      ['Own', 'ada@Wattle.example'],
      ['Longer', 'ada@notwattle.example'],
      ['Below', 'ada@wattle.example.org'],
    ])
      await bench.act({ action: 'create', module: 'Contacts', values: { Last_Name, Email } })
    await bench.act({
      action: 'create',
      module: 'Accounts',
      values: { Account_Name: 'W', Website: 'https://www.wattle.example/' },
    })
    const onDomain = async (collection: 'Contacts' | 'Accounts', field: string) =>
      must(await remote.findByKey(collection, [{ field, value: 'wattle.example' }]))
    expect((await onDomain('Contacts', EMAIL_DOMAIN)).map((one) => one.fields.Last_Name)).toEqual(['Own'])
    expect((await onDomain('Accounts', WEBSITE_DOMAIN)).map((one) => one.fields.Account_Name)).toEqual(['W'])
  })

  test('a key is searched at once after the write: the lagging search index would answer "not there"', async () => {
    const bench = zohoBench()
    bench.sandbox.control.switches.set('searchLag', '5min')
    const remote = bench.remote()
    const [id] = await createAccounts(remote, ['Fresh'])
    expect(must(await remote.findByKey('Accounts', [{ field: 'Account_Name', value: 'Fresh' }]))[0]?.id).toBe(id)
  })

  test('all persons of many companies are found, more than a page of them and of no other company', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    const accounts = await createAccounts(remote, ['One', 'Two', 'Other'])
    const person = (index: number) =>
      createRow({ Last_Name: `Person ${index}`, Account_Name: { id: accounts[index % 3] ?? '' } })
    for (const batch of [0, 1, 2, 3]) {
      const rows = Array.from({ length: 99 }, (_, index) => person(batch * 99 + index))
      await write(remote, { collection: 'Contacts', verb: 'create', rows })
    }
    const wanted = accounts.slice(0, 2)
    const found = must(await remote.readPersons(wanted))
    expect(found).toHaveLength(264)
    expect(must(await remote.readPersons([]))).toEqual([])
  })
})

describe('persons by company', () => {
  const refused = '{"code":"INVALID_QUERY","details":{},"message":"invalid query formed","status":"error"}'
  test.each([
    ['refused', 400, refused],
    ['answered with nothing', 200, '{"data":[],"info":{"count":0,"more_records":false}}'],
  ])('are found when the first spelling of the query is %s', async (_how, status, body) => {
    const bench = zohoBench()
    const remote = bench.remote()
    const [accountId = ''] = await createAccounts(remote, ['One'])
    const rows = [createRow({ Last_Name: 'P', Account_Name: { id: accountId } }), createRow({ Last_Name: 'Loner' })]
    await write(remote, { collection: 'Contacts', verb: 'create', rows })
    const effect = { type: 'respond', status, body, headers: {} } as const
    bench.sandbox.control.faults.add({ effect, path: 'coql', skip: 0, times: 1 })
    const found = must(await remote.readPersons([accountId]))
    expect(found.map((person) => person.fields.Last_Name)).toEqual(['P'])
    const before = remote.usage().byPurpose['Contacts.persons'] ?? 0
    must(await remote.readPersons([accountId]))
    expect(remote.usage().byPurpose['Contacts.persons']).toBe(before + 1)
  })
})

test('a list of ids that Zoho finds too long is halved until it fits', async () => {
  const bench = zohoBench()
  const remote = bench.remote()
  const ids = await createAccounts(
    remote,
    Array.from({ length: 40 }, (_, index) => `Long ${index}`),
  )
  const effect = { type: 'respond', status: 414, body: '<html>URI Too Long</html>', headers: {} } as const
  bench.sandbox.control.faults.add({ effect, path: 'ids=', skip: 0, times: 2 })
  expect(must(await remote.readMany('Accounts', ids))).toHaveLength(40)
})
