import type { ZohoSwitches } from '../switch-list.ts'
import type { World } from '../world.ts'

const PAGE = 200
/** A COQL call on the subform returns at most this many rows. */
const COQL_ROWS = 2000
const BATCH = 100

/**
 * The fewest API calls that read everything once: full pages of 200 for each module, and for line items one GET per
 * invoice, or pages of 2,000 rows where COQL on the subform works (zoho-crm.md 2.2, 9 trap 1). `creates(n)` is not a
 * call but the formula: n records take `ceil(n / createBatch)` calls.
 */
export function floorOf(world: World, switches: ZohoSwitches) {
  const counts = {
    Accounts: world.table('Accounts').size(),
    Contacts: world.table('Contacts').size(),
    Products: world.table('Products').size(),
    Invoices: world.table('Invoices').size(),
    invoiceLines: world
      .table('Invoices')
      .ordered('id')
      .reduce((sum, record) => sum + record.rows.length, 0),
  }
  const pages = (count: number) => Math.ceil(count / PAGE)
  const reads = {
    Accounts: pages(counts.Accounts),
    Contacts: pages(counts.Contacts),
    Products: pages(counts.Products),
    Invoices: pages(counts.Invoices),
    invoiceLines: switches.is('coqlOnSubform', 'on') ? Math.ceil(counts.invoiceLines / COQL_ROWS) : counts.Invoices,
  }
  const readTotal = Object.values(reads).reduce((sum, calls) => sum + calls, 0)
  return { reads, readTotal, counts, createBatch: BATCH }
}
