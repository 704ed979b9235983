import type { XeroWorld } from '../world.ts'

/** Everything the sandbox holds, as plain data; amounts are decimal strings. */
export function stateOf(world: XeroWorld) {
  const { books } = world
  return {
    organisation: { ...books.organisation, tenantId: books.tenantId },
    limits: world.limiter.counters,
    idempotencyKeys: world.idempotency.size(),
    tokens: world.grants.counts(),
    connections: world.connections.list(),
    webhook: world.webhooks.state(),
    counts: {
      contacts: books.contacts.size,
      items: books.items.size,
      invoices: books.invoices.size,
      payments: books.payments.size,
      creditNotes: books.creditNotes.size,
      prepayments: books.prepayments.size,
      overpayments: books.overpayments.size,
      quotes: books.quotes.size,
      purchaseOrders: books.purchaseOrders.size,
    },
    contacts: books.contacts.all(),
    items: books.items.all(),
    invoices: books.invoices.all(),
    payments: books.payments.all(),
    creditNotes: books.creditNotes.all(),
    prepayments: books.prepayments.all(),
    overpayments: books.overpayments.all(),
    quotes: books.quotes.all(),
    purchaseOrders: books.purchaseOrders.all(),
    accounts: books.accounts.all(),
    taxRates: books.taxRates.all(),
    history: Object.fromEntries(books.history),
  }
}
