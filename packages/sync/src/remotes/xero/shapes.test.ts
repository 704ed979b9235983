import { describe, expect, it } from 'vitest'
import type { RemoteRecord } from '../../model/record.ts'
import { parseDecimalJson } from '../http/decimal-json.ts'
import { readPage } from './envelope.ts'
import { listPath } from './paths.ts'
import { prepareWrite } from './prepare.ts'
import { readRow } from './shape.ts'
import { shapeOf, traitsOf } from './shapes.ts'

const STAMP = '"UpdatedDateUTC":"\\/Date(1791256520123+0000)\\/"'

function read(collection: 'Contacts' | 'Items' | 'Invoices', json: string): RemoteRecord {
  const row = readRow(shapeOf(collection), parseDecimalJson(json))
  if (row.type !== 'record') throw new Error(`unreadable at ${row.path}`)
  return row.record
}

const page = (collection: 'Contacts' | 'Items' | 'Invoices', text: string) =>
  readPage(shapeOf(collection), { status: 200, json: parseDecimalJson(text), text })

describe('contacts', () => {
  it('reads an absent, null and empty text as the same blank: a missing e-mail must not look like a change', () => {
    const rows = [`{"ContactID":"a","Name":"N",${STAMP}}`, `{"ContactID":"a","Name":"N","EmailAddress":null,${STAMP}}`]
    for (const row of [...rows, `{"ContactID":"a","Name":"N","EmailAddress":"",${STAMP}}`]) {
      expect(read('Contacts', row).fields).toMatchObject({ EmailAddress: '', ContactPersons: [] })
    }
  })

  it('marks archived, anonymised and merged contacts as archived, and keeps where a merge went', () => {
    const merged = read(
      'Contacts',
      `{"ContactID":"a","Name":"N","ContactStatus":"ARCHIVED","MergedToContactID":"b",${STAMP}}`,
    )
    expect(merged).toMatchObject({ life: 'archived', fields: { MergedToContactID: 'b' } })
    expect(read('Contacts', `{"ContactID":"a","Name":"N","ContactStatus":"GDPRREQUEST",${STAMP}}`).life).toBe(
      'archived',
    )
    expect(read('Contacts', `{"ContactID":"a","Name":"N","ContactStatus":"ACTIVE",${STAMP}}`).life).toBe('live')
  })

  it('takes the version with its milliseconds', () => {
    expect(read('Contacts', `{"ContactID":"a","Name":"N",${STAMP}}`).version).toBe('2026-10-06T03:15:20.123Z')
  })
})

describe('invoices', () => {
  const base = `"InvoiceID":"i","Type":"ACCREC","Contact":{"ContactID":"c"},${STAMP}`

  it('keeps a voided invoice alive: its Status tells, and the CRM side must follow it', () => {
    expect(read('Invoices', `{${base},"Status":"VOIDED"}`).life).toBe('live')
  })

  it('knows a row without lines: comparing them would delete lines on the other side', () => {
    expect(read('Invoices', `{${base},"Status":"DRAFT"}`).hasLines).toBe(false)
    expect(read('Invoices', `{${base},"Status":"DRAFT","LineItems":[]}`).hasLines).toBe(true)
  })

  it('tolerates unknown fields, and empty lists where an object could be', () => {
    expect(read('Invoices', `{${base},"Status":"PAID","NewThing":{"x":1},"Payments":[]}`).fields.NewThing).toEqual({
      x: '1',
    })
    expect(read('Items', `{"ItemID":"i","Code":"C","SalesDetails":[],${STAMP}}`).id).toBe('i')
  })
})

describe('pages', () => {
  it('makes the whole answer unreadable for one odd row, and names the field: a row left out would look deleted', () => {
    const text = `{"Invoices":[{"InvoiceID":"i","Type":"ACCREC","Status":"DRAFT","Contact":{"ContactID":"c"},"LineItems":[{"Quantity":"lots"}],${STAMP}}]}`
    expect(page('Invoices', text)).toMatchObject({ type: 'unavailable', code: 'remoteAnswerUnreadable' })
    expect(JSON.stringify(page('Invoices', text))).toContain('Invoices[0].LineItems.0.Quantity')
  })

  it('takes an answer without the list for unreadable, not for an empty one', () => {
    expect(page('Contacts', '{"Status":"OK"}')).toMatchObject({ type: 'unavailable' })
    expect(page('Contacts', '{"Contacts":null}')).toMatchObject({ type: 'unavailable' })
  })
})

// Catches: Zoho's companies and Xero's chart of accounts taken for one another: both are called Accounts (C8).
describe('ledger accounts', () => {
  const row = `"AccountID":"a","Code":"200","Name":"Sales","Status":"ARCHIVED","Type":"REVENUE",${STAMP}`
  const answer = (text: string) =>
    readPage(shapeOf('LedgerAccounts'), { status: 200, json: parseDecimalJson(text), text })

  it('are read whole from /Accounts, under the name that Xero gives them', () => {
    expect(listPath(shapeOf('LedgerAccounts'), 1, {})).toBe('/Accounts')
    expect(traitsOf('LedgerAccounts')).toMatchObject({ sameSecond: 'whole', enforcedKey: null })
    expect(answer(`{"Accounts":[{${row}}]}`)).toMatchObject({
      type: 'ok',
      value: { rows: [{ collection: 'LedgerAccounts', id: 'a', life: 'live', fields: { TaxType: '' } }] },
    })
    expect(answer(`{"LedgerAccounts":[{${row}}]}`)).toMatchObject({ type: 'unavailable' })
  })

  it('are never written, whatever was planned', () => {
    const write = { remoteId: 'a', payload: { Name: 'Other' }, unmodifiedSince: null }
    expect(() => prepareWrite({ collection: 'LedgerAccounts', verb: 'update', rows: [write] })).toThrow('never written')
  })
})

describe('traits', () => {
  it('declares what apply may do at once', () => {
    expect(traitsOf('Contacts')).toMatchObject({
      batchWriteSize: 50,
      sameSecond: 'nextPage',
      enforcedKey: 'ContactNumber',
    })
    expect(traitsOf('Items')).toMatchObject({ sameSecond: 'whole', enforcedKey: 'Code', batchDeleteSize: 1 })
    expect(traitsOf('Invoices').enforcedKey).toBe('InvoiceNumber')
    expect(() => traitsOf('Accounts')).toThrow('Accounts')
  })
})
