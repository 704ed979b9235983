/** What the pages list, in the order of the menu, with what each is called. */
export const KIND_LABELS = {
  contacts: 'contacts',
  items: 'items',
  quotes: 'quotes',
  invoices: 'invoices',
  creditNotes: 'credit notes',
  payments: 'payments',
  prepayments: 'prepayments',
  overpayments: 'overpayments',
  purchaseOrders: 'purchase orders',
} as const
export type Kind = keyof typeof KIND_LABELS

export const KINDS: readonly Kind[] = [
  'contacts',
  'items',
  'quotes',
  'invoices',
  'creditNotes',
  'payments',
  'prepayments',
  'overpayments',
  'purchaseOrders',
]
export const isKind = (text: string): text is Kind => KINDS.some((kind) => kind === text)
