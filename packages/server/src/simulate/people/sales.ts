import { someOf } from '../streams.ts'
import { BOOKS_QUOTE_DEEDS } from './books-quotes.ts'
import { DEAL_BILL_DEEDS } from './deal-bills.ts'
import { DEAL_DEEDS } from './deals.ts'
import { QUOTE_DEEDS } from './quotes.ts'
import type { Town } from './town.ts'

export type Selling = (town: Town) => Promise<boolean>

const DEEDS: readonly Selling[] = [...QUOTE_DEEDS, ...DEAL_DEEDS, ...BOOKS_QUOTE_DEEDS, ...DEAL_BILL_DEEDS]

/** What sales people do with quotes and deals, and bookkeepers with what comes of them. */
export async function sellSomething(town: Town): Promise<boolean> {
  const deed = someOf(town.chance, DEEDS)
  return deed === undefined ? false : deed(town)
}
