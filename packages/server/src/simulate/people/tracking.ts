import type { ZohoInvoice } from '../../rig/oracle-state.ts'
import { someOf } from '../streams.ts'
import { noteRegion } from '../tracking-book.ts'
import { newRows, someProducts } from './rows.ts'
import type { Town } from './town.ts'

type Tracking = (town: Town) => Promise<boolean>

/** What salespeople say of the region of a sale, and bookkeepers choose on its lines (R20b). */
export async function trackSomething(town: Town): Promise<boolean> {
  const deed = someOf(town.chance, DEEDS)
  return deed === undefined ? false : deed(town)
}

/** Options that Xero has, in whatever letters; none; and one that it lacks. */
const REGIONS = ['North', 'North', 'South', 'south', '', 'Nowhere'] as const

const someInvoice = ({ chance, states }: Town): ZohoInvoice | undefined => someOf(chance, states.zoho.records.Invoices)

const sell: Tracking = async (town) => {
  const account = someOf(town.chance, town.states.zoho.records.Accounts)
  const products = someProducts(town)
  if (account === undefined || products.length === 0) return false
  const { text } = town.fresh()
  const region = town.chance.pick(REGIONS)
  const values = {
    Subject: `Tour ${text}`,
    Account_Name: { id: account.id },
    Invoice_Date: '2026-11-20',
    Due_Date: '2026-12-20',
    Status: 'Created',
    Invoiced_Items: newRows(town, products, text),
    ...(region === '' ? {} : { Purchase_Order: region }),
  }
  const id = await town.act('zoho', { action: 'create', module: 'Invoices', values })
  if (id === undefined) return false
  noteRegion(town.tracking, id, region)
  return true
}

/** Of lines that are in Xero already nothing follows: those are the bookkeeper's. */
const relabel: Tracking = async (town) => {
  const invoice = someInvoice(town)
  if (invoice === undefined) return false
  const region = town.chance.pick(REGIONS)
  const values = { Purchase_Order: region === '' ? null : region }
  if ((await town.act('zoho', { action: 'edit', module: 'Invoices', id: invoice.id, values })) === undefined)
    return false
  // Whoever wrote it said nothing of it.
  if (!town.tracking.has(invoice.id)) noteRegion(town.tracking, invoice.id, '')
  noteRegion(town.tracking, invoice.id, region)
  return true
}

const addRow: Tracking = async (town) => {
  const invoice = someInvoice(town)
  const [values] = newRows(town, someProducts(town), town.fresh().text)
  if (invoice === undefined || values === undefined) return false
  return (await town.act('zoho', { action: 'addRow', id: invoice.id, values })) !== undefined
}

/** An option that nobody has heard of yet, so that it is told from all that we could have written. */
const choose: Tracking = async (town) => {
  const open = town.states.xero.invoices.filter(
    (one) => one.type === 'ACCREC' && ['DRAFT', 'SUBMITTED', 'AUTHORISED'].includes(one.status),
  )
  const invoice = someOf(town.chance, open)
  const line = someOf(town.chance, invoice?.lines ?? [])
  if (invoice === undefined || line === undefined) return false
  const place = { kind: 'line', id: line.id, field: 'tracking' } as const
  return town.type('xero', place, async ({ text }) => {
    await town.act('xero', { action: 'saveTrackingOption', category: 'Region', option: text })
    return {
      action: 'editInvoice',
      id: invoice.id,
      fields: { LineItems: invoice.lines.map((one) => lineOf(one.id, one.id === line.id ? text : '')) },
    }
  })
}

function lineOf(LineItemID: string, option: string) {
  return option === '' ? { LineItemID } : { LineItemID, Tracking: [{ Name: 'Region', Option: option }] }
}

const DEEDS: readonly Tracking[] = [sell, sell, sell, relabel, relabel, addRow, addRow, choose, choose, choose]
