import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { must, type ZohoBench, zohoBench } from '../../../test/zoho-sandbox.ts'
import { DEFAULT_SETTINGS } from '../../model/default-settings.ts'
import { PAYMENT_STATES } from '../../model/invoice-settings.ts'
import type { Provisioned } from '../../model/settings.ts'
import { newChannel } from './channels.ts'
import { authorizationUrl, exchangeCode } from './oauth.ts'
import { readCallback } from './oauth-callback.ts'
import { provisionZoho } from './provision.ts'
import { scopesFor } from './scopes.ts'

const MODULES = ['Accounts', 'Contacts', 'Products', 'Invoices'] as const
const EMPTY = DEFAULT_SETTINGS.provisioned
const fieldIds = z.object({ fields: z.array(z.object({ id: z.string(), api_name: z.string() })) })
const THEMES = ['Standard', 'Very orange invoice!']

const provision = (bench: ZohoBench, previous: Provisioned = EMPTY, brandingThemes: readonly string[] = THEMES) =>
  provisionZoho(bench.remote(), { modules: MODULES, previous, brandingThemes })

async function customFields(bench: ZohoBench) {
  const remote = bench.remote()
  const lists = await Promise.all(MODULES.map((module) => remote.fetchFields(module)))
  return lists.flatMap((list) => must(list).filter((field) => field.isCustom))
}

describe('provisioning', () => {
  test('creates all fields and the service product, and reads back their real names', async () => {
    const bench = zohoBench()
    const provisioned = must(await provision(bench))
    const fields = await customFields(bench)
    expect(fields).toHaveLength(14)
    for (const module of MODULES) expect(provisioned.xeroId[module]).toMatch(/^Xero_ID/)
    expect(fields.filter((field) => field.label === 'Xero ID').every((field) => field.isUnique)).toBe(true)
    expect(fields.find((field) => field.apiName === provisioned.brandingTheme)?.picklist).toEqual(
      expect.arrayContaining(THEMES),
    )
    const typeOf = (apiName: string) => fields.find((field) => field.apiName === apiName)?.dataType
    expect([typeOf(provisioned.amountDue), typeOf(provisioned.lastSynced)]).toEqual(['currency', 'datetime'])
    expect(fields.find((field) => field.apiName === provisioned.paymentState)?.picklist).toEqual(
      expect.arrayContaining([...PAYMENT_STATES]),
    )
    const [product] = must(await bench.remote().readMany('Products', [provisioned.serviceProductId]))
    expect(product?.fields.Product_Code).toBe('TANDEM-SERVICE')
  })

  // Catches: bills that are switched on without a place for what joins them to their orders (I2).
  test('of suppliers and purchase orders only where they are asked for, and found again', async () => {
    const bench = zohoBench()
    expect(must(await provision(bench)).bill.amountDue).toBe('')
    const modules = [...MODULES, 'Vendors', 'Purchase_Orders'] as const
    const provisioned = must(await provisionZoho(bench.remote(), { modules, previous: EMPTY, brandingThemes: THEMES }))
    const custom = async (module: string) =>
      must(await bench.remote().fetchFields(module)).filter((field) => field.isCustom)
    expect((await custom('Vendors')).map((field) => [field.apiName, field.isUnique])).toEqual([
      [provisioned.xeroId.Vendors, true],
    ])
    const names = (await custom('Purchase_Orders')).map((field) => field.apiName)
    expect(names).toEqual([provisioned.xeroId.Purchase_Orders, ...Object.values(provisioned.bill)])
    const again = { modules, previous: provisioned, brandingThemes: THEMES }
    expect(must(await provisionZoho(bench.remote(), again))).toEqual(provisioned)
  })

  test('of quotes only where they are asked for: their Xero ID, and Xero’s number beside the automatic one', async () => {
    const bench = zohoBench()
    expect(must(await provision(bench)).xeroQuoteNumber).toBe('')
    const before = await customFields(bench)
    const modules = [...MODULES, 'Quotes'] as const
    const wish = { modules, previous: EMPTY, brandingThemes: THEMES }
    const provisioned = must(await provisionZoho(bench.remote(), wish))
    expect(provisioned.xeroQuoteNumber).toMatch(/^Xero_Quote_No/)
    const fields = must(await bench.remote().fetchFields('Quotes')).filter((field) => field.isCustom)
    expect(fields.map((field) => [field.apiName, field.isUnique])).toEqual([
      [provisioned.xeroId.Quotes, true],
      [provisioned.xeroQuoteNumber, false],
    ])
    expect(await customFields(bench)).toEqual(before)
  })

  // Catches: a payment that cannot name its note, or an id that does not fit into its own field.
  test('of credit notes only where they are asked for: their module, and the lookup of payments to it', async () => {
    const bench = zohoBench()
    const alone = [...MODULES, 'XeroPayments'] as const
    const wish = { modules: alone, previous: EMPTY, brandingThemes: THEMES }
    const before = must(await provisionZoho(bench.remote(), wish))
    expect([before.payment.type, before.payment.creditNote]).toEqual([expect.stringMatching(/^Payment_Type/), ''])
    const modules = [...MODULES, 'XeroCreditNotes', 'XeroPayments'] as const
    const after = must(await provisionZoho(bench.remote(), { ...wish, modules, previous: before }))
    expect(Object.values(after.creditNote)).not.toContain('')
    expect(after.payment).toEqual({ ...before.payment, creditNote: expect.stringMatching(/^Credit_Note_Used/) })
    const fields = must(await bench.remote().fetchFields('XeroPayments'))
    const known = fields.find(({ apiName }) => apiName === after.xeroId.XeroPayments)
    expect([known?.isUnique, known?.length]).toEqual([true, 80])
    expect(fields.find(({ apiName }) => apiName === after.payment.type)?.picklist).toContain('Credit note')
  })

  // Catches: no sync at all, or a second key beside the first, where Zoho keeps no field of tasks unique.
  test.each(['SUCCESS', 'NOT_SUPPORTED'])(
    'of tasks only where they are wanted, unique if Zoho lets it be (%s)',
    async (way) => {
      const bench = zohoBench()
      bench.sandbox.control.switches.set('uniqueOnTasks', way)
      expect(must(await provision(bench)).xeroId.Tasks).toBeUndefined()
      const wish = { modules: ['Tasks'] as const, previous: EMPTY, brandingThemes: THEMES }
      const provisioned = must(await provisionZoho(bench.remote(), wish))
      const custom = async () => must(await bench.remote().fetchFields('Tasks')).filter((field) => field.isCustom)
      expect((await custom()).map(({ apiName, isUnique, length }) => [apiName, isUnique, length])).toEqual([
        [provisioned.xeroId.Tasks, way === 'SUCCESS', 100],
      ])
      expect(must(await provisionZoho(bench.remote(), { ...wish, previous: provisioned }))).toEqual(provisioned)
      expect(await custom()).toHaveLength(1)
    },
  )

  test('a second run changes nothing: a twin field would split the values', async () => {
    const bench = zohoBench()
    const first = must(await provision(bench))
    const before = bench.sandbox.control.log.list().filter((entry) => entry.method === 'POST').length
    expect(must(await provision(bench, first))).toEqual(first)
    expect(must(await provision(bench))).toEqual(first)
    const posts = bench.sandbox.control.log
      .list()
      .filter((entry) => entry.method === 'POST')
      .slice(before)
    expect(posts.every((entry) => entry.path.endsWith('/coql'))).toBe(true)
    expect(await customFields(bench)).toHaveLength(14)
  })

  test('a lost answer makes no second field', async () => {
    const bench = zohoBench()
    bench.sandbox.control.faults.add({
      effect: { type: 'dropAfter' },
      method: 'POST',
      path: 'settings/fields',
      skip: 0,
      times: 4,
    })
    bench.sandbox.control.faults.add({
      effect: { type: 'dropAfter' },
      method: 'POST',
      path: '/Products',
      skip: 0,
      times: 1,
    })
    const provisioned = must(await provision(bench))
    expect(await customFields(bench)).toHaveLength(14)
    expect(provisioned.serviceProductId).not.toBe('')
    const products = must(await bench.remote().listPage({ collection: 'Products', since: null, page: 1 }))
    expect(products.rows).toHaveLength(1)
  })

  test('a deleted field is made again, and the other names stay', async () => {
    const bench = zohoBench()
    const first = must(await provision(bench))
    const list = await bench.tokens.current()
    const authorization = `Zoho-oauthtoken ${must(list).accessToken}`
    const base = 'http://localhost:4010/crm/v8/settings/fields'
    const answer = await bench.sandbox.app.fetch(new Request(`${base}?module=Invoices`, { headers: { authorization } }))
    const { fields } = fieldIds.parse(await answer.json())
    const doomed = fields.find((field) => field.api_name === first.addToXero)?.id ?? ''
    const gone = await bench.sandbox.app.fetch(
      new Request(`${base}/${doomed}?module=Invoices`, { method: 'DELETE', headers: { authorization } }),
    )
    expect(gone.status).toBe(200)
    const repaired = must(await provision(bench, first))
    expect({ ...repaired, addToXero: '' }).toEqual({ ...first, addToXero: '' })
    expect((await customFields(bench)).map((field) => field.apiName)).toContain(repaired.addToXero)
  })

  test('a field of the same label that cannot serve is told, not doubled and not trusted', async () => {
    const bench = zohoBench()
    const plain = { label: 'Xero ID', dataType: 'text', length: 50, isUnique: false, picklist: [] } as const
    must(await bench.remote().createFields('Accounts', [plain]))
    expect(await provision(bench)).toMatchObject({
      type: 'refused',
      code: 'fieldMissing',
      message: expect.stringContaining('unique'),
    })
  })

  test('without branding themes the field is a text: a picklist needs a value', async () => {
    const bench = zohoBench()
    const provisioned = must(await provision(bench, EMPTY, []))
    const field = (await customFields(bench)).find((one) => one.apiName === provisioned.brandingTheme)
    expect(field?.dataType).toBe('text')
  })

  test('the unique field really is enforced: creates rest on it', async () => {
    const bench = zohoBench()
    const { xeroId } = must(await provision(bench))
    const remote = bench.remote({ provisionedXeroId: xeroId })
    const field = remote.traits('Accounts').enforcedKey ?? ''
    const row = { remoteId: null, payload: { Account_Name: 'A', [field]: 'x-1' }, unmodifiedSince: null }
    for (const details of ['full', 'reduced'] as const) {
      bench.sandbox.control.switches.set('duplicateDetails', details)
      const rows = must(
        await remote.send(remote.prepare({ collection: 'Accounts', verb: 'create', rows: [row, row] }), ''),
      )
      expect(rows[1]).toMatchObject({ type: 'duplicate', field })
    }
    const found = must(await remote.findByKey('Accounts', [{ field, value: 'x-1' }]))
    expect(found).toHaveLength(1)
  })
})

describe('reference data', () => {
  test('names the org, the user, its taxes, currencies and fields', async () => {
    const bench = zohoBench({ contacts: 3, items: 2, invoices: 2 })
    const reference = must(await bench.remote().fetchReference([...MODULES, 'Invoiced_Items']))
    expect(reference.zgid).toBe(bench.sandbox.credentials.zgid)
    expect(reference.userId).toBe(bench.sandbox.credentials.users[0]?.id)
    expect(reference).toMatchObject({ baseCurrency: 'AUD', isMultiCurrency: true })
    expect(reference.taxes).toContainEqual({ id: expect.any(String), name: 'GST', percentage: '10' })
    expect(reference.currencies).toContain('AUD')
    expect(reference.fields.Accounts?.find((field) => field.apiName === 'Account_Name')).toMatchObject({
      isMandatory: true,
    })
    expect(reference.fields.Invoiced_Items?.map((field) => field.apiName)).toContain('List_Price')
  })

  test('an org with one currency has its base alone', async () => {
    const bench = zohoBench({ contacts: 1, items: 1, invoices: 0 })
    bench.sandbox.control.switches.set('multiCurrency', 'off')
    const reference = must(await bench.remote().fetchReference([]))
    expect(reference).toMatchObject({ currencies: ['AUD'], isMultiCurrency: false })
  })

  test.each(['settings', 'org'] as const)(
    'the scopes that we ask for suffice for all we do, taxes by the %s scope included',
    async (scope) => {
      const bench = zohoBench({ contacts: 1, items: 1, invoices: 1 })
      bench.sandbox.control.switches.set('taxScope', scope)
      const url = authorizationUrl(bench.app, {
        state: 's',
        scopes: scopesFor({ collections: MODULES, deletesIn: [] }),
      })
      const response = await bench.sandbox.app.fetch(new Request(url))
      const query = new URL(response.headers.get('location') ?? '').searchParams
      const { grant } = must(await exchangeCode(bench.app, must(readCallback(query, 's'))))
      const remote = bench.remote({ tokens: bench.keeperFor(grant.refreshToken ?? '') })
      expect(must(await remote.fetchReference(MODULES)).taxes.length).toBeGreaterThan(0)
      must(await provisionZoho(remote, { modules: MODULES, previous: EMPTY, brandingThemes: THEMES }))
      const channel = newChannel({ connectionId: 'c', publicUrl: 'https://t.example.com', collections: MODULES }, bench)
      must(await remote.subscribe(channel))
      must(await remote.renew(channel))
      must(await remote.unsubscribe(channel.channelId))
      for (const collection of MODULES) {
        const { rows } = must(await remote.listPage({ collection, since: null, page: 1 }))
        must(
          await remote.readMany(
            collection,
            rows.map((row) => row.id),
          ),
        )
        must(await remote.listDeleted({ collection, since: null, page: 1 }))
      }
    },
  )

  test('a tax list that needs another scope names it', async () => {
    const bench = zohoBench()
    must(await bench.tokens.current())
    await bench.act({ action: 'removeScope', scope: 'ZohoCRM.settings.ALL' })
    expect(await bench.remote().fetchReference([])).toMatchObject({
      type: 'disconnected',
      code: 'scopeMissing',
      message: expect.stringContaining('ZohoCRM.settings.READ'),
    })
  })

  test('a module that the edition lacks is named', async () => {
    expect(await zohoBench().remote().fetchReference(['Price_Listings'])).toMatchObject({
      type: 'refused',
      code: 'moduleMissing',
      message: expect.stringContaining('Price_Listings'),
    })
  })
})
