import { noteWin } from '../sales-book.ts'
import { someOf } from '../streams.ts'
import { zohoDelete } from './removals.ts'
import { newRows, someProducts } from './rows.ts'
import type { Selling } from './sales.ts'
import type { Town } from './town.ts'

const WON = 'Closed Won'
const OPEN = 'Negotiation/Review'
const LOST = 'Closed Lost'

const someDeal = ({ chance, states }: Town) => someOf(chance, states.zoho.records.Deals)

const begin: Selling = async (town) => {
  const account = someOf(town.chance, town.states.zoho.records.Accounts)
  if (account === undefined) return false
  const Stage = town.chance.pick([OPEN, OPEN, WON])
  const values = {
    Deal_Name: `Sale ${town.fresh().text}`,
    Stage,
    Closing_Date: '2026-11-30',
    Account_Name: { id: account.id },
    ...(town.chance.float() < 0.8 ? { Amount: town.chance.int(100, 999_999) / 100 } : {}),
  }
  const id = await town.act('zoho', { action: 'create', module: 'Deals', values })
  if (id === undefined) return false
  if (Stage === WON) noteWin(town.sales, id)
  return true
}

const move: Selling = async (town) => {
  const deal = someDeal(town)
  if (deal === undefined) return false
  const stage = deal.Stage === WON ? town.chance.pick([OPEN, LOST]) : town.chance.pick([WON, WON, WON, OPEN, LOST])
  if ((await town.act('zoho', { action: 'setStage', id: deal.id, stage })) === undefined) return false
  if (stage === WON) noteWin(town.sales, deal.id)
  return true
}

/** Opened and won again in the same minute. */
const toggle: Selling = async (town) => {
  const deal = someOf(
    town.chance,
    town.states.zoho.records.Deals.filter((one) => one.Stage === WON),
  )
  if (deal === undefined) return false
  if ((await town.act('zoho', { action: 'setStage', id: deal.id, stage: OPEN })) === undefined) return false
  if ((await town.act('zoho', { action: 'setStage', id: deal.id, stage: WON })) === undefined) return true
  noteWin(town.sales, deal.id)
  return true
}

const edit: Selling = async (town) => {
  const deal = someDeal(town)
  if (deal === undefined) return false
  const { text } = town.fresh()
  const values = town.chance.pick([{ Amount: town.chance.int(100, 999_999) / 100 }, { Deal_Name: `Sale of ${text}` }])
  return (await town.act('zoho', { action: 'edit', module: 'Deals', id: deal.id, values })) !== undefined
}

const linkProduct: Selling = async (town) => {
  const deal = someDeal(town)
  const [product] = someProducts(town)
  if (deal === undefined || product === undefined) return false
  return (await town.act('zoho', { action: 'linkProduct', id: deal.id, productId: product.id })) !== undefined
}

/** Most write an invoice for a deal that has none yet. */
function unbilledDeal(town: Town) {
  const unbilled = town.states.zoho.records.Deals.filter((deal) => deal.Xero_Invoice_ID === '')
  return town.chance.float() < 0.7 ? someOf(town.chance, unbilled) : someDeal(town)
}

/** What a sales person makes of a deal by hand, won or not. */
const invoice: Selling = async (town) => {
  const deal = unbilledDeal(town)
  const products = someProducts(town)
  if (deal === undefined || deal.Account_Name === '' || products.length === 0) return false
  const { text } = town.fresh()
  const values = {
    Subject: `By hand ${text}`,
    Account_Name: { id: deal.Account_Name },
    Deal_Name__s: { id: deal.id },
    Invoice_Date: '2026-11-20',
    Due_Date: '2026-12-20',
    Status: town.chance.pick(['Created', 'Created', 'Approved', 'Cancelled']),
    Invoiced_Items: newRows(town, products, text),
  }
  return (await town.act('zoho', { action: 'create', module: 'Invoices', values })) !== undefined
}

/** The way out that the inbox names for a second invoice of a sale: it is another sale. */
const takeDealOut: Selling = async (town) => {
  const us = town.states.zoho.org.users[0]?.id
  const record = someOf(
    town.chance,
    town.states.zoho.records.Invoices.filter((one) => one.Deal_Name__s !== '' && one.Created_By.id !== us),
  )
  if (record === undefined) return false
  const values = { Deal_Name__s: null }
  return (await town.act('zoho', { action: 'edit', module: 'Invoices', id: record.id, values })) !== undefined
}

/** Deals in the CRM (R37). */
export const DEAL_DEEDS: readonly Selling[] = [
  begin,
  begin,
  begin,
  begin,
  move,
  move,
  move,
  toggle,
  toggle,
  edit,
  linkProduct,
  invoice,
  invoice,
  invoice,
  invoice,
  invoice,
  takeDealOut,
  zohoDelete('Deals'),
]
