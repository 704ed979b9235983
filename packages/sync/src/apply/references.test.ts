import { describe, expect, test } from 'vitest'
import { opOf } from '../../test/store/fixtures.ts'
import { NOW } from '../model/value.ts'
import { NOW_REFERENCE, namedLinks, referenceTable, resolveOp, sendingInstant } from './references.ts'

const table = referenceTable([
  { linkId: 'a', side: 'zoho', remoteId: 'z1', isDetached: false },
  { linkId: 'a', side: 'xero', remoteId: 'x1', isDetached: false },
  { linkId: 'b', side: 'zoho', remoteId: 'z2', isDetached: false },
])

describe('references of an op', () => {
  test('are replaced wherever they stand: alone, deep inside, or embedded in a URL', () => {
    const op = opOf('op', {
      payload: {
        Contact: { ContactID: '@link:a.xero' },
        Url: 'https://go/@link:a.xero/of/@link:a.zoho',
        n: ['@link:b.zoho'],
      },
    })
    expect(resolveOp(op, table)).toMatchObject({
      type: 'resolved',
      op: { payload: { Contact: { ContactID: 'x1' }, Url: 'https://go/x1/of/z1', n: ['z2'] } },
    })
  })
  test('in the key, in what is remembered and in the preview are replaced too: else a shadow holds a reference for ever', () => {
    const op = opOf('op', {
      changes: [{ field: 'xeroId', before: '', after: '@link:a.xero', reason: 'crossReference' }],
      naturalKey: { field: 'Xero_ID', value: '@link:a.xero' },
      sourceShadow: [
        { side: 'zoho', collection: 'Products', remoteId: 'z1', field: 'customer', value: '@link:a.zoho' },
      ],
    })
    expect(resolveOp(op, table)).toMatchObject({
      op: {
        changes: [{ after: 'x1' }],
        naturalKey: { value: 'x1' },
        sourceShadow: [{ value: 'z1' }],
      },
    })
  })
  test.each([
    ['of a link without that side', '@link:b.xero'],
    ['of no link', '@link:c.zoho'],
    ['embedded', 'https://go/@link:b.xero'],
  ])('%s is missing: no dispatch names a record that does not exist (I8)', (_name, reference) => {
    const missing = reference.replace('https://go/', '')
    expect(resolveOp(opOf('op', { payload: { Url: reference } }), table)).toEqual({
      type: 'missing',
      reference: missing,
    })
  })
  // Catches: an invoice sent with the code of an item whose create never arrived.
  test('a partner that is only needed must exist as well', () => {
    const op = opOf('op', { payload: { ItemCode: 'OAK' }, after: ['another-op', '@link:c.xero'] })
    expect(namedLinks(op)).toEqual(['c'])
    expect(resolveOp(op, table)).toEqual({ type: 'missing', reference: '@link:c.xero' })
  })
  test('a text that only looks like one stays as a user typed it', () => {
    const payload = { Name: '@link:a.sage', Note: 'mail @link me' }
    expect(resolveOp(opOf('op', { payload }), table)).toMatchObject({ type: 'resolved', op: { payload } })
  })
  // Catches: the hour of the preview written as the hour of the write, or a text of a user's taken for it.
  test('the instant of sending is filled in where the plan asks for it, with an offset that Zoho takes', () => {
    const at = new Map([...table, [NOW_REFERENCE, sendingInstant(Date.parse('2026-11-20T02:00:00.500Z'))]])
    const op = opOf('op', { payload: { Last_Synced: NOW, Note: '@now' } })
    expect(resolveOp(op, at)).toMatchObject({
      op: { payload: { Last_Synced: '2026-11-20T02:00:00+00:00', Note: '@now' } },
    })
  })
  test('every link that an op names is asked for, once', () => {
    const op = opOf('op', { payload: { a: '@link:a.xero', b: ['@link:a.zoho', { c: 'u/@link:b.zoho' }] } })
    expect(namedLinks(op)).toEqual(['a', 'b'])
  })
})
