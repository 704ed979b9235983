import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openXeroBench, unwrap, type XeroBench } from '../../../test/xero-sandbox.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { decimalValue, type ValueObject } from '../../model/value.ts'
import { allocationsIn } from './allocation-rows.ts'

const made = z.object({ result: z.looseObject({ id: z.string() }) })
const LINE = { Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200', TaxType: 'OUTPUT' }

/** A contact with an approved invoice of 110.00 and an approved credit note of 110.00. */
async function creditBench() {
  const bench = await openXeroBench()
  const act = async (action: string, fields: ValueObject) => idOf(await bench.act({ action, fields }))
  const contact = await act('createContact', { Name: 'Wattle Street Cafe' })
  const head = { Contact: { ContactID: contact }, Status: 'AUTHORISED', Date: '2026-10-06', DueDate: '2026-11-06' }
  const invoice = () =>
    bench.act({ action: 'createInvoice', fields: { ...head, Type: 'ACCREC', LineItems: [LINE] } }).then(idOf)
  const note = (fields: object = {}) =>
    bench
      .act({ action: 'createCreditNote', fields: { ...head, Type: 'ACCRECCREDIT', LineItems: [LINE], ...fields } })
      .then(idOf)
  const allocate = (id: string, to: string, amount: string) =>
    bench.act({ action: 'allocateCredit', id, invoice: to, amount })
  return { bench, remote: bench.remote, head, invoice, note, allocate }
}

const idOf = (answer: unknown) => made.parse(answer).result.id

async function all(bench: XeroBench, since: string | null = null): Promise<readonly RemoteRecord[]> {
  const page = unwrap(await bench.remote.listPage({ collection: 'Allocations', since, page: 1 }))
  expect(page.hasMore).toBe(false)
  return page.rows
}

describe('allocations are read with what carries them', () => {
  // Catches: credit of a supplier or of an advance left out, or an id by which nothing could be read again.
  test('of credit notes, prepayments and overpayments, each under an id that leads back', async () => {
    const { bench, remote, head, invoice, note, allocate } = await creditBench()
    const [one, two] = [await invoice(), await invoice()]
    const credit = await note()
    await allocate(credit, one, '60.50')
    await allocate(credit, two, '10.00')
    const pre = idOf(await bench.act({ action: 'createPrepayment', fields: { ...head, LineItems: [LINE] } }))
    await allocate(pre, one, '5.00')
    const rows = await all(bench)
    expect(rows.map(({ fields }) => fields.Amount).sort()).toEqual(['10.00', '5.00', '60.50'])
    expect(rows.filter(({ id }) => id.startsWith(`C:${credit}:`))).toHaveLength(2)
    expect(rows.filter(({ id }) => id.startsWith(`P:${pre}:`))).toHaveLength(1)
    const ids = rows.map(({ id }) => id)
    const again = unwrap(await remote.readMany('Allocations', ids))
    expect(again.map(({ id }) => id).sort()).toEqual([...ids].sort())
    expect(again.find(({ id }) => id.startsWith('C:'))?.fields).toMatchObject({
      Status: 'AUTHORISED',
      CreditID: credit,
      Credit: { Type: 'ACCRECCREDIT', Number: 'CN-0001', CurrencyCode: 'AUD' },
    })
  })

  // Catches: one that was taken back read as an absence: its record in the CRM would be deleted, or stay as it was.
  test('one that was taken back says so; the id of a credit asks for all that it carries', async () => {
    const { bench, remote, invoice, note, allocate } = await creditBench()
    const credit = await note()
    const to = await invoice()
    await allocate(credit, to, '60.50')
    await allocate(credit, to, '1.00')
    const [first, second] = (await all(bench)).map(({ id }) => id)
    await bench.act({ action: 'removeAllocation', id: first?.split(':').at(-1) })
    const known = unwrap(await remote.readMany('Allocations', [`C:${credit}`, first ?? '', second ?? '']))
    const said = known.map(({ id, fields }) => [id, fields.Status])
    expect(said.sort()).toEqual(
      [
        [first, 'DELETED'],
        [second, 'AUTHORISED'],
      ].sort(),
    )
    expect(unwrap(await remote.readMany('Allocations', [`C:${credit}`])).map(({ id }) => id)).toEqual([second])
    // Of a credit that is not there nothing is known.
    const gone = 'C:00000000-0000-4000-8000-000000000001:00000000-0000-4000-8000-000000000002'
    expect(unwrap(await remote.readMany('Allocations', [gone]))).toEqual([])
  })

  // Catches: every row under one id, or none, where Xero names no AllocationID (the vendor promises none on reads).
  test('without ids of their own, what went to one invoice is one', () => {
    const credit = {
      side: 'xero',
      collection: 'CreditNotes',
      id: 'n1',
      version: 'v',
      createdAt: null,
      modifiedBy: null,
      life: 'live',
      hasLines: true,
    } as const
    const row = (InvoiceID: string, Amount: string, day: string) => ({ Amount, Date: day, Invoice: { InvoiceID } })
    const Allocations = [row('a', '1.10', '2026-10-06'), row('b', '5', '2026-10-06'), row('a', '0.2', '2026-10-07')]
    const found = allocationsIn({ ...credit, fields: { Type: 'ACCRECCREDIT', Allocations } })
    expect(found.map(({ id, fields }) => [id, fields.Amount, fields.Date])).toEqual([
      ['C:n1:i-a', '1.3', '2026-10-07'],
      ['C:n1:i-b', '5', '2026-10-06'],
    ])
  })
})

describe('an allocation is written', () => {
  const rowOf = (payload: ValueObject) => ({ remoteId: null, payload, unmodifiedSince: null })
  const payloadOf = (note: string, invoice: string, amount: string): ValueObject => ({
    CreditID: note,
    Amount: decimalValue(amount),
    Invoice: { InvoiceID: invoice },
  })

  // Catches: an allocation under the wrong path, or an answer that leaves us without its id.
  test('below its note, one at a time, and is known by the id that reads show', async () => {
    const { bench, remote, invoice, note } = await creditBench()
    const [credit, to] = [await note(), await invoice()]
    const rows = [rowOf(payloadOf(credit, to, '12.50'))]
    const prepared = remote.prepare({ collection: 'Allocations', verb: 'create', rows })
    expect(prepared).toMatchObject({
      method: 'PUT',
      path: expect.stringContaining(`/CreditNotes/${credit}/Allocations`),
    })
    const [outcome] = unwrap(await remote.send(prepared, 'k1'))
    const [shown] = await all(bench)
    expect(outcome).toMatchObject({ type: 'ok', remoteId: shown?.id, record: null })
    expect(() => remote.prepare({ collection: 'Allocations', verb: 'create', rows: [...rows, ...rows] })).toThrow()
    expect(() => remote.prepare({ collection: 'Allocations', verb: 'update', rows })).toThrow()
  })

  // Catches: a refusal without Xero's own words, or taken for an unknown fate and sent again.
  test.each([
    ['more than is left', '900.00', 'amount outstanding'],
    ['nothing', '0', 'greater than zero'],
  ])('and refused in words: %s', async (_what, amount, words) => {
    const { remote, invoice, note } = await creditBench()
    const rows = [rowOf(payloadOf(await note(), await invoice(), amount))]
    const [outcome] = unwrap(
      await remote.send(remote.prepare({ collection: 'Allocations', verb: 'create', rows }), 'k'),
    )
    expect(outcome).toMatchObject({ type: 'refused', message: expect.stringContaining(words) })
  })

  test('a note or an invoice that is not there is told as gone', async () => {
    const { remote, invoice, note } = await creditBench()
    const unknown = '00000000-0000-4000-8000-000000000001'
    for (const payload of [payloadOf(unknown, await invoice(), '1'), payloadOf(await note(), unknown, '1')]) {
      const prepared = remote.prepare({ collection: 'Allocations', verb: 'create', rows: [rowOf(payload)] })
      const [outcome] = unwrap(
        await remote.send(prepared, `key-${JSON.stringify(payload).length}-${String(payload.CreditID)}`),
      )
      expect(outcome).toMatchObject({ type: 'refused', code: 'recordGone' })
    }
  })
})

describe('credit notes', () => {
  // Catches: the supplier's credit of the same number taken for ours, or a number that the filter cannot say.
  test('are listed and found by number on the sales side alone', async () => {
    const { bench, remote, note } = await creditBench()
    const mine = await note({ CreditNoteNumber: 'A/1' })
    await note({ CreditNoteNumber: 'A/1', Type: 'ACCPAYCREDIT' })
    const quoted = await note({ CreditNoteNumber: 'say "no"' })
    const find = async (value: string) =>
      unwrap(await remote.findByKey('CreditNotes', [{ field: 'CreditNoteNumber', value }])).map(({ id }) => id)
    expect(await find('A/1')).toEqual([mine])
    expect(await find('say "no"')).toEqual([quoted])
    const { rows } = unwrap(await bench.remote.listPage({ collection: 'CreditNotes', since: null, page: 1 }))
    expect(rows.map(({ id }) => id).sort()).toEqual([mine, quoted].sort())
    expect(
      unwrap(await remote.readMany('CreditNotes', [quoted, mine]))
        .map(({ id }) => id)
        .sort(),
    ).toEqual([mine, quoted].sort())
  })
})
