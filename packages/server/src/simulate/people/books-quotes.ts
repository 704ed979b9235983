import { noteQuoteStatus } from '../sales-book.ts'
import { someOf } from '../streams.ts'
import type { Selling } from './sales.ts'
import type { Town, Value } from './town.ts'

type Change = (value: Value) => Readonly<Record<string, unknown>>

/** What a bookkeeper may make of a quote, and now and then tries. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  DRAFT: ['SENT', 'SENT', 'SENT', 'DELETED'],
  SENT: ['ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'DECLINED', 'DELETED'],
  ACCEPTED: ['INVOICED', 'SENT'],
  DECLINED: ['SENT'],
  INVOICED: ['SENT'],
}

async function setStatus(town: Town, id: string, status: string): Promise<boolean> {
  if ((await town.act('xero', { action: 'setQuoteStatus', id, status })) === undefined) return false
  noteQuoteStatus(town.sales, id, { status, atMs: town.nowMs })
  return true
}

const answer: Selling = async (town) => {
  const quote = someOf(town.chance, town.states.xero.quotes)
  const status = someOf(town.chance, NEXT[quote?.status ?? ''] ?? [])
  if (quote === undefined || status === undefined) return false
  return setStatus(town, quote.id, status)
}

/** A customer answers what was sent. */
const accept: Selling = async (town) => {
  const quote = someOf(
    town.chance,
    town.states.xero.quotes.filter((one) => one.status === 'SENT'),
  )
  if (quote === undefined) return false
  const status = town.chance.pick(['ACCEPTED', 'ACCEPTED', 'DECLINED'])
  return setStatus(town, quote.id, status)
}

const openQuote = ({ chance, states }: Town) =>
  someOf(
    chance,
    states.xero.quotes.filter((one) => ['DRAFT', 'SENT'].includes(one.status)),
  )

const editText: Selling = async (town) => {
  const quote = openQuote(town)
  if (quote === undefined) return false
  const field = town.chance.pick(['name', 'dueDate', 'description'] as const)
  return town.type('xero', { kind: 'quote', id: quote.id, field }, (value) => ({
    action: 'editQuote',
    id: quote.id,
    fields: TEXTS[field](value),
  }))
}

const TEXTS = {
  name: (value: Value) => ({ Reference: `As ordered ${value.text}` }),
  dueDate: (value: Value) => ({ ExpiryDate: value.date }),
  description: (value: Value) => ({ Summary: `In short ${value.text}` }),
} as const

const editLine: Selling = async (town) => {
  const quote = openQuote(town)
  const line = someOf(town.chance, quote?.lines ?? [])
  if (quote === undefined || line === undefined) return false
  const change = town.chance.pick<Change>([
    (value: Value) => ({ Quantity: value.quantity }),
    (value: Value) => ({ Description: `Line ${value.text}` }),
    (value: Value) => ({ UnitAmount: Number(value.price) }),
  ])
  return town.type('xero', { kind: 'quote', id: quote.id, field: 'lines' }, (value) => ({
    action: 'editQuote',
    id: quote.id,
    fields: {
      LineItems: quote.lines.map((one) => ({ LineItemID: one.id, ...(one.id === line.id ? change(value) : {}) })),
    },
  }))
}

/** Some offices number what they send once more. */
const renumber: Selling = async (town) => {
  const quote = openQuote(town)
  if (quote === undefined || quote.number.endsWith('-R')) return false
  const fields = { QuoteNumber: `${quote.number}-R` }
  return (await town.act('xero', { action: 'editQuote', id: quote.id, fields })) !== undefined
}

/** The invoice of an accepted quote is made in Xero, which knows no link between the two (xero.md 4.4). */
const invoice: Selling = async (town) => {
  const quote = someOf(
    town.chance,
    town.states.xero.quotes.filter((one) => one.status === 'ACCEPTED'),
  )
  if (quote === undefined) return false
  const fields = {
    Type: 'ACCREC',
    Contact: { ContactID: quote.contactId },
    Date: '2026-11-20',
    DueDate: '2026-12-20',
    Reference: quote.number,
    LineItems: quote.lines.map((line) => ({
      Description: line.description,
      Quantity: line.quantity,
      UnitAmount: line.unitAmount,
      TaxType: 'OUTPUT',
      AccountCode: '200',
      ...(line.itemCode === '' ? {} : { ItemCode: line.itemCode }),
    })),
  }
  if ((await town.act('xero', { action: 'createInvoice', fields })) === undefined) return false
  await setStatus(town, quote.id, 'INVOICED')
  return true
}

const ownQuote: Selling = async (town) => {
  const customer = someOf(
    town.chance,
    town.states.xero.contacts.filter((one) => one.status === 'ACTIVE'),
  )
  if (customer === undefined) return false
  const { text } = town.fresh()
  const line = { Description: `Offered in Xero ${text}`, Quantity: 2, UnitAmount: 12.5, TaxType: 'OUTPUT' }
  const fields = { Contact: { ContactID: customer.id }, Date: '2026-11-20', LineItems: [line] }
  return (await town.act('xero', { action: 'createQuote', fields })) !== undefined
}

/** Quotes in Xero, where they are answered. */
export const BOOKS_QUOTE_DEEDS: readonly Selling[] = [
  answer,
  answer,
  accept,
  accept,
  accept,
  editText,
  editLine,
  editLine,
  renumber,
  invoice,
  ownQuote,
]
