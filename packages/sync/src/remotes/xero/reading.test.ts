import { describe, expect, it } from 'vitest'
import { openXeroBench, unwrap, type XeroBench } from '../../../test/xero-sandbox.ts'
import type { Collection } from '../../model/kind.ts'
import { EMAIL_DOMAIN } from '../../model/op.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { decimalValue, type ValueObject } from '../../model/value.ts'

const COUNTS = { contacts: 2000, items: 40, invoices: 60 }

async function listAll(bench: XeroBench, collection: Collection, since: string | null = null) {
  const rows: RemoteRecord[] = []
  for (let page = 1; ; page += 1) {
    const answer = unwrap(await bench.remote.listPage({ collection, since, page }))
    rows.push(...answer.rows)
    if (!answer.hasMore) return rows
  }
}

async function create(bench: XeroBench, collection: Collection, payloads: readonly ValueObject[]) {
  const rows = payloads.map((payload) => ({ remoteId: null, payload, unmodifiedSince: null }))
  const prepared = bench.remote.prepare({ collection, verb: 'create', rows })
  const outcomes = unwrap(await bench.remote.send(prepared, `key-${bench.network.requests.length}`))
  return outcomes.map((outcome) => {
    if (outcome.type !== 'ok') throw new Error(JSON.stringify(outcome))
    return outcome.remoteId
  })
}

const idsOf = (records: readonly RemoteRecord[]) => records.map((record) => record.id)
const line = {
  Description: 'Work',
  Quantity: decimalValue('1'),
  UnitAmount: decimalValue('10.1234'),
  AccountCode: '200',
}
const draft = (contactId: string, extra: ValueObject): ValueObject => ({
  Type: 'ACCREC',
  Contact: { ContactID: contactId },
  LineItems: [line],
  ...extra,
})

describe('list', () => {
  it('walks all pages oldest first, each record once, with lines and all', async () => {
    const bench = await openXeroBench({ counts: COUNTS })
    const contacts = await listAll(bench, 'Contacts')
    expect(contacts.length).toBeGreaterThan(1000)
    expect(new Set(idsOf(contacts)).size).toBe(contacts.length)
    expect(contacts.map((one) => one.version)).toEqual(contacts.map((one) => one.version).sort())
    const invoices = await listAll(bench, 'Invoices')
    expect(invoices.every((one) => one.hasLines && one.fields.Type === 'ACCREC')).toBe(true)
    expect(bench.remote.usage().byPurpose).toEqual({ 'Contacts.list': 2, 'Invoices.list': 1 })
  })

  it('survives a 404 for the page past the end', async () => {
    const bench = await openXeroBench()
    bench.sandbox.control.switches.set('pastTheEnd', 'notFound')
    const answer = await bench.remote.listPage({ collection: 'Contacts', since: null, page: 9 })
    expect(answer).toEqual({ type: 'ok', value: { rows: [], hasMore: false } })
  })

  it('shows archived, merged, voided and deleted records in a delta: their end must reach the CRM', async () => {
    const bench = await openXeroBench()
    bench.sandbox.control.switches.set('unfilteredInvoices', 'excludeDeleted')
    const ids = await create(
      bench,
      'Contacts',
      ['A', 'B', 'C'].map((Name) => ({ Name })),
    )
    const [kept = '', archived = '', merged = ''] = ids
    const [voided = '', deleted = ''] = await create(bench, 'Invoices', [
      draft(kept, { Status: 'AUTHORISED', Date: '2026-10-06', DueDate: '2026-11-06', LineAmountTypes: 'Exclusive' }),
      draft(kept, {}),
    ])
    await bench.clock.advance(5000)
    const since = new Date(bench.clock.now()).toISOString()
    await bench.clock.advance(5000)
    await bench.act({ action: 'archiveContact', id: archived })
    await bench.act({ action: 'mergeContacts', loser: merged, survivor: kept })
    await bench.act({ action: 'void', id: voided })
    await bench.act({ action: 'deleteDraft', id: deleted })
    const contacts = await listAll(bench, 'Contacts', since)
    expect(contacts.map((one) => [one.id, one.life, one.fields.MergedToContactID])).toEqual(
      expect.arrayContaining([
        [archived, 'archived', ''],
        [merged, 'archived', kept],
      ]),
    )
    const invoices = await listAll(bench, 'Invoices', since)
    expect(new Map(invoices.map((one) => [one.id, one.fields.Status]))).toEqual(
      new Map([
        [voided, 'VOIDED'],
        [deleted, 'DELETED'],
      ]),
    )
  })

  it('lists all items every time, so that an absence can be seen, and nothing on a second page', async () => {
    const bench = await openXeroBench({ counts: COUNTS })
    const since = new Date(bench.clock.now()).toISOString()
    const first = unwrap(await bench.remote.listPage({ collection: 'Items', since, page: 1 }))
    expect(first.rows.length).toBeGreaterThan(10)
    expect(first.rows.map((one) => one.version)).toEqual(first.rows.map((one) => one.version).sort())
    expect(unwrap(await bench.remote.listPage({ collection: 'Items', since, page: 2 })).rows).toEqual([])
  })

  it('reads unit prices with four decimals: two would round the price of every line', async () => {
    const bench = await openXeroBench()
    const [contact = ''] = await create(bench, 'Contacts', [{ Name: 'A' }])
    await create(bench, 'Invoices', [draft(contact, {})])
    const [invoice] = await listAll(bench, 'Invoices')
    expect(JSON.stringify(invoice?.fields.LineItems)).toContain('"UnitAmount":"10.1234"')
  })

  it('has no feed of deletions and no persons', async () => {
    const bench = await openXeroBench()
    expect(await bench.remote.listDeleted({ collection: 'Items', since: null, page: 1 })).toMatchObject({ type: 'ok' })
    expect(await bench.remote.readPersons(['x'])).toEqual({ type: 'ok', value: [] })
    await expect(bench.remote.listSecond({ collection: 'Items', second: '', afterId: '' })).rejects.toThrow('second')
  })
})

describe('readMany', () => {
  it('reads by id in chunks of 40, archived ones too, and leaves out what is gone', async () => {
    const bench = await openXeroBench({ counts: COUNTS })
    const ids = idsOf(await listAll(bench, 'Contacts')).slice(0, 90)
    await bench.act({ action: 'archiveContact', id: ids[0] ?? '' })
    const asked = [...ids, ids[1] ?? '', '11111111-1111-4111-8111-111111111111']
    const records = unwrap(await bench.remote.readMany('Contacts', asked))
    expect(idsOf(records).toSorted()).toEqual(ids.toSorted())
    expect(records.find((one) => one.id === ids[0])?.life).toBe('archived')
    expect(bench.remote.usage().byPurpose['Contacts.read']).toBe(3)
  })

  it('reads items out of the whole list, and asks nothing for nothing', async () => {
    const bench = await openXeroBench({ counts: COUNTS })
    const [first = '', second = ''] = idsOf(await listAll(bench, 'Items'))
    expect(idsOf(unwrap(await bench.remote.readMany('Items', [second, first]))).toSorted()).toEqual(
      [first, second].toSorted(),
    )
    expect(unwrap(await bench.remote.readMany('Contacts', []))).toEqual([])
    expect(bench.remote.usage().byPurpose).toEqual({ 'Items.list': 1, 'Items.read': 1 })
  })

  it('makes a truncated or HTML answer unavailable, never an empty one: emptiness would read as deletion', async () => {
    const bench = await openXeroBench({ counts: COUNTS })
    bench.sandbox.control.faults.add({ effect: { type: 'truncate' }, path: '/Items', skip: 0, times: 1 })
    expect(await bench.remote.readMany('Items', ['x'])).toMatchObject({ code: 'remoteAnswerUnreadable' })
    bench.sandbox.control.faults.add({
      effect: { type: 'respond', status: 200, body: '<html>', headers: { 'content-type': 'text/html' } },
      path: '/Items',
      skip: 0,
      times: 1,
    })
    expect(await bench.remote.readMany('Items', ['x'])).toMatchObject({ type: 'unavailable' })
  })
})

describe('findByKey', () => {
  const find = async (bench: XeroBench, collection: Collection, field: string, ...values: string[]) =>
    idsOf(
      unwrap(
        await bench.remote.findByKey(
          collection,
          values.map((value) => ({ field, value })),
        ),
      ),
    )

  it('finds contacts by number, name and e-mail, whatever characters they hold', async () => {
    const bench = await openXeroBench()
    const names = ['Café & Söhne', 'Cafe & Söhne', 'Say "Hi" Pty', 'Back\\slash', 'A/B 50% + #1']
    const ids = await create(
      bench,
      'Contacts',
      names.map((Name, index) => ({ Name, ContactNumber: `N/${index}`, EmailAddress: `a${index}@x.example` })),
    )
    for (const [index, Name] of names.entries()) {
      expect(await find(bench, 'Contacts', 'Name', Name)).toEqual([ids[index]])
      expect(await find(bench, 'Contacts', 'ContactNumber', `N/${index}`)).toEqual([ids[index]])
      expect(await find(bench, 'Contacts', 'EmailAddress', `A${index}@x.example`)).toEqual([ids[index]])
    }
    expect(await find(bench, 'Contacts', 'Name', 'café & söhne')).toEqual([ids[0]])
    expect(await find(bench, 'Contacts', 'ContactNumber', 'N', 'nowhere', '')).toEqual([])
  })

  it('finds contacts by their tax number as it is written, and by the domain of their mailbox', async () => {
    const bench = await openXeroBench()
    const [spaced, plain] = await create(bench, 'Contacts', [
      { Name: 'Spaced', TaxNumber: '51 824 753 556', EmailAddress: 'ada@Wattle.example' },
      { Name: 'Plain', TaxNumber: '51824753556', EmailAddress: 'ada@notwattle.example' },
      { Name: 'ada@wattle.example' },
    ])
    expect(await find(bench, 'Contacts', 'TaxNumber', '51824753556', '51 824 753 556')).toEqual([spaced, plain])
    expect(await find(bench, 'Contacts', 'TaxNumber', '51 824 753 556')).toEqual([spaced])
    expect(await find(bench, 'Contacts', EMAIL_DOMAIN, 'wattle.example')).toEqual([spaced])
    expect(await find(bench, 'Contacts', EMAIL_DOMAIN, 'example')).toEqual([])
  })

  it('finds archived contacts: creating over one fails, so a person must see it', async () => {
    const bench = await openXeroBench()
    const [id = ''] = await create(bench, 'Contacts', [{ Name: 'Old & Co', ContactNumber: 'ZC-1' }])
    await bench.act({ action: 'archiveContact', id })
    expect(await find(bench, 'Contacts', 'Name', 'Old & Co')).toEqual([id])
    expect(await find(bench, 'Contacts', 'ContactNumber', 'ZC-1')).toEqual([id])
  })

  it('finds names that Xero shows HTML-escaped', async () => {
    const bench = await openXeroBench()
    const [id = ''] = await create(bench, 'Contacts', [{ Name: 'Smith & "Sons"' }])
    bench.sandbox.control.switches.set('htmlEscapedNames', 'escaped')
    expect(await find(bench, 'Contacts', 'Name', 'Smith & "Sons"')).toEqual([id])
  })

  it('finds items by their code, whatever the letter case: two spellings would become two items', async () => {
    const bench = await openXeroBench()
    const ids = await create(
      bench,
      'Items',
      ['A B', 'C/D', 'E'].map((Code) => ({ Code, Name: Code })),
    )
    expect(await find(bench, 'Items', 'Code', 'A B')).toEqual([ids[0]])
    expect(await find(bench, 'Items', 'Code', 'C/D')).toEqual([ids[1]])
    expect(bench.remote.usage().byPurpose['Items.find']).toBe(2)
    expect(await find(bench, 'Items', 'Code', 'a b')).toEqual([ids[0]])
    expect(await find(bench, 'Items', 'Code', 'A')).toEqual([])
    expect(await find(bench, 'Items', 'Code', 'E', 'A B', 'none')).toEqual([ids[0], ids[2]])
  })

  it('finds sales invoices by number, never a bill of the same number', async () => {
    const bench = await openXeroBench()
    const [contact = ''] = await create(bench, 'Contacts', [{ Name: 'A' }])
    const [first, odd] = await create(bench, 'Invoices', [
      draft(contact, { InvoiceNumber: 'CRM-1' }),
      draft(contact, { InvoiceNumber: 'CRM-2, "b"' }),
      draft(contact, { InvoiceNumber: 'CRM-3', Type: 'ACCPAY' }),
    ])
    expect(await find(bench, 'Invoices', 'InvoiceNumber', 'CRM-1', 'CRM-3', 'CRM-9')).toEqual([first])
    expect(await find(bench, 'Invoices', 'InvoiceNumber', 'CRM-2, "b"')).toEqual([odd])
  })

  it('finds our own invoice by its link: how a create without a number is found again', async () => {
    const bench = await openXeroBench()
    const [contact = ''] = await create(bench, 'Contacts', [{ Name: 'A' }])
    const url = (n: number) => `https://crm.example/r/${n}`
    const ids = await create(
      bench,
      'Invoices',
      [1, 2, 3].map((n) => draft(contact, { Url: url(n) })),
    )
    expect(await find(bench, 'Invoices', 'Url', url(2))).toEqual([ids[1]])
    expect(await find(bench, 'Invoices', 'Url', url(9))).toEqual([])
  })
})

describe('fetchReference', () => {
  it('reads organisation, accounts, tax rates, currencies, themes and tracking', async () => {
    const bench = await openXeroBench({ counts: COUNTS })
    await bench.act({ action: 'setLockDate', period: '2026-06-30' })
    const reference = unwrap(await bench.remote.fetchReference())
    expect(reference).toMatchObject({
      tenantId: bench.tenantId,
      baseCurrency: 'AUD',
      timeZone: 'Australia/Sydney',
      periodLockDate: '2026-06-30',
      endOfYearLockDate: null,
    })
    expect(reference.taxRates.find((rate) => rate.taxType === 'OUTPUT')).toMatchObject({
      effectiveRate: '10.0000',
      canApplyToRevenue: true,
    })
    expect(reference.accounts.find((account) => account.code === '200')).toMatchObject({
      class: 'REVENUE',
      systemAccount: '',
    })
    expect(reference.currencies).toContain('AUD')
    expect(reference.brandingThemes.length).toBeGreaterThan(0)
    expect(reference.trackingCategories).toMatchObject([
      { name: 'Region', status: 'ACTIVE', options: [{ name: 'North', status: 'ACTIVE' }, { name: 'South' }] },
    ])
  })
})
