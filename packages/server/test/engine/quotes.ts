import type { Remotes } from '@tandem/sync/engine.ts'
import type { Kind } from '@tandem/sync/model/kind.ts'
import type { RemoteOutcome } from '@tandem/sync/model/outcome.ts'
import type { RemoteRecord } from '@tandem/sync/model/record.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Value, ValueObject } from '@tandem/sync/model/value.ts'
import { type ActedRecord, zohoCreate } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { firstCompany } from './small-company.ts'

/** The settings of somebody who wants quotes, with their own prefix. */
export function withQuotes(settings: ConnectionSettings): ConnectionSettings {
  const kinds = { ...settings.kinds, quote: { ...settings.kinds.quote, isOn: true } } satisfies Record<Kind, unknown>
  return { ...settings, quotePrefix: 'Q-', kinds }
}

/** Rows: a percentage that does not come out even, two taxes, half a piece. 1,320.02 + 99.99 + 41.10 and 136.11 of tax. */
export const QUOTE_TOTAL = '1597.22'

/** A quote as somebody writes it in the CRM, for the first linked company. */
export async function writeQuote(rig: EngineRig, values: Readonly<Record<string, unknown>> = {}): Promise<ActedRecord> {
  const { account } = await firstCompany(rig)
  const { zoho } = await readStates(rig)
  const [one, two, three] = zoho.records.Products.filter((product) => product.Xero_ID !== '')
  const tax = (name: string) => ({ id: zoho.org.taxes.find((candidate) => candidate.name === name)?.id ?? '' })
  return zohoCreate(rig, 'Quotes', {
    Subject: 'Fit-out of the office',
    Account_Name: { id: account.id },
    Valid_Till: '2026-12-18',
    Quote_Stage: 'Draft',
    Terms_and_Conditions: 'Half in advance\nThe rest on delivery',
    Quoted_Items: [
      { Product_Name: { id: one?.id }, Quantity: 10, List_Price: 138.95, Discount: '5%', Line_Tax: [tax('GST')] },
      { Product_Name: { id: two?.id }, Quantity: 1, List_Price: 99.99, Line_Tax: [tax('Export')] },
      { Product_Name: { id: three?.id }, Quantity: 2.5, List_Price: 16.44, Line_Tax: [tax('GST')] },
    ],
    ...values,
  })
}

/** The quote in the CRM, as its API shows it. */
export async function crmQuote(rig: EngineRig, id: string): Promise<RemoteRecord> {
  const { zoho } = await remotesOf(rig)
  return only(must(await zoho.readMany('Quotes', [id])))
}

export async function xeroQuotes(rig: EngineRig): Promise<readonly RemoteRecord[]> {
  const { xero } = await remotesOf(rig)
  return must(await xero.listPage({ collection: 'Quotes', since: null, page: 1 })).rows
}

export async function xeroQuote(rig: EngineRig, id: Value | undefined): Promise<RemoteRecord> {
  const { xero } = await remotesOf(rig)
  return only(must(await xero.readMany('Quotes', [String(id)])))
}

/** What somebody does to a quote in Xero, by another app's call: a refusal is a mistake of the test. */
export async function changeInXero(rig: EngineRig, id: string, fields: ValueObject): Promise<void> {
  const { fields: present } = await xeroQuote(rig, id)
  const { Contact, Date: date, LineAmountTypes } = present
  const said: ValueObject = { Contact: Contact ?? null, Date: date ?? null, LineAmountTypes: LineAmountTypes ?? null }
  await write(rig, { verb: 'update', remoteId: id, payload: { ...said, ...fields } })
}

export async function createInXero(rig: EngineRig, payload: ValueObject): Promise<string> {
  return write(rig, { verb: 'create', remoteId: null, payload })
}

async function write(
  rig: EngineRig,
  of: { readonly verb: 'create' | 'update'; readonly remoteId: string | null; readonly payload: ValueObject },
): Promise<string> {
  const { xero } = await remotesOf(rig)
  const rows = [{ remoteId: of.remoteId, payload: of.payload, unmodifiedSince: null }]
  const key = `test-${rig.clock.now()}-${JSON.stringify(of.payload).length}`
  const [row] = must(await xero.send(xero.prepare({ collection: 'Quotes', verb: of.verb, rows }), key))
  if (row?.type !== 'ok') throw new Error(`Xero refused: ${JSON.stringify(row)}`)
  return row.remoteId
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
  if (one === undefined) throw new Error('No such quote')
  return one
}
