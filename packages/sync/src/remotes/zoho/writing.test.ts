import { describe, expect, test } from 'vitest'
import { createAccounts, createRow, must, write, zohoBench } from '../../../test/zoho-sandbox.ts'
import type { WriteRow } from '../contract.ts'

/** Writes against the sandbox. Each test names the bug that it would catch. */
describe('writing', () => {
  test('a mixed batch is judged row by row, in order: a shift would blame the wrong record', async () => {
    const remote = zohoBench().remote()
    const rows = [
      createRow({ Account_Name: 'fine' }),
      createRow({ Phone: '1' }),
      createRow({ Account_Name: 'x'.repeat(300) }),
      createRow({ Account_Name: 'also fine' }),
    ]
    const outcomes = await write(remote, { collection: 'Accounts', verb: 'create', rows })
    expect(outcomes.map((row) => ('code' in row ? row.code : row.type))).toEqual([
      'ok',
      'requiredValueMissing',
      'valueTooLong',
      'ok',
    ])
    expect(outcomes[2]).toMatchObject({ message: expect.stringContaining('$.data[2].Account_Name') })
  })

  test('all rows refused come as HTTP 400: its body must be read all the same', async () => {
    const remote = zohoBench().remote()
    const [row] = await write(remote, { collection: 'Accounts', verb: 'create', rows: [createRow({ Phone: '1' })] })
    expect(row).toMatchObject({ type: 'refused', code: 'requiredValueMissing' })
  })

  test('an edit since our read stops a guarded write: it would overwrite a person', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    const [id = ''] = await createAccounts(remote, ['before'])
    const [read] = must(await remote.readMany('Accounts', [id]))
    const update = (name: string): WriteRow => ({
      remoteId: id,
      payload: { Account_Name: name },
      unmodifiedSince: read?.version ?? null,
    })
    await bench.time.advance(2000)
    await bench.act({ action: 'edit', module: 'Accounts', id, values: { Account_Name: 'by a person' } })
    const [row] = await write(remote, { collection: 'Accounts', verb: 'update', rows: [update('ours')] })
    expect(row?.type).toBe('moved')
    expect(must(await remote.readMany('Accounts', [id]))[0]?.fields.Account_Name).toBe('by a person')
  })

  // Catches: an upsert, which Zoho would match by the other unique field and write over a stranger (zoho-crm.md 3.5).
  test('a create is a plain insert: one whose unique value is taken is refused and leaves the holder as it was', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    const unique = { label: 'Xero ID', dataType: 'text', length: 120, isUnique: true, picklist: [] } as const
    must(await remote.createFields('Products', [unique]))
    const products = (name: string) =>
      write(remote, {
        collection: 'Products',
        verb: 'create',
        rows: [createRow({ Product_Name: name, Xero_ID: 'taken' })],
      })
    const [first] = await products('by a person')
    expect(first?.type).toBe('ok')
    expect((await products('ours')).map((row) => row.type)).toEqual(['duplicate'])
    const [held] = must(await remote.readMany('Products', [first?.type === 'ok' ? first.remoteId : '']))
    expect(held?.fields.Product_Name).toBe('by a person')
  })

  test('a guard that refuses its own second is understood: every guarded write would be "moved" for ever', async () => {
    const bench = zohoBench()
    bench.sandbox.control.switches.set('unmodifiedSince', 'sameSecond')
    const remote = bench.remote()
    const [id = ''] = await createAccounts(remote, ['A'])
    const guarded = async () => {
      const [read] = must(await remote.readMany('Accounts', [id]))
      await bench.time.advance(2000)
      const row = { remoteId: id, payload: { Phone: '1' }, unmodifiedSince: read?.version ?? null }
      return { collection: 'Accounts', verb: 'update', rows: [row] } as const
    }
    const first = await guarded()
    expect((await write(remote, first)).map((row) => row.type)).toEqual(['ok'])
    expect((await write(remote, await guarded())).map((row) => row.type)).toEqual(['ok'])
    // Found out once: create, refused, repeated, and one more.
    expect(remote.usage().byPurpose['Accounts.write']).toBe(4)
    // And a true edit still stops it.
    expect((await write(remote, first)).map((row) => row.type)).toEqual(['moved'])
  })

  test('a batch is not guarded by one row of it: the header would refuse all others', () => {
    const remote = zohoBench().remote()
    const row = { remoteId: '1', payload: {}, unmodifiedSince: '2026-10-06T02:00:00Z' }
    const prepare = (rows: readonly WriteRow[]) =>
      remote.prepare({ collection: 'Accounts', verb: 'update', rows }).headers
    expect(prepare([row])).toEqual({ 'if-unmodified-since': '2026-10-06T02:00:00+00:00' })
    expect(prepare([row, row])).toEqual({})
  })

  test('a deleted target is recordGone, never a refusal of its content', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    const [id = ''] = await createAccounts(remote, ['doomed'])
    await bench.act({ action: 'delete', module: 'Accounts', id })
    const row = { remoteId: id, payload: { Phone: '1' }, unmodifiedSince: null }
    expect(await write(remote, { collection: 'Accounts', verb: 'update', rows: [row] })).toMatchObject([
      { type: 'refused', code: 'recordGone' },
    ])
    expect(await write(remote, { collection: 'Accounts', verb: 'delete', rows: [row] })).toMatchObject([
      { type: 'refused', code: 'recordGone' },
    ])
  })

  test('a lookup to a record that is not there is not "record gone": the record itself still is', async () => {
    const remote = zohoBench().remote()
    const rows = [createRow({ Last_Name: 'X', Account_Name: { id: '5600000099999999' } })]
    expect(await write(remote, { collection: 'Contacts', verb: 'create', rows })).toMatchObject([
      { type: 'refused', code: 'valueNotAllowed' },
    ])
  })

  test('a hundred rows are sent as one heavy call and deleted as one', async () => {
    const bench = zohoBench()
    const remote = bench.remote()
    const ids = await createAccounts(
      remote,
      Array.from({ length: 100 }, (_, index) => `Batch ${index}`),
    )
    const rows = ids.map((id) => ({ remoteId: id, payload: {}, unmodifiedSince: null }))
    const gone = await write(remote, { collection: 'Accounts', verb: 'delete', rows })
    expect(gone.every((row) => row.type === 'ok')).toBe(true)
    expect(remote.usage()).toEqual({ calls: 2, throttled: 0, byPurpose: { 'Accounts.write': 2 } })
    expect(() => remote.prepare({ collection: 'Accounts', verb: 'delete', rows: [...rows, ...rows] })).toThrow(
      RangeError,
    )
  })
})
