import type { XeroInvoice } from '../../rig/oracle-state.ts'
import { noteDated, noteNumbered } from '../purchase-book.ts'
import { someOf } from '../streams.ts'
import type { Change } from './edits.ts'
import type { Buying } from './purchasing.ts'
import type { Town } from './town.ts'

/** Bills that were made of purchase orders. */
function billOf({ chance, states }: Town, statuses: readonly string[]): XeroInvoice | undefined {
  const bills = states.xero.invoices.filter((one) => one.type === 'ACCPAY' && one.createdByApp)
  return someOf(
    chance,
    bills.filter((one) => statuses.includes(one.status)),
  )
}

function onBill(action: string, statuses: readonly string[], more: Readonly<Record<string, unknown>> = {}): Buying {
  return async (town) => {
    const bill = billOf(town, statuses)
    return bill !== undefined && (await town.act('xero', { action, id: bill.id, ...more })) !== undefined
  }
}

function taking(action: string, statuses: readonly string[]): Buying {
  return async (town) => {
    const bill = billOf(town, statuses)
    return bill !== undefined && town.remove('xero', bill, { action, id: bill.id })
  }
}

/** The supplier's own number, from his paper. */
const number: Buying = async (town) => {
  const bill = billOf(town, ['DRAFT', 'AUTHORISED'])
  if (bill === undefined) return false
  const fields = { InvoiceNumber: `HT-${town.fresh().text}` }
  if ((await town.act('xero', { action: 'editInvoice', id: bill.id, fields })) === undefined) return false
  noteNumbered(town.purchases, bill)
  return true
}

const dueDate: Buying = async (town) => {
  const bill = billOf(town, ['DRAFT', 'AUTHORISED'])
  if (bill === undefined) return false
  // Silent on a part-paid bill (xero.md 2.6).
  if (bill.status === 'AUTHORISED') town.unseen([bill.id])
  const isDone = await town.type('xero', { kind: 'bill', id: bill.id, field: 'dueDate' }, (value) => ({
    action: 'editInvoice',
    id: bill.id,
    fields: { DueDate: value.date },
  }))
  if (isDone) noteDated(town.purchases, bill.id, 'xero')
  return isDone
}

const line: Buying = async (town) => {
  const bill = billOf(town, ['DRAFT'])
  const chosen = someOf(town.chance, bill?.lines ?? [])
  if (bill === undefined || chosen === undefined) return false
  const change = town.chance.pick<Change>([
    (value) => ({ Description: `As delivered ${value.text}` }),
    (value) => ({ UnitAmount: Number(value.price) }),
  ])
  return town.type('xero', { kind: 'bill', id: bill.id, field: 'lines' }, (value) => ({
    action: 'editInvoice',
    id: bill.id,
    fields: {
      LineItems: bill.lines.map((one) => ({ LineItemID: one.id, ...(one.id === chosen.id ? change(value) : {}) })),
    },
  }))
}

/** What bookkeepers do with the bill of an order. */
export const BILL_DEEDS: readonly Buying[] = [
  onBill('approve', ['DRAFT']),
  onBill('approve', ['DRAFT']),
  onBill('pay', ['AUTHORISED'], { amount: '1.00' }),
  onBill('pay', ['AUTHORISED']),
  onBill('unpay', ['AUTHORISED', 'PAID']),
  taking('void', ['AUTHORISED']),
  taking('deleteDraft', ['DRAFT']),
  number,
  dueDate,
  line,
]
