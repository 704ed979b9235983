import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import { lostBills } from './oracle-bill.ts'
import { lostCredits } from './oracle-credit.ts'
import { unbilledDeals } from './oracle-deal.ts'
import { lostPayments } from './oracle-payment.ts'
import { lostQuotes } from './oracle-quote.ts'
import { recordedLike, unrecorded } from './oracle-recorded.ts'
import { isFlagged, undeleted, unrecycled } from './oracle-removal.ts'
import type { BothStates, XeroContact } from './oracle-state.ts'
import { summariesIn } from './oracle-summary.ts'
import { typedCreditLost } from './oracle-typed-credit.ts'
import { isMadeForVendor, lostVendors } from './oracle-vendor.ts'

/**
 * Records that nobody would miss on purpose: each must be linked, in the inbox, or visibly out of scope. Anything else
 * was lost on the way.
 */
export function unaccounted(
  { zoho, xero }: BothStates,
  at: { readonly settings: ConnectionSettings; readonly inbox: ReadonlyMap<string, readonly string[]> },
): readonly string[] {
  const { settings, inbox } = at
  const { Accounts, Products, Invoices } = zoho.records
  const leads = zoho.records.Leads.filter((lead) => !lead.Converted__s)
  const summed = new Set(
    summariesIn({ zoho, xero }).flatMap(({ summary, members }) =>
      members.length === 0 ? [] : [summary.id, ...members.map((one) => one.id)],
    ),
  )
  const linked = new Set([...Accounts, ...Products, ...Invoices, ...leads].map((record) => record.Xero_ID))
  const isLost = (record: { readonly id: string }) => !linked.has(record.id) && !inbox.has(record.id)
  const isUnlinked = (record: { readonly id: string; readonly Xero_ID: string }) =>
    record.Xero_ID === '' && !inbox.has(record.id)
  // One that we made for a vendor is a supplier before its first bill.
  const supplierOnly = (contact: XeroContact) =>
    (contact.isSupplier || isMadeForVendor(contact)) && !contact.isCustomer && !settings.includeSuppliers
  return [
    ...Accounts.filter(isUnlinked).map((one) => `Zoho Account ${one.id} ${one.Account_Name}`),
    ...Products.filter(isUnlinked)
      // Its item was deleted before its ID could be written: the checkbox tells that.
      .filter((one) => !isFlagged(zoho, one.id, settings))
      .filter((one) => one.id !== settings.provisioned.serviceProductId)
      .map((one) => `Zoho Product ${one.id} ${one.Product_Name}`),
    ...Invoices.filter(isUnlinked)
      .filter((one) => one.Status !== 'Cancelled')
      .filter((one) => settings.addToXero === 'all' || one.Add_to_Xero === true)
      .filter((one) => !summed.has(one.id))
      .map((one) => `Zoho Invoice ${one.id} ${one.Subject}`),
    ...xero.contacts
      .filter(isLost)
      .filter((one) => one.status === 'ACTIVE' && !supplierOnly(one))
      .map((one) => `Xero contact ${one.id} ${one.texts.Name ?? ''}`),
    ...xero.items
      .filter(isLost)
      .filter((one) => one.isSold)
      .map((one) => `Xero item ${one.id} ${one.code}`),
    ...xero.invoices
      .filter(isLost)
      .filter((one) => one.type === 'ACCREC' && !['VOIDED', 'DELETED'].includes(one.status))
      .filter((one) => !summed.has(one.id))
      .map((one) => `Xero invoice ${one.id} ${one.number}`),
    ...(settings.kinds.payment.isOn ? lostPayments({ zoho, xero }) : [])
      .filter((one) => !inbox.has(one.id) && !inbox.has(one.invoiceId))
      .map((one) => `Xero payment ${one.id} of ${one.invoiceId}`),
    ...lostCredits({ zoho, xero }, settings)
      .filter((one) => !one.ids.some((id) => inbox.has(id)))
      .map(({ text }) => text),
    ...(settings.kinds.payment.xero.create ? typedCreditLost({ zoho, xero }, inbox) : []),
    ...(settings.kinds.vendor.isOn ? lostVendors({ zoho, xero }, inbox) : []),
    ...(settings.kinds.bill.isOn ? lostBills({ zoho, xero }, { statuses: settings.bill.orderStatuses, inbox }) : []),
    ...(settings.kinds.quote.isOn ? lostQuotes({ zoho, xero }) : [])
      .filter((one) => !inbox.has(one.id))
      .map((one) => `Zoho Quote ${one.id} ${one.Subject}`),
    ...(settings.wonDeals.isOn ? unbilledDeals({ zoho, xero }, { stages: settings.wonDeals.stages, inbox }) : [])
      .filter((one) => !inbox.has(one.id))
      .map((one) => `Zoho Deal ${one.id} ${one.Deal_Name}`),
    ...unrecorded({ zoho, xero }, settings, inbox).map((one) => {
      const codes = (inbox.get(one.id) ?? []).join()
      return `Zoho payment ${one.id}, typed and not recorded (${codes}); like it: ${recordedLike(one, { zoho, xero }).join()}`
    }),
    ...[...undeleted({ zoho, xero }, settings), ...unrecycled({ zoho, xero }, settings)]
      .filter((one) => !one.ids.some((id) => inbox.has(id)))
      .map(({ text }) => text),
  ]
}
