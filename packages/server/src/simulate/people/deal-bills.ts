import { someOf } from '../streams.ts'
import type { Selling } from './sales.ts'
import type { Town } from './town.ts'

/** Invoices that were made of deals, by what stands in their number. */
const billOf = ({ chance, states }: Town, statuses: readonly string[]) =>
  someOf(
    chance,
    states.xero.invoices.filter((one) => one.number.includes('DEAL-') && statuses.includes(one.status)),
  )

const approve: Selling = async (town) => {
  const bill = billOf(town, ['DRAFT'])
  if (bill === undefined) return false
  return (await town.act('xero', { action: 'approve', id: bill.id })) !== undefined
}

const deleteDraft: Selling = async (town) => {
  const bill = billOf(town, ['DRAFT'])
  if (bill === undefined) return false
  return town.remove('xero', bill, { action: 'deleteDraft', id: bill.id })
}

const cancel: Selling = async (town) => {
  const bill = billOf(town, ['AUTHORISED'])
  if (bill === undefined) return false
  return town.remove('xero', bill, { action: 'void', id: bill.id })
}

/** Then its number no longer finds it. */
const renumber: Selling = async (town) => {
  const bill = billOf(town, ['DRAFT', 'AUTHORISED'])
  if (bill === undefined || bill.number.endsWith('-R')) return false
  const fields = { InvoiceNumber: `${bill.number}-R` }
  return (await town.act('xero', { action: 'editInvoice', id: bill.id, fields })) !== undefined
}

/** What bookkeepers do to the invoice of a deal. */
export const DEAL_BILL_DEEDS: readonly Selling[] = [approve, approve, cancel, deleteDraft, renumber]
