import type { EngineRig } from './engine-rig.ts'
import { billDifferences, billPairs } from './oracle-bill.ts'
import { contactDifferences, recognised } from './oracle-contact.ts'
import { allocationDifferences, allocationPairs, creditNoteDifferences, creditNotePairs } from './oracle-credit.ts'
import { dealDifferences, dealPairs } from './oracle-deal.ts'
import type { Difference } from './oracle-difference.ts'
import { type DuplicateFacts, duplicates } from './oracle-duplicates.ts'
import { inboxIds } from './oracle-inbox.ts'
import { invoiceDifferences } from './oracle-invoice.ts'
import { itemDifferences } from './oracle-item.ts'
import { leadDifferences, leadPairs, leftBehind } from './oracle-lead.ts'
import { paymentDifferences, paymentPairs } from './oracle-payment.ts'
import { quoteDifferences, quotePairs } from './oracle-quote.ts'
import { flagDifferences, isFlagged } from './oracle-removal.ts'
import { type BothStates, readStates } from './oracle-state.ts'
import { summariesIn, summaryDifferences } from './oracle-summary.ts'
import { unaccounted } from './oracle-unaccounted.ts'
import { vendorDifferences, vendorPairs } from './oracle-vendor.ts'

export interface Verdict {
  readonly pairs: Readonly<Record<'contact' | 'item' | 'invoice', number>>
  /** Linked pairs that disagree although nothing in the inbox names them: bugs. */
  readonly differences: readonly Difference[]
  /** Disagreements of pairs that the inbox names. */
  readonly explained: readonly Difference[]
  readonly duplicates: readonly string[]
  /** Records that are neither linked, nor in the inbox, nor out of scope for a reason anybody can see: lost. */
  readonly unaccounted: readonly string[]
  /** Remote ids of everything that the inbox names. */
  readonly waiting: ReadonlySet<string>
  /** A cross-reference to a record that is not there. */
  readonly dangling: readonly string[]
}

/** The oracle needs the two sides and what waits in the inbox, not the engine. */
export type Judged = Pick<EngineRig, 'zoho' | 'xero' | 'connectionId' | 'settings'> & {
  readonly store: Pick<EngineRig['store'], 'reports'>
  /** See `DuplicateFacts`; where nobody has watched the calls there is no such excuse. */
  readonly isRace?: DuplicateFacts['isRace']
}

/** Looks at both sides from outside and says whether they correspond (I1, I2, I11). */
export async function judge(rig: Judged): Promise<Verdict> {
  const states = await readStates(rig)
  const { codesById } = await inboxIds(rig)
  const settings = await rig.settings()
  const pairs = pairsOf(states, settings.provisioned.serviceProductId)
  const found = [
    ...pairs.contacts.flatMap(contactDifferences),
    ...pairs.items.flatMap(itemDifferences),
    ...pairs.invoices.flatMap(invoiceDifferences),
    ...paymentPairs(states).flatMap(paymentDifferences),
    ...creditNotePairs(states).flatMap(creditNoteDifferences),
    ...allocationPairs(states).flatMap(allocationDifferences),
    ...summariesIn(states).flatMap(summaryDifferences),
    ...pairs.quotes.flatMap(quoteDifferences),
    ...dealPairs(states).flatMap(dealDifferences),
    ...leadPairs(states).flatMap(leadDifferences),
    ...flagDifferences(states, settings),
    ...vendorPairs(states).flatMap(vendorDifferences),
    ...pairs.bills.flatMap(billDifferences),
  ]
  // A document waits with its customer: whose link the inbox names, its documents may name another.
  const isCustomerHeld = (one: Difference) =>
    ['customer', 'vendor'].includes(one.field) && (codesById.has(one.zoho) || codesById.has(one.xero))
  const isExplained = (one: Difference) => codesById.has(one.zohoId) || codesById.has(one.xeroId) || isCustomerHeld(one)
  return {
    pairs: { contact: pairs.contacts.length, item: pairs.items.length, invoice: pairs.invoices.length },
    differences: found.filter((one) => !isExplained(one)),
    explained: found.filter(isExplained),
    duplicates: duplicates(states, { quotePrefix: settings.quotePrefix, isRace: rig.isRace ?? (() => false) }),
    waiting: new Set(codesById.keys()),
    unaccounted: [...unaccounted(states, { settings, inbox: codesById }), ...leftBehind(states, codesById)],
    dangling: pairs.dangling
      .filter((one) => !codesById.has(one.id) && !isFlagged(states.zoho, one.id, settings))
      .map((one) => one.text),
  }
}

/** The whole verdict as lines; none means that all is well. */
export function faultsOf(verdict: Verdict): readonly string[] {
  return [
    ...verdict.differences.map(
      (one) => `${one.kind} ${one.zohoId} / ${one.xeroId}: ${one.field}: "${one.zoho}" in Zoho, "${one.xero}" in Xero`,
    ),
    ...verdict.duplicates.map((text) => `twice: ${text}`),
    ...verdict.unaccounted.map((text) => `lost: ${text}`),
    ...verdict.dangling.map((text) => `dangling: ${text}`),
  ]
}

/** The pairs that the CRM's own Xero ID field names; our store is not asked. */
function pairsOf({ zoho, xero }: BothStates, serviceProductId: string) {
  const contacts = new Map(xero.contacts.map((one) => [one.id, one]))
  const items = new Map(xero.items.map((one) => [one.id, one]))
  const invoices = new Map(xero.invoices.map((one) => [one.id, one]))
  const taxNames = new Map(zoho.org.taxes.map((tax) => [tax.id, tax.name]))
  const { Accounts, Contacts, Products, Invoices } = zoho.records
  const customers = new Map(Accounts.map((account) => [account.id, account.Xero_ID]))
  const deleted = zoho.deleted.flatMap(({ module, record }) => (module === 'Contacts' ? [record.values] : []))
  const everybody = new Set([...Contacts, ...deleted].flatMap(recognised))
  const dangling: { id: string; text: string }[] = []
  const found = <T>(record: { readonly id: string; readonly Xero_ID: string }, map: ReadonlyMap<string, T>): T[] => {
    if (record.Xero_ID === '') return []
    const partner = map.get(record.Xero_ID)
    if (partner === undefined) dangling.push({ id: record.id, text: `${record.id} -> ${record.Xero_ID}` })
    return partner === undefined ? [] : [partner]
  }
  for (const vendor of zoho.records.Vendors) found(vendor, contacts)
  for (const order of zoho.records.Purchase_Orders) found(order, invoices)
  return {
    contacts: Accounts.flatMap((account) =>
      found(account, contacts).map((contact) => ({
        account,
        persons: Contacts.filter((person) => person.Account_Name === account.id),
        contact,
        everybody,
      })),
    ),
    items: Products.flatMap((product) => found(product, items).map((item) => ({ product, item, taxNames }))),
    invoices: Invoices.flatMap((crm) =>
      found(crm, invoices).map((books) => ({
        crm,
        books,
        customer: customers.get(crm.Account_Name) ?? '',
        serviceProductId,
        baseCurrency: xero.organisation.baseCurrency,
        isCustomerGone: crm.Account_Name === '' && zoho.deleted.length > 0,
      })),
    ),
    quotes: quotePairs({ zoho, xero }, { customers, serviceProductId }),
    bills: billPairs({ zoho, xero }, { serviceProductId }),
    dangling,
  }
}
