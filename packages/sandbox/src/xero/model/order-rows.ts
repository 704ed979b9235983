import type { Big } from 'big.js'
import type { LineAmountTypes, LineRow, Totals } from './rows.ts'
import type { Row } from './table.ts'

export const ORDER_STATUSES = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED'] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** What goes to the supplier with an order, and how long each may be. */
export const ORDER_TEXTS = {
  Reference: 255,
  DeliveryAddress: 500,
  AttentionTo: 255,
  Telephone: 50,
  DeliveryInstructions: 500,
} as const
export type OrderText = keyof typeof ORDER_TEXTS

export interface PurchaseOrderRow extends Row, Totals {
  readonly status: OrderStatus
  readonly number: string
  readonly texts: Readonly<Record<OrderText, string>>
  readonly contactId: string
  readonly date: string
  readonly deliveryDate: string
  readonly expectedArrivalDate: string
  readonly lineAmountTypes: LineAmountTypes
  readonly lines: readonly LineRow[]
  readonly currency: string
  readonly currencyRate: Big
  readonly brandingThemeId: string
  readonly sentToContact: boolean
}
