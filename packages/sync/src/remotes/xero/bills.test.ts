import { describe, expect, test } from 'vitest'
import { openXeroBench, unwrap, type XeroBench } from '../../../test/xero-sandbox.ts'
import { decimalValue, type ValueObject } from '../../model/value.ts'

/** A bench with one contact, a sale and two bills of one number: Xero keeps none of them unique. */
async function billBench() {
  const bench = await openXeroBench()
  const [contactId = ''] = await send(bench, 'Contacts', [{ Name: 'Harbour Timber' }])
  const document = (type: string, number: string, extra: ValueObject = {}): ValueObject => ({
    Type: type,
    InvoiceNumber: number,
    Contact: { ContactID: contactId },
    Date: '2026-10-06',
    LineAmountTypes: 'Exclusive',
    LineItems: [{ Description: 'Oak', Quantity: decimalValue('1'), UnitAmount: decimalValue('10.1234') }],
    ...extra,
  })
  const [sale = ''] = await send(bench, 'Invoices', [document('ACCREC', 'N-1')])
  const bills = await send(bench, 'Bills', [
    document('ACCPAY', 'N-1', { Url: 'https://tandem.example/r/one' }),
    document('ACCPAY', 'N-1', { Url: 'https://tandem.example/r/two' }),
  ])
  return { ...bench, bench, contactId, sale, bills, document }
}

async function send(
  bench: XeroBench,
  collection: 'Contacts' | 'Suppliers' | 'Invoices' | 'Bills',
  payloads: readonly ValueObject[],
) {
  const rows = payloads.map((payload) => ({ remoteId: null, payload, unmodifiedSince: null }))
  const prepared = bench.remote.prepare({ collection, verb: 'create', rows })
  const outcomes = unwrap(await bench.remote.send(prepared, `key-${bench.network.requests.length}`))
  return outcomes.map((outcome) => {
    if (outcome.type !== 'ok') throw new Error(JSON.stringify(outcome))
    expect(outcome.record?.collection).toBe(collection)
    return outcome.remoteId
  })
}

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

// Catches: a bill that is taken for a sale, or the other way round, wherever one is read (R21e).
describe('bills and sales share an endpoint, and nothing else', () => {
  test('in lists', async () => {
    const { remote, sale, bills } = await billBench()
    const list = async (collection: 'Invoices' | 'Bills') =>
      idsOf(unwrap(await remote.listPage({ collection, since: null, page: 1 })).rows)
    expect(await list('Invoices')).toEqual([sale])
    expect((await list('Bills')).sort()).toEqual([...bills].sort())
  })

  test('by id, whichever ids are asked for', async () => {
    const { remote, sale, bills } = await billBench()
    const read = async (collection: 'Invoices' | 'Bills') =>
      unwrap(await remote.readMany(collection, [sale, ...bills])).map((record) => [record.collection, record.id])
    expect(await read('Invoices')).toEqual([['Invoices', sale]])
    expect((await read('Bills')).map(([collection]) => collection)).toEqual(['Bills', 'Bills'])
  })

  test('by number, and by our Url', async () => {
    const { remote, sale, bills } = await billBench()
    const find = async (collection: 'Invoices' | 'Bills', field: string, value: string) =>
      idsOf(unwrap(await remote.findByKey(collection, [{ field, value }]))).sort()
    expect(await find('Invoices', 'InvoiceNumber', 'N-1')).toEqual([sale])
    expect(await find('Bills', 'InvoiceNumber', 'N-1')).toEqual([...bills].sort())
    expect(await find('Bills', 'Url', 'https://tandem.example/r/two')).toEqual([bills[1]])
    expect(await find('Invoices', 'Url', 'https://tandem.example/r/two')).toEqual([])
  })
})

// Catches: the id of one bill stored for another, where an answer comes in another order and no number tells (I2).
test('rows of an answer belong to the bill with their Url', async () => {
  const { bench, document, remote } = await billBench()
  bench.sandbox.control.faults.add({
    effect: { type: 'named', name: 'rowsReordered', options: {} },
    method: 'PUT',
    path: '/Invoices',
    skip: 0,
    times: 1,
  })
  const urls = ['https://tandem.example/r/three', 'https://tandem.example/r/four']
  const ids = await send(
    bench,
    'Bills',
    urls.map((Url) => document('ACCPAY', 'N-2', { Url })),
  )
  const records = unwrap(await remote.readMany('Bills', ids))
  const urlOf = (id: string) => records.find((record) => record.id === id)?.fields.Url
  expect(ids.map(urlOf)).toEqual(urls)
})

test('nothing of a bill is a key that Xero enforces, and suppliers are its contacts', async () => {
  const { bench, remote, contactId } = await billBench()
  expect([remote.traits('Bills').enforcedKey, remote.traits('Suppliers').enforcedKey]).toEqual([null, 'ContactNumber'])
  const [made = ''] = await send(bench, 'Suppliers', [{ Name: 'Paper Mill', ContactNumber: 'TANDEMV-1' }])
  const rows = unwrap(await remote.listPage({ collection: 'Suppliers', since: null, page: 1 })).rows
  expect(rows.map(({ id, collection }) => [id, collection])).toEqual(
    expect.arrayContaining([
      [contactId, 'Suppliers'],
      [made, 'Suppliers'],
    ]),
  )
  const key = { field: 'ContactNumber', value: 'TANDEMV-1' }
  expect(idsOf(unwrap(await remote.findByKey('Suppliers', [key])))).toEqual([made])
})
