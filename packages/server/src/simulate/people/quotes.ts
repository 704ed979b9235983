import { someOf } from '../streams.ts'
import { zohoDelete } from './removals.ts'
import { newRows, someProducts } from './rows.ts'
import type { Selling } from './sales.ts'
import type { Town, Value } from './town.ts'

type Change = (value: Value) => Readonly<Record<string, unknown>>

const STAGES = ['Draft', 'On Hold', 'Negotiation', 'Delivered', 'Confirmed', 'Closed Won', 'Closed Lost'] as const

const someQuote = ({ chance, states }: Town) => someOf(chance, states.zoho.records.Quotes)

const edited = (id: string, values: Readonly<Record<string, unknown>>) =>
  ({ action: 'edit', module: 'Quotes', id, values }) as const

const writeQuote: Selling = async (town) => {
  const { Accounts, Deals } = town.states.zoho.records
  const deal = town.chance.float() < 0.5 ? someOf(town.chance, Deals) : undefined
  const accountId = deal?.Account_Name || (someOf(town.chance, Accounts)?.id ?? '')
  const products = someProducts(town)
  if (accountId === '' || products.length === 0) return false
  const { text } = town.fresh()
  const tax = town.chance.float() < 0.7 ? someOf(town.chance, town.states.zoho.org.taxes) : undefined
  const taxed = tax === undefined ? {} : { Line_Tax: [{ id: tax.id }] }
  const values = {
    Subject: `Offer ${text}`,
    Account_Name: { id: accountId },
    Quote_Stage: town.chance.pick(['Draft', 'Delivered', 'Delivered', 'Negotiation', 'Confirmed', 'On Hold']),
    Quoted_Items: newRows(town, products, text).map((row) => ({ ...row, ...taxed })),
    ...(deal === undefined ? {} : { Deal_Name: { id: deal.id } }),
    ...(town.chance.float() < 0.7 ? { Valid_Till: '2026-12-20' } : {}),
    ...(town.chance.float() < 0.5 ? { Terms_and_Conditions: `Half in advance\nThe rest of ${text} later` } : {}),
  }
  return (await town.act('zoho', { action: 'create', module: 'Quotes', values })) !== undefined
}

const setStage: Selling = async (town) => {
  const quote = someQuote(town)
  if (quote === undefined) return false
  return (await town.act('zoho', edited(quote.id, { Quote_Stage: town.chance.pick(STAGES) }))) !== undefined
}

const editText: Selling = async (town) => {
  const quote = someQuote(town)
  if (quote === undefined) return false
  const field = town.chance.pick(['name', 'dueDate', 'description'] as const)
  return town.type('zoho', { kind: 'quote', id: quote.id, field }, (value) => edited(quote.id, TEXTS[field](value)))
}

const TEXTS = {
  name: (value: Value) => ({ Subject: `Offer of ${value.text}` }),
  dueDate: (value: Value) => ({ Valid_Till: value.date }),
  description: (value: Value) => ({ Description: `All about ${value.text}` }),
} as const

const editRow: Selling = async (town) => {
  const quote = someQuote(town)
  const row = someOf(town.chance, quote?.Quoted_Items ?? [])
  if (quote === undefined || row === undefined) return false
  const values = town.chance.pick<Change>([
    (value: Value) => ({ Quantity: value.quantity }),
    (value: Value) => ({ Description: `Row ${value.text}` }),
    (value: Value) => ({ List_Price: Number(value.price) }),
  ])
  return town.type('zoho', { kind: 'quote', id: quote.id, field: 'lines' }, (value) => ({
    action: 'editRow',
    module: 'Quotes',
    id: quote.id,
    rowId: row.id,
    values: values(value),
  }))
}

const addRow: Selling = async (town) => {
  const quote = someQuote(town)
  const [values] = newRows(town, someProducts(town), town.fresh().text)
  if (quote === undefined || values === undefined) return false
  return (await town.act('zoho', { action: 'addRow', module: 'Quotes', id: quote.id, values })) !== undefined
}

const dropRow: Selling = async (town) => {
  const quote = someOf(
    town.chance,
    town.states.zoho.records.Quotes.filter((one) => one.Quoted_Items.length > 1),
  )
  const row = someOf(town.chance, quote?.Quoted_Items ?? [])
  if (quote === undefined || row === undefined) return false
  return town.remove('zoho', row, { action: 'deleteRow', module: 'Quotes', id: quote.id, rowId: row.id })
}

const changeCustomer: Selling = async (town) => {
  const quote = someQuote(town)
  const account = someOf(town.chance, town.states.zoho.records.Accounts)
  if (quote === undefined || account === undefined) return false
  return (await town.act('zoho', edited(quote.id, { Account_Name: { id: account.id } }))) !== undefined
}

const convert: Selling = async (town) => {
  const quote = someQuote(town)
  if (quote === undefined) return false
  return (await town.act('zoho', { action: 'convertQuote', id: quote.id })) !== undefined
}

/** Quotes in the CRM, where they are written. */
export const QUOTE_DEEDS: readonly Selling[] = [
  writeQuote,
  writeQuote,
  writeQuote,
  setStage,
  setStage,
  setStage,
  editText,
  editText,
  editRow,
  editRow,
  addRow,
  dropRow,
  changeCustomer,
  convert,
  convert,
  zohoDelete('Quotes'),
]
