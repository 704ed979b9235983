import { describe, expect, it } from 'vitest'
import { openXeroBench, unwrap, type XeroBench } from '../../../test/xero-sandbox.ts'
import type { Collection } from '../../model/kind.ts'
import type { OpVerb } from '../../model/op.ts'
import { decimalValue, type ValueObject } from '../../model/value.ts'

const row = (payload: ValueObject, remoteId: string | null = null) => ({ remoteId, payload, unmodifiedSince: null })

interface Write {
  readonly collection: Collection
  readonly verb: OpVerb
  readonly rows: readonly ReturnType<typeof row>[]
}

let keys = 0
async function send(bench: XeroBench, write: Write) {
  keys += 1
  return bench.remote.send(bench.remote.prepare(write), `test-key-${keys}`)
}

const createContacts = (bench: XeroBench, ...payloads: ValueObject[]) =>
  send(bench, { collection: 'Contacts', verb: 'create', rows: payloads.map((payload) => row(payload)) })

async function idOf(outcome: ReturnType<typeof createContacts>, index = 0): Promise<string> {
  const one = unwrap(await outcome)[index]
  if (one?.type !== 'ok') throw new Error(JSON.stringify(one))
  return one.remoteId
}

const types = (outcomes: readonly { readonly type: string }[]) => outcomes.map((outcome) => outcome.type)

async function countOf(bench: XeroBench, collection: 'contacts' | 'items' | 'invoices'): Promise<number> {
  const state = JSON.stringify(await bench.state())
  return Number(new RegExp(`"counts":{[^}]*"${collection}":(\\d+)`).exec(state)?.[1])
}

describe('creates', () => {
  it('judges row by row: good ones are saved, each bad one says which key is taken or what is wrong', async () => {
    const bench = await openXeroBench()
    await createContacts(bench, { Name: 'Taken', ContactNumber: 'N-1' })
    const outcomes = unwrap(
      await createContacts(
        bench,
        { Name: 'Good', ContactNumber: 'N-2' },
        { Name: 'taken', ContactNumber: 'N-3' },
        { Name: 'Other', ContactNumber: 'N-1' },
        { Name: 'Bad mail', EmailAddress: 'nonsense' },
        { Name: 'Good too' },
      ),
    )
    expect(outcomes).toMatchObject([
      { type: 'ok', record: { fields: { ContactNumber: 'N-2' }, life: 'live' } },
      { type: 'duplicate', field: 'Name' },
      { type: 'duplicate', field: 'ContactNumber' },
      { type: 'refused', code: 'emailNotValid', message: 'Email address must be valid.' },
      { type: 'ok', record: { fields: { Name: 'Good too' } } },
    ])
    expect(await countOf(bench, 'contacts')).toBe(3)
  })

  it('never touches the record of the same number: POST would have overwritten it', async () => {
    const bench = await openXeroBench()
    const item = (Name: string) => row({ Code: 'CONS', Name, SalesDetails: { UnitPrice: decimalValue('50.1250') } })
    await send(bench, { collection: 'Items', verb: 'create', rows: [item('Consulting')] })
    const outcomes = unwrap(await send(bench, { collection: 'Items', verb: 'create', rows: [item('Stranger')] }))
    expect(outcomes).toMatchObject([{ type: 'duplicate', field: 'Code' }])
    const [found] = unwrap(await bench.remote.findByKey('Items', [{ field: 'Code', value: 'CONS' }]))
    expect(found?.fields).toMatchObject({ Name: 'Consulting', SalesDetails: { UnitPrice: '50.1250' } })
  })

  it('meets an archived contact of that name as what it is', async () => {
    const bench = await openXeroBench()
    const id = await idOf(createContacts(bench, { Name: 'Gone' }))
    await bench.act({ action: 'archiveContact', id })
    expect(unwrap(await createContacts(bench, { Name: 'Gone' }))).toMatchObject([
      { type: 'refused', code: 'recordArchived' },
    ])
  })

  it('creates an invoice with exact decimals and answers it complete, version in milliseconds', async () => {
    const bench = await openXeroBench()
    const contact = await idOf(createContacts(bench, { Name: 'A' }))
    const line = {
      Description: 'x',
      Quantity: decimalValue('3.0000'),
      UnitAmount: decimalValue('0.3333'),
      AccountCode: '200',
      TaxType: 'OUTPUT',
    }
    const payload = {
      Type: 'ACCREC',
      InvoiceNumber: 'CRM-1',
      Contact: { ContactID: contact },
      LineAmountTypes: 'Exclusive',
      LineItems: [line],
    }
    const [outcome] = unwrap(await send(bench, { collection: 'Invoices', verb: 'create', rows: [row(payload)] }))
    expect(outcome).toMatchObject({
      type: 'ok',
      version: expect.stringMatching(/\.\d{3}Z$/),
      record: { hasLines: true, fields: { InvoiceNumber: 'CRM-1', SubTotal: '1.00', TotalTax: '0.10' } },
    })
    const again = unwrap(await send(bench, { collection: 'Invoices', verb: 'create', rows: [row(payload)] }))
    expect(again).toMatchObject([{ type: 'duplicate', field: 'InvoiceNumber' }])
  })

  it('sends fifty at once and pairs each with its own answer', async () => {
    const bench = await openXeroBench()
    const payloads = Array.from({ length: 50 }, (_, index) => ({ Name: `N ${index}`, ContactNumber: `C-${index}` }))
    const outcomes = unwrap(await createContacts(bench, ...payloads))
    expect(outcomes.map((one) => (one.type === 'ok' ? one.record?.fields.ContactNumber : one.type))).toEqual(
      payloads.map((payload) => payload.ContactNumber),
    )
    expect(() => bench.remote.prepare({ collection: 'Contacts', verb: 'create', rows: [] })).toThrow('0 rows')
  })
})

describe('updates and deletes', () => {
  it('updates by id, keeps what was not sent, and says what became of a missing id either way', async () => {
    const bench = await openXeroBench()
    const id = await idOf(createContacts(bench, { Name: 'A', TaxNumber: '123' }))
    const update = (remoteId: string) =>
      send(bench, { collection: 'Contacts', verb: 'update', rows: [row({ EmailAddress: 'a@x.example' }, remoteId)] })
    expect(unwrap(await update(id))).toMatchObject([
      { type: 'ok', remoteId: id, record: { fields: { TaxNumber: '123', EmailAddress: 'a@x.example' } } },
    ])
    const missing = '11111111-1111-4111-8111-111111111111'
    expect(await update(missing)).toMatchObject({ type: 'refused', code: 'recordGone' })
    bench.sandbox.control.switches.set('unknownIdOnWrite', 'elementError')
    expect(unwrap(await update(missing))).toMatchObject([{ type: 'refused', code: 'recordGone' }])
  })

  it('archives contacts, ends drafts, voids what was approved, and deletes items one at a time', async () => {
    const bench = await openXeroBench()
    const contact = await idOf(createContacts(bench, { Name: 'A' }))
    const draft = {
      Type: 'ACCREC',
      Contact: { ContactID: contact },
      LineItems: [{ Description: 'x', AccountCode: '200', Quantity: '1', UnitAmount: '5' }],
    }
    const approved = { ...draft, Status: 'AUTHORISED', Date: '2026-10-06', DueDate: '2026-10-20' }
    const made = send(bench, { collection: 'Invoices', verb: 'create', rows: [row(draft), row(approved)] })
    const [first, second] = [await idOf(made, 0), await idOf(made, 1)]
    const ended = unwrap(
      await send(bench, {
        collection: 'Invoices',
        verb: 'delete',
        rows: [row({}, first), row({ Status: 'VOIDED' }, second)],
      }),
    )
    expect(ended).toMatchObject([
      { type: 'ok', record: { fields: { Status: 'DELETED' } } },
      { type: 'ok', record: { fields: { Status: 'VOIDED' } } },
    ])
    expect(
      unwrap(await send(bench, { collection: 'Contacts', verb: 'delete', rows: [row({}, contact)] })),
    ).toMatchObject([{ type: 'ok', record: { life: 'archived' } }])
    const item = await idOf(send(bench, { collection: 'Items', verb: 'create', rows: [row({ Code: 'X' })] }))
    const remove = () => send(bench, { collection: 'Items', verb: 'delete', rows: [row({}, item)] })
    expect(unwrap(await remove())).toMatchObject([{ type: 'ok', remoteId: item }])
    expect(unwrap(await remove())).toMatchObject([{ type: 'refused', code: 'recordGone' }])
    const two = [row({}, 'a'), row({}, 'b')]
    expect(() => bench.remote.prepare({ collection: 'Items', verb: 'delete', rows: two })).toThrow('one at a time')
  })

  it('names lock dates, payments and statuses as the reason', async () => {
    const bench = await openXeroBench()
    const contact = await idOf(createContacts(bench, { Name: 'A' }))
    const invoice = (date: string, extra: ValueObject = {}) =>
      row({
        Type: 'ACCREC',
        Contact: { ContactID: contact },
        Date: date,
        DueDate: '2026-10-20',
        Status: 'AUTHORISED',
        LineItems: [{ Description: 'x', AccountCode: '200', Quantity: '1', UnitAmount: '5' }],
        ...extra,
      })
    const paid = await idOf(send(bench, { collection: 'Invoices', verb: 'create', rows: [invoice('2026-10-06')] }))
    await bench.act({ action: 'pay', id: paid })
    await bench.act({ action: 'setLockDate', period: '2026-08-31' })
    const outcomes = unwrap(
      await send(bench, {
        collection: 'Invoices',
        verb: 'create',
        rows: [
          invoice('2026-08-01'),
          invoice('2026-10-06', { CurrencyCode: 'EUR' }),
          invoice('2026-10-06', { DueDate: null }),
        ],
      }),
    )
    expect(outcomes).toMatchObject([
      { code: 'lockDate' },
      { code: 'currencyNotEnabled' },
      { code: 'requiredValueMissing' },
    ])
    const voided = await send(bench, {
      collection: 'Invoices',
      verb: 'delete',
      rows: [row({ Status: 'VOIDED' }, paid)],
    })
    expect(unwrap(voided)).toMatchObject([{ type: 'refused', code: 'documentHasPayments' }])
  })
})

describe('uncertain endings', () => {
  const strike = (
    bench: XeroBench,
    effect: Parameters<XeroBench['sandbox']['control']['faults']['add']>[0]['effect'],
  ) => bench.sandbox.control.faults.add({ effect, method: 'PUT', path: '/Contacts', skip: 0, times: 1 })
  const html = { body: '<html>', headers: { 'content-type': 'text/html' } }

  it('calls a write unknown whenever Xero may have acted on it', async () => {
    const bench = await openXeroBench()
    strike(bench, { type: 'dropAfter' })
    expect(await createContacts(bench, { Name: 'A' })).toMatchObject({ type: 'unknown', code: 'connectionLost' })
    strike(bench, { type: 'truncate' })
    expect(await createContacts(bench, { Name: 'B' })).toMatchObject({
      type: 'unknown',
      code: 'remoteAnswerUnreadable',
    })
    strike(bench, { type: 'respondAfter', status: 502, ...html })
    expect(await createContacts(bench, { Name: 'C' })).toMatchObject({ type: 'unknown', code: 'remoteUnavailable' })
    expect(await countOf(bench, 'contacts')).toBe(3)
  })

  it('replays with the same key without a second record, and takes a replayed 500 for what it is: unknown', async () => {
    const bench = await openXeroBench()
    const prepared = bench.remote.prepare({ collection: 'Contacts', verb: 'create', rows: [row({ Name: 'Once' })] })
    const first = unwrap(await bench.remote.send(prepared, 'same-key'))
    expect(unwrap(await bench.remote.send(prepared, 'same-key'))).toEqual(first)
    expect(await countOf(bench, 'contacts')).toBe(1)
    strike(bench, { type: 'named', name: 'internalError', options: { when: 'after' } })
    const broken = bench.remote.prepare({ collection: 'Contacts', verb: 'create', rows: [row({ Name: 'Broken' })] })
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await bench.remote.send(broken, 'other-key')).toMatchObject({ type: 'unknown' })
    }
    expect(await bench.remote.send(prepared, 'other-key')).toMatchObject({ type: 'unknown' })
  })

  it('judges a whole refused request row by row only when every row has its own error', async () => {
    const bench = await openXeroBench()
    const refused = (elements: readonly object[]) => {
      const body = JSON.stringify({ ErrorNumber: 10, Message: 'A validation exception occurred', Elements: elements })
      strike(bench, { type: 'respond', status: 400, body, headers: { 'content-type': 'application/json' } })
    }
    const bad = {
      ContactID: '00000000-0000-0000-0000-000000000000',
      ValidationErrors: [{ Message: 'Email address must be valid.' }],
    }
    refused([bad])
    expect(unwrap(await createContacts(bench, { Name: 'A' }))).toMatchObject([{ code: 'emailNotValid' }])
    refused([bad])
    expect(await createContacts(bench, { Name: 'A' }, { Name: 'B' })).toMatchObject({
      type: 'refused',
      code: 'emailNotValid',
    })
  })

  it('does not believe that a row was saved which the answer leaves out', async () => {
    const bench = await openXeroBench()
    const only = { ContactID: 'c-2', ContactNumber: 'N-2', Name: 'B', UpdatedDateUTC: '/Date(1791256520123+0000)/' }
    const body = JSON.stringify({ Status: 'OK', Contacts: [only] })
    strike(bench, { type: 'respond', status: 200, body, headers: { 'content-type': 'application/json' } })
    const outcomes = unwrap(
      await createContacts(bench, { Name: 'A', ContactNumber: 'N-1' }, { Name: 'B', ContactNumber: 'N-2' }),
    )
    expect(outcomes).toMatchObject([
      { type: 'unknown', code: 'rowMissingInAnswer' },
      { type: 'ok', remoteId: 'c-2' },
    ])
    expect(types(outcomes)).toEqual(['unknown', 'ok'])
  })

  it('never makes Xero answer 429 in a burst of 200 calls (I6)', async () => {
    const bench = await openXeroBench()
    const bulk = bench.remoteFor('background')
    const calls = Array.from({ length: 200 }, () => bulk.listPage({ collection: 'Contacts', since: null, page: 1 }))
    expect(types(await Promise.all(calls)).every((type) => type === 'ok')).toBe(true)
    expect(bulk.usage()).toMatchObject({ calls: 200, throttled: 0 })
    const state = JSON.stringify(await bench.state())
    expect(state).toContain('"refusedTotal":0')
    expect(Number(/"maxCallsInMinuteWindow":(\d+)/.exec(state)?.[1])).toBeLessThanOrEqual(60)
    expect(Number(/"maxInFlightSeen":(\d+)/.exec(state)?.[1])).toBeLessThanOrEqual(5)
  })
})
