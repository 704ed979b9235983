import type { Code } from '@tandem/sync/model/codes.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { xeroAct, xeroCreate, zohoCreate } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { forgetRequests } from '../../src/rig/requests.ts'
import { atRest, crmInvoice, inboxOf, withInvoice, writesTo } from './invoice-scene.ts'
import { firstCompany, syncedCompany } from './small-company.ts'

let rig: EngineRig
afterEach(() => rig.close())

/** After this the organisations' settings are read again. */
const NEXT_DAY_MS = 25 * 3_600_000

const APPROVED = { paid: 'AUTHORISED', unpaid: 'AUTHORISED' } as const

interface Broken {
  readonly rule: string
  readonly codes: readonly Code[]
  readonly settings?: (settings: ConnectionSettings) => ConnectionSettings
  readonly breakIt: () => Promise<unknown>
}

async function unlikeCurrencies() {
  const { reference } = (await rig.store.connections.get(rig.connectionId)) ?? {}
  if (reference === null || reference === undefined) throw new Error('No reference data')
  const xero = { ...reference.xero, currencies: ['AUD'] }
  await rig.store.connections.saveReference(rig.connectionId, { ...reference, xero }, rig.ports.clock.now())
  await crmInvoice(rig, { Currency: 'USD' })
}

const RULES: readonly Broken[] = [
  {
    rule: 'a lock date',
    codes: ['lockDate'],
    breakIt: async () => {
      await xeroAct(rig, { action: 'setLockDate', period: '2026-10-31' })
      await rig.clock.advance(NEXT_DAY_MS)
      await crmInvoice(rig, { Invoice_Date: '2026-10-31' })
    },
  },
  {
    rule: 'an archived customer',
    codes: ['customerArchived'],
    breakIt: async () => {
      const { contact } = await firstCompany(rig)
      await xeroAct(rig, { action: 'archiveContact', id: contact.id })
      await crmInvoice(rig)
    },
  },
  {
    rule: 'a customer whose name is taken',
    // The company, the stranger of its name, and the invoice that waits for it.
    codes: ['nameTakenByStranger', 'nameTakenByStranger', 'missingParent'],
    breakIt: async () => {
      await xeroCreate(rig, 'createContact', { Name: 'Ash Tree Works', IsSupplier: true })
      const account = await zohoCreate(rig, 'Accounts', { Account_Name: 'Ash Tree Works' })
      await crmInvoice(rig, { Account_Name: { id: account.id } })
    },
  },
  {
    rule: 'an account that is archived',
    codes: ['accountNotValid'],
    breakIt: async () => {
      await xeroAct(rig, { action: 'archiveAccount', code: '200' })
      await rig.clock.advance(NEXT_DAY_MS)
      const { serviceProductId } = (await rig.settings()).provisioned
      await crmInvoice(rig, {
        Invoiced_Items: [
          { Product_Name: { id: serviceProductId }, Quantity: 1, List_Price: 10, Description: 'Travel' },
        ],
      })
    },
  },
  {
    rule: 'an item without a good account on an approved invoice',
    codes: ['accountNotValid'],
    settings: withInvoice({ arrivalStatus: APPROVED }),
    breakIt: async () => {
      await xeroAct(rig, { action: 'archiveAccount', code: '200' })
      await rig.clock.advance(NEXT_DAY_MS)
      await crmInvoice(rig)
    },
  },
  {
    rule: 'a currency that Xero does not have',
    codes: ['currencyNotEnabled'],
    breakIt: unlikeCurrencies,
  },
  {
    rule: 'no due date on an approved invoice',
    codes: ['dueDateMissing'],
    settings: withInvoice({ arrivalStatus: APPROVED, dueRule: null }),
    breakIt: () => crmInvoice(rig),
  },
  {
    rule: 'totals that would differ',
    codes: ['totalsDiffer'],
    breakIt: () => crmInvoice(rig, { Adjustment: 5 }),
  },
  {
    rule: 'an unmapped tax',
    codes: ['unmappedTax'],
    settings: (settings) => ({
      ...settings,
      taxMap: settings.taxMap.filter(({ zohoTaxIds }) => zohoTaxIds.length > 0),
    }),
    breakIt: () => crmInvoice(rig),
  },
]

// Catches: a rule of Xero that is only known by its refusal: each has its own message, and no write is tried (R34).
describe('a CRM invoice that Xero would refuse is held with its reason, and nothing is sent', () => {
  test.each(RULES)('$rule', async ({ codes, settings, breakIt }) => {
    rig = await syncedCompany(settings === undefined ? {} : { settings })
    await breakIt()
    forgetRequests(rig)
    await atRest(rig)
    expect((await inboxOf(rig)).map((item) => item.code).sort()).toEqual([...codes].sort())
    expect(writesTo(rig, 'xero')).toEqual([])
  })

  // Catches: a person who mends one fault only to be told of the next.
  test('several faults are told at once', async () => {
    rig = await syncedCompany({ settings: withInvoice({ arrivalStatus: APPROVED, dueRule: null }) })
    const { contact } = await firstCompany(rig)
    await xeroAct(rig, { action: 'archiveContact', id: contact.id })
    await crmInvoice(rig, { Discount: 5 })
    forgetRequests(rig)
    await atRest(rig)
    const [item, ...others] = await inboxOf(rig)
    expect(others).toEqual([])
    expect(item?.detail).toMatchObject({
      detail: {
        faults: [{ code: 'customerArchived' }, { code: 'dueDateMissing' }, { code: 'headerDiscount' }],
        detail: expect.stringMatching(/archived.*due.*discount/),
      },
    })
    expect(writesTo(rig, 'xero')).toEqual([])
  })
})
