import { DEFAULT_SETTINGS } from '@tandem/sync/model/default-settings.ts'
import { type MappingDocument, NO_MAPPING } from '@tandem/sync/model/mapping-document.ts'
import type { ReferenceData, ZohoField } from '@tandem/sync/model/reference.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mappingDocumentSchema, parseMapping } from '../src/views/mapping.ts'
import { API_TOKEN, must, testConnection, testTandem } from './test-tandem.ts'

function fieldOf(apiName: string, changes: Partial<ZohoField> = {}): ZohoField {
  const plain = { label: apiName.replaceAll('_', ' '), dataType: 'text', length: 40, decimalPlaces: null, picklist: [] }
  const flags = { isReadOnly: false, isMandatory: false, isUnique: false, isCustom: true }
  return { apiName, ...plain, ...flags, ...changes }
}

const REFERENCE: ReferenceData = {
  zoho: {
    ...{ zgid: '1', companyName: 'Org', baseCurrency: 'AUD', isMultiCurrency: false, timeZone: 'UTC', userId: 'u' },
    ...{ taxes: [], currencies: ['AUD'], modules: ['Accounts'] },
    fields: {
      Accounts: [
        fieldOf('Site'),
        fieldOf('Region', { dataType: 'picklist', picklist: ['NZ', 'AU'] }),
        fieldOf('Parent_Account', { dataType: 'lookup' }),
        fieldOf('Score', { dataType: 'formula', isReadOnly: true }),
      ],
    },
  },
  xero: {
    ...{ tenantId: 't', name: 'Tenant', shortCode: '', baseCurrency: 'AUD', timeZone: 'UTC' },
    ...{ periodLockDate: null, endOfYearLockDate: null, accounts: [], currencies: ['AUD'], brandingThemes: [] },
    taxRates: [{ taxType: 'OUTPUT', name: 'GST', effectiveRate: '15', status: 'ACTIVE', canApplyToRevenue: true }],
  },
}

async function rig() {
  const made = await testTandem()
  await made.tandem.store.connections.create({ ...testConnection('c1'), reference: REFERENCE })
  const call = async (method: string, path: string, body?: unknown) => {
    const answered = await made.app.request(`/v1/connections/c1/mapping${path}`, {
      method,
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answered.status, body: await answered.text() }
  }
  const stored = async () => must(await made.operations.mapping('c1'))
  const connection = async () => made.tandem.store.connections.get('c1')
  return { ...made, call, stored, connection }
}

const REGION: MappingDocument = {
  ...NO_MAPPING,
  name: 'Ours',
  kinds: {
    contact: [
      {
        field: 'region',
        zoho: 'Region',
        xero: 'AccountsReceivableTaxType',
        direction: 'zohoToXero',
        transform: { toXero: "value == 'NZ' ? 'OUTPUT' : ''" },
      },
    ],
  },
}
const BROKEN: MappingDocument = {
  ...NO_MAPPING,
  kinds: { contact: [{ field: 'site', zoho: 'Nowhere', xero: 'AccountNumber' }] },
}

describe('import and export', () => {
  test('what was imported is exported, and a changed mapping waits for its preview', async () => {
    const { call, stored, connection } = await rig()
    const saved = await call('PUT', '', REGION)
    expect(saved).toMatchObject({ status: 200, body: expect.stringContaining('"change":"preview"') })
    expect(await stored()).toEqual(REGION)
    expect(JSON.parse((await call('GET', '')).body)).toEqual(REGION)
    expect(await connection()).toMatchObject({ generation: 2, firstSyncDone: false })
  })
  // Catches: every link compared anew, and automatic sync stopped, for another name of the same mapping.
  test('the same meaning under another name or policy is no new generation', async () => {
    const { call, connection } = await rig()
    await call('PUT', '', REGION)
    const [field] = REGION.kinds.contact ?? []
    const renamed = { ...REGION, name: 'Still ours', kinds: { contact: [{ ...field, policy: 'zoho' }] } }
    expect((await call('PUT', '', renamed)).body).toContain('"change":"none"')
    expect(await connection()).toMatchObject({ generation: 2, settings: { mapping: { name: 'Still ours' } } })
  })
  // Catches: half of a document stored, or one that holds every record.
  test.each([
    ['a fault', BROKEN, 'Zoho Accounts has no field Nowhere'],
    ['a misspelt name', { ...REGION, kindz: {} }, 'kindz'],
    ['a form of tomorrow', { ...REGION, version: 2 }, 'version'],
    ['a kind that is none', { ...REGION, kinds: { leads: [] } }, 'leads'],
    ['no document at all', ['mapping'], 'body'],
  ])('%s changes nothing and says why', async (_what, document, told) => {
    const { call, stored, connection } = await rig()
    const answered = await call('PUT', '', document)
    expect(answered).toMatchObject({ status: 400, body: expect.stringContaining(told) })
    expect(await stored()).toEqual(NO_MAPPING)
    expect((await connection())?.generation).toBe(1)
  })
  // Catches: a mapping that cannot work, stored through the settings as a whole.
  test('the settings take no broken mapping either', async () => {
    const { operations, stored } = await rig()
    const saved = await operations.saveSettings('c1', { ...DEFAULT_SETTINGS, mapping: BROKEN })
    expect(saved).toMatchObject({ type: 'problem', problem: { code: 'badInput' } })
    expect(await stored()).toEqual(NO_MAPPING)
  })
  test('a check lists every fault and stores nothing', async () => {
    const { call, stored } = await rig()
    const faults = JSON.parse((await call('POST', '/check', BROKEN)).body)
    expect(faults).toMatchObject({ faults: [{ kind: 'contact', field: 'site', code: 'mappingInvalid' }] })
    expect(JSON.parse((await call('POST', '/check', REGION)).body)).toEqual({ faults: [] })
    expect(await stored()).toEqual(NO_MAPPING)
  })
})

const word = fc.string({ maxLength: 12 })
const fieldMapping = fc.record(
  {
    field: word,
    zoho: word,
    xero: word,
    direction: fc.constantFrom('both', 'zohoToXero', 'xeroToZoho'),
    policy: fc.constantFrom('zoho', 'xero', 'newest', 'ask'),
    blankErases: fc.boolean(),
    transform: fc.record({ toXero: word, toZoho: word }, { requiredKeys: [] }),
    when: word,
    values: fc.array(fc.tuple(word, word), { maxLength: 4 }),
    lookup: fc.constantFrom('contact', 'item', 'invoice'),
  },
  { requiredKeys: ['field', 'zoho', 'xero'] },
)
const anyDocument = fc.record({
  version: fc.constant(1),
  name: word,
  kinds: fc.record(
    { contact: fc.array(fieldMapping), item: fc.array(fieldMapping), invoice: fc.array(fieldMapping) },
    { requiredKeys: [] },
  ),
})

// Catches: a part of a document that the border drops, or adds.
test('export(import(x)) is x for every document, through JSON', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const imported = must(parseMapping(JSON.parse(JSON.stringify(document))))
      const exported: unknown = JSON.parse(JSON.stringify(mappingDocumentSchema.parse(imported)))
      expect(exported).toEqual(JSON.parse(JSON.stringify(document)))
    }),
  )
})

describe('a sample record', () => {
  test('is tried on the stored mapping or on another one (R20c)', async () => {
    const { call } = await rig()
    const sample = { kind: 'contact', side: 'zoho', record: { Region: 'NZ', Number: 7 } }
    expect(JSON.parse((await call('POST', '/test', sample)).body)).toEqual({ fields: [] })
    const tried = JSON.parse((await call('POST', '/test', { ...sample, document: REGION })).body)
    expect(tried).toMatchObject({
      fields: [{ field: 'region', outcome: { type: 'written', payload: { AccountsReceivableTaxType: 'OUTPUT' } } }],
    })
  })
  test('a broken document is refused before anything is tried', async () => {
    const { call } = await rig()
    const sample = { kind: 'contact', side: 'zoho', record: {}, document: BROKEN }
    expect(await call('POST', '/test', sample)).toMatchObject({ status: 400 })
  })
})

test("presets and catalogue name both systems' words (R21a, R22)", async () => {
  const { call } = await rig()
  const presets = JSON.parse((await call('GET', '/presets')).body)
  expect(presets).toMatchObject([{ id: 'default', document: NO_MAPPING }, { id: 'literalNames' }])
  await call('PUT', '', REGION)
  const { kinds } = JSON.parse((await call('GET', '/catalogue')).body)
  expect(kinds[0].fields).toContainEqual(
    expect.objectContaining({
      field: 'region',
      label: { zoho: 'Region', xero: 'Default sales tax' },
      origin: 'document',
    }),
  )
  expect(kinds[0].zoho).toContainEqual({ name: 'Score', label: 'Score', type: 'text', isWritable: false })
  expect(kinds[0].xero).toContainEqual({ name: 'Website', label: 'Website', type: 'text', isWritable: false })
})

test('an organisation whose fields were never read takes no mapping', async () => {
  const { operations, tandem } = await rig()
  await tandem.store.connections.create(testConnection('c2'))
  expect(await operations.saveMapping('c2', REGION)).toMatchObject({
    type: 'problem',
    problem: { code: 'notConnected' },
  })
})
