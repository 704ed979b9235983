import type { Remotes } from '@tandem/sync/engine.ts'
import type { Collection, Kind, XeroCollection, ZohoCollection } from '@tandem/sync/model/kind.ts'
import type { RemoteOutcome } from '@tandem/sync/model/outcome.ts'
import type { RemoteRecord } from '@tandem/sync/model/record.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Value } from '@tandem/sync/model/value.ts'
import { type ActedRecord, zohoCreate } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'

/** The settings of somebody who keeps suppliers in both systems. */
export function withVendors(settings: ConnectionSettings): ConnectionSettings {
  const kinds = { ...settings.kinds, vendor: { ...settings.kinds.vendor, isOn: true } } satisfies Record<Kind, unknown>
  return { ...settings, kinds }
}

/** What is paid on purchases, where sales bear the other (xero.md 4.9). */
const PURCHASE_TYPES: Readonly<Record<string, string>> = {
  OUTPUT: 'INPUT',
  EXEMPTOUTPUT: 'EXEMPTEXPENSES',
  EXEMPTEXPORT: 'EXEMPTCAPITAL',
}

/** And of somebody whose approved purchase orders become bills. */
export function withBills(settings: ConnectionSettings): ConnectionSettings {
  const withSuppliers = withVendors(settings)
  const { kinds, bill, taxMap } = withSuppliers
  return {
    ...withSuppliers,
    kinds: { ...kinds, bill: { ...kinds.bill, isOn: true } },
    bill: {
      ...bill,
      orderStatuses: ['Approved'],
      purchaseAccountCode: '453',
      taxMap: taxMap.map(({ zohoTaxIds, xeroTaxType }) => {
        return { zohoTaxIds, xeroTaxType: PURCHASE_TYPES[xeroTaxType] ?? xeroTaxType }
      }),
    },
  }
}

export async function writeVendor(
  rig: EngineRig,
  values: Readonly<Record<string, unknown>> = {},
): Promise<ActedRecord> {
  return zohoCreate(rig, 'Vendors', {
    Vendor_Name: 'Harbour Timber Supplies',
    Email: 'accounts@harbourtimber.example',
    Phone: '+61 2 5550 1234',
    Street: '7 Wharf Road',
    City: 'Sydney',
    Country: 'Australia',
    ...values,
  })
}

/** Rows: a discount that a price of four decimals can say, and a whole price. 118.75 + 13.20, and 13.20 of tax. */
export const ORDER_TOTAL = '145.15'

/** A purchase order as somebody writes it in the CRM. */
export async function writeOrder(
  rig: EngineRig,
  vendorId: string,
  values: Readonly<Record<string, unknown>> = {},
): Promise<ActedRecord> {
  const { zoho } = await readStates(rig)
  const [one, two] = zoho.records.Products.filter((product) => product.Xero_ID !== '')
  const tax = (name: string) => ({ id: zoho.org.taxes.find((candidate) => candidate.name === name)?.id ?? '' })
  return zohoCreate(rig, 'Purchase_Orders', {
    Subject: 'Timber for the bar',
    PO_Number: 'PO-7',
    Vendor_Name: { id: vendorId },
    PO_Date: '2026-11-18',
    Due_Date: '2026-12-18',
    Status: 'Approved',
    Purchase_Items: [
      { Product_Name: { id: one?.id }, Quantity: 10, List_Price: 12.5, Discount: '5%', Line_Tax: [tax('GST')] },
      { Product_Name: { id: two?.id }, Quantity: 3, List_Price: 4.4, Line_Tax: [tax('GST')] },
    ],
    ...values,
  })
}

/** A record as the remote's own API shows it. */
export async function crmRecord(rig: EngineRig, module: ZohoCollection, id: string): Promise<RemoteRecord> {
  const { zoho } = await remotesOf(rig)
  return only(must(await zoho.readMany(module, [id])))
}

export async function crmRecords(rig: EngineRig, module: ZohoCollection): Promise<readonly RemoteRecord[]> {
  const { zoho } = await remotesOf(rig)
  return must(await zoho.listPage({ collection: module, since: null, page: 1 })).rows
}

export async function booksRecord(
  rig: EngineRig,
  collection: XeroCollection,
  id: Value | undefined,
): Promise<RemoteRecord> {
  const { xero } = await remotesOf(rig)
  return only(must(await xero.readMany(collection, [String(id)])))
}

export async function booksRecords(rig: EngineRig, collection: Collection): Promise<readonly RemoteRecord[]> {
  const { xero } = await remotesOf(rig)
  return must(await xero.listPage({ collection, since: null, page: 1 })).rows
}

/** Bills that carry our Url: the sandbox's company has some of its own. */
export async function ourBills(rig: EngineRig): Promise<readonly RemoteRecord[]> {
  return (await booksRecords(rig, 'Bills')).filter(({ fields }) => String(fields.Url).includes('/r/'))
}

async function remotesOf(rig: EngineRig): Promise<Remotes> {
  const connection = await rig.store.connections.get(rig.connectionId)
  if (connection === undefined) throw new Error('The rig has no connection')
  return rig.ports.openRemotes(connection, 'background')
}

function must<T>(outcome: RemoteOutcome<T>): T {
  if (outcome.type === 'ok') return outcome.value
  throw new Error(JSON.stringify(outcome))
}

function only<T>(found: readonly T[]): T {
  const [one] = found
  if (one === undefined) throw new Error('No such record')
  return one
}
