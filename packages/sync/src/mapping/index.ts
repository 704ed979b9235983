import type { Kind } from '../model/kind.ts'
import type { ConnectionSettings } from '../model/settings.ts'
import { accountMapping } from './account/account-mapping.ts'
import { billMapping } from './bill/bill-mapping.ts'
import { contactMapping } from './contact/contact-mapping.ts'
import type { KindMapping } from './contract.ts'
import { creditNoteMapping } from './creditNote/credit-note-mapping.ts'
import { withDeletionFlag } from './deleted-in-xero.ts'
import { withDocument } from './document/with-document.ts'
import { withDeals } from './invoice/deal-mapping.ts'
import { invoiceMapping } from './invoice/invoice-mapping.ts'
import { withOverdueTasks } from './invoice/overdue-task.ts'
import { withSummaries } from './invoice/summary-mapping.ts'
import { itemMapping } from './item/item-mapping.ts'
import { withOwner } from './owner.ts'
import { paymentMapping } from './payment/payment-mapping.ts'
import { withRecording } from './payment/recorded-payment.ts'
import { quoteMapping } from './quote/quote-mapping.ts'
import { vendorMapping } from './vendor/vendor-mapping.ts'

/** The rules of one kind under these settings. Make it once per run: it prepares its tables. */
export function mappingFor(kind: Kind, settings: ConnectionSettings): KindMapping {
  const mapping = withDeletionFlag(defaultMapping(kind, settings), settings)
  const whole = withOwner(withDocument(mapping, settings))
  const { lead } = whole
  if (lead === undefined) return whole
  return { ...whole, lead: { ...lead, mapping: withOwner(withDocument(lead.mapping, settings)) } }
}

/** The same without what a person has mapped. */
export function defaultMapping(kind: Kind, settings: ConnectionSettings): KindMapping {
  switch (kind) {
    case 'contact':
      return contactMapping(settings)
    case 'item':
      return itemMapping(settings)
    case 'quote':
      return quoteMapping(settings)
    case 'invoice':
      return withOverdueTasks(withSummaries(withDeals(invoiceMapping(settings), settings), settings), settings)
    case 'creditNote':
      return creditNoteMapping(settings)
    case 'payment':
      return withRecording(paymentMapping(settings), settings)
    case 'account':
      return accountMapping(settings)
    case 'vendor':
      return vendorMapping(settings)
    case 'bill':
      return billMapping(settings)
  }
}
