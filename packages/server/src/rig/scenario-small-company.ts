import type { PassResult } from '@tandem/sync/engine.ts'
import { xeroCreate, xeroEdit, zohoAct, zohoCreate, zohoEdit } from './acts.ts'
import { createEngineRig, type EngineRig, type RigOptions } from './engine-rig.ts'
import { faultsOf, judge } from './oracle.ts'
import { type BothStates, readStates } from './oracle-state.ts'
import { oddDeeds } from './scenario-odd-deeds.ts'
import { settle, writesOf } from './settle.ts'

/** How the scenario ended, for whoever compares two runs of it. */
export interface ScenarioEnd {
  /** What is wrong: empty when both sides correspond and are at rest. */
  readonly faults: readonly string[]
  /** `kind code` of every inbox item, with how often it stands there. */
  readonly inbox: ReadonlyMap<string, number>
  /** Documents and edits that did not cross. */
  readonly missing: readonly string[]
  /** Versions did not show everything: only the full comparison by values did. */
  readonly neededSweep: boolean
}

/**
 * The whole job in small: a mixed company's first sync, an edit each way, a Zoho invoice with a percentage discount, a
 * Xero invoice, a line edit on both; then rest.
 */
export async function runSmallCompany(options: Pick<RigOptions, 'prepare'> = {}): Promise<ScenarioEnd> {
  const rig = await createEngineRig({
    rate: 1000,
    profile: { contacts: 24, items: 9, invoices: 18, seed: 5 },
    ...options,
  })
  try {
    return await runOn(rig)
  } finally {
    await rig.close()
  }
}

async function runOn(rig: EngineRig): Promise<ScenarioEnd> {
  const first = await settle(rig, REST)
  const stops = [...troublesOf('first sync', first.passes)]
  const crossings = [...(await live(rig)), ...(await oddDeeds(rig))]
  const settled = await settle(rig, REST)
  stops.push(...troublesOf('edits', settled.passes))
  const end = await endOf(rig, { crossings, stops })
  if (end.faults.length === 0 && end.missing.length === 0) return end
  await rig.pass({ detect: 'sweep' })
  await settle(rig, REST)
  const swept = await endOf(rig, { crossings, stops })
  const isBetter = swept.faults.length < end.faults.length || swept.missing.length < end.missing.length
  return isBetter ? { ...swept, neededSweep: true } : end
}

async function endOf(
  rig: EngineRig,
  at: { readonly crossings: readonly Crossing[]; readonly stops: readonly string[] },
): Promise<ScenarioEnd> {
  const last = await rig.pass()
  const unrest =
    last.type === 'done' && writesOf(last) === 0 ? [] : [`not at rest: ${last.type}, ${writesOf(last)} writes`]
  const inbox = new Map<string, number>()
  for (const item of await rig.store.reports.inbox(rig.connectionId)) {
    const key = `${item.kind} ${item.code}`
    inbox.set(key, (inbox.get(key) ?? 0) + 1)
  }
  const states = await readStates(rig)
  return {
    faults: [...at.stops, ...unrest, ...faultsOf(await judge(rig))],
    inbox,
    missing: at.crossings.filter(({ hasCrossed }) => !hasCrossed(states)).map(({ name }) => name),
    neededSweep: false,
  }
}

/** Longer than the remotes' own delays: settling times, lagging lists, the search index. */
const REST = { pauseMs: 90_000, limit: 14 } as const

function troublesOf(when: string, passes: readonly PassResult[]): readonly string[] {
  return passes.flatMap((pass) =>
    pass.type === 'stopped' ? [`${when}: stopped with ${pass.code}: ${pass.message}`] : [],
  )
}

/** Something that must show on the other side in the end. */
export interface Crossing {
  readonly name: string
  hasCrossed(states: BothStates): boolean
}

/** What people do on a normal day after the first sync. */
async function live(rig: EngineRig): Promise<readonly Crossing[]> {
  const { zoho, xero } = await readStates(rig)
  const isActive = (id: string) => xero.contacts.some((contact) => contact.id === id && contact.status === 'ACTIVE')
  const [one, two] = zoho.records.Accounts.filter((account) => isActive(account.Xero_ID))
  const product = zoho.records.Products.find((record) => record.Xero_ID !== '')
  const item = xero.items.find((record) => record.id === product?.Xero_ID)
  if (one === undefined || two === undefined || product === undefined || item === undefined) return [NOTHING_LINKED]
  await zohoEdit(rig, { module: 'Accounts', id: one.id }, { Phone: '+61 2 5550 7777' })
  await xeroEdit(rig, { action: 'editContact', id: two.Xero_ID }, { EmailAddress: 'new.box@example.com' })
  const crm = await zohoCreate(rig, 'Invoices', {
    Subject: 'Ten items less five per cent',
    Account_Name: { id: one.id },
    Invoice_Date: '2026-11-18',
    Due_Date: '2026-12-18',
    Status: 'Created',
    Invoiced_Items: [
      { Product_Name: { id: product.id }, Quantity: 10, List_Price: 138.95, Discount: await discountOf(rig) },
      { Product_Name: { id: product.id }, Quantity: 1, List_Price: 20 },
    ],
  })
  const books = await xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Contact: { ContactID: two.Xero_ID },
    Date: '2026-11-18',
    DueDate: '2026-12-18',
    Reference: 'Made in Xero',
    LineItems: [
      {
        ItemCode: item.code,
        Description: 'Ten of them',
        Quantity: 10,
        UnitAmount: 138.95,
        DiscountRate: 5,
        TaxType: 'OUTPUT',
        AccountCode: '200',
      },
      { Description: 'Freight', Quantity: 1, UnitAmount: 12.5, TaxType: 'EXEMPTOUTPUT', AccountCode: '200' },
    ],
  })
  await settle(rig, REST)
  await editLines(rig, { crmId: crm.id, booksId: books.id })
  return [
    { name: 'phone edited in Zoho', hasCrossed: (now) => phoneOf(now, one.Xero_ID) === '5550 7777' },
    { name: 'e-mail edited in Xero', hasCrossed: (now) => hasPerson(now, two.id, 'new.box@example.com') },
    { name: 'invoice made in Zoho', hasCrossed: (now) => isLinked(now, (invoice) => invoice.id === crm.id) },
    { name: 'invoice made in Xero', hasCrossed: (now) => isLinked(now, (invoice) => invoice.Xero_ID === books.id) },
    { name: 'line edited in Zoho', hasCrossed: (now) => quantities(now, crm.id).includes(12) },
    { name: 'line edited in Xero', hasCrossed: (now) => rowQuantities(now, books.id).includes(13) },
  ]
}

const NOTHING_LINKED: Crossing = { name: 'the first sync (nothing is linked)', hasCrossed: () => false }

/** Where Zoho refuses percentages, people type the amount. */
async function discountOf(rig: EngineRig): Promise<string | number> {
  return rig.zoho.control.switches.is('percentDiscount', 'rejected') ? 69.48 : '5%'
}

async function editLines(rig: EngineRig, ids: { readonly crmId: string; readonly booksId: string }): Promise<void> {
  const { zoho, xero } = await readStates(rig)
  const row = zoho.records.Invoices.find((one) => one.id === ids.crmId)?.Invoiced_Items[0]
  await zohoAct(rig, { action: 'editRow', id: ids.crmId, rowId: row?.id, values: { Quantity: 12 } })
  const lines = xero.invoices.find((one) => one.id === ids.booksId)?.lines ?? []
  const LineItems = lines.map((line, index) => ({ LineItemID: line.id, ...(index === 0 ? { Quantity: 13 } : {}) }))
  await xeroEdit(rig, { action: 'editInvoice', id: ids.booksId }, { LineItems })
}

function phoneOf({ xero }: BothStates, contactId: string): string {
  return xero.contacts.find((contact) => contact.id === contactId)?.phones.DEFAULT.PhoneNumber ?? ''
}

function hasPerson({ zoho }: BothStates, accountId: string, email: string): boolean {
  return zoho.records.Contacts.some((person) => person.Account_Name === accountId && person.Email === email)
}

type ZohoInvoices = BothStates['zoho']['records']['Invoices']

function isLinked({ zoho }: BothStates, isWanted: (invoice: ZohoInvoices[number]) => boolean): boolean {
  return zoho.records.Invoices.some((invoice) => isWanted(invoice) && invoice.Xero_ID !== '')
}

function quantities({ zoho, xero }: BothStates, crmId: string): readonly number[] {
  const xeroId = zoho.records.Invoices.find((invoice) => invoice.id === crmId)?.Xero_ID
  return xero.invoices.find((invoice) => invoice.id === xeroId)?.lines.map((line) => Number(line.quantity)) ?? []
}

function rowQuantities({ zoho }: BothStates, booksId: string): readonly number[] {
  const crm = zoho.records.Invoices.find((invoice) => invoice.Xero_ID === booksId)
  return crm?.Invoiced_Items.map((row) => Number(row.Quantity)) ?? []
}
