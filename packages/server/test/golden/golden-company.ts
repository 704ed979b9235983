import { generateCompany } from '@tandem/sandbox'
import { createEngineRig, type EngineRig } from '../../src/rig/engine-rig.ts'
import type { Policy } from './expected.ts'
import { lookAtBoth } from './look.ts'
import type { Shared } from './type-in.ts'

export const CUSTOMERS = 12
export const PRODUCTS = 10

const PROFILE = {
  seed: 35,
  contacts: CUSTOMERS,
  items: PRODUCTS,
  invoices: 0,
  shape: 'bothEqual',
  today: '2026-11-20',
} as const

/** Customers and products that both systems have, no documents yet, and two taxes of Zoho that are one in Xero. */
export async function goldenCompany(policy: Policy): Promise<EngineRig> {
  const company = generateCompany(PROFILE)
  // No product bears the `export` tax, so that these two change nothing but the list of taxes.
  const half = { key: 'export', percentage: '5', xeroTaxType: 'EXEMPTEXPORT' } as const
  const taxes = [...company.taxes, { ...half, zohoName: 'State Tax' }, { ...half, zohoName: 'City Tax' }]
  const rig = await createEngineRig({
    rate: 1000,
    profile: { contacts: 0, items: 0, invoices: 0 },
    settings: (settings) => ({ ...settings, ...policy }),
    prepare: ({ zoho, xero }) => {
      zoho.seed({ ...company, taxes })
      xero.seed(company)
    },
  })
  await pairHalfTaxes(rig)
  return rig
}

/** The person says that both halves together are GST on Income. */
async function pairHalfTaxes(rig: EngineRig): Promise<void> {
  const { taxes } = (await lookAtBoth(rig)).zoho.org
  const zohoTaxIds = taxes.filter(({ name }) => name === 'State Tax' || name === 'City Tax').map(({ id }) => id)
  await rig.change((settings) => ({
    ...settings,
    taxMap: [...settings.taxMap, { zohoTaxIds: zohoTaxIds.sort(), xeroTaxType: 'OUTPUT' }],
  }))
}

/** What both systems have, by name and code. */
export async function sharedOf(rig: EngineRig): Promise<Shared> {
  const { zoho, xero } = await lookAtBoth(rig)
  return {
    customers: xero.contacts.flatMap(({ id: xeroId, texts }) =>
      zoho.records.Accounts.filter((one) => one.Account_Name === texts.Name).map(({ id }) => ({ zohoId: id, xeroId })),
    ),
    products: xero.items.flatMap(({ code }) =>
      zoho.records.Products.filter((one) => one.Product_Code === code).map(({ id }) => ({ zohoId: id, code })),
    ),
  }
}
