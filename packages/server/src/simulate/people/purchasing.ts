import { someOf } from '../streams.ts'
import { BILL_DEEDS } from './bills.ts'
import { ORDER_DEEDS } from './orders.ts'
import type { Town } from './town.ts'
import { VENDOR_DEEDS } from './vendors.ts'

export type Buying = (town: Town) => Promise<boolean>

const DEEDS: readonly Buying[] = [...VENDOR_DEEDS, ...ORDER_DEEDS, ...BILL_DEEDS]

/** What purchasers do with vendors and orders, and bookkeepers with suppliers and bills (R10c). */
export async function buySomething(town: Town): Promise<boolean> {
  const deed = someOf(town.chance, DEEDS)
  return deed === undefined ? false : deed(town)
}
