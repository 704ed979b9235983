import type { ConnectionSettings, KindSettings } from './settings.ts'

/** Deletes are off until a person turns them on (C7). */
const BOTH_WAYS: KindSettings = {
  isOn: true,
  direction: 'both',
  zoho: { create: true, update: true, delete: false },
  xero: { create: true, update: true, delete: false },
}

/** Quotes are written in the CRM; of Xero's, only what became of them comes back (R32). Off until a person wants them. */
const QUOTES: KindSettings = { ...BOTH_WAYS, isOn: false, zoho: { create: false, update: true, delete: false } }

/** What a new connection starts with: careful with ledgers, complete enough to sync (R02b, R19, design section 6). */
export const DEFAULT_SETTINGS: ConnectionSettings = {
  allowSync: true,
  kinds: { contact: BOTH_WAYS, item: BOTH_WAYS, quote: QUOTES, invoice: BOTH_WAYS },
  customerModel: 'accountsWithPersons',
  includeSuppliers: false,
  addToXero: 'ticked',
  newInvoiceStatus: 'DRAFT',
  invoicePrefix: '',
  quotePrefix: '',
  quoteStatusMap: {
    toXero: {
      Draft: 'DRAFT',
      'On Hold': 'DRAFT',
      Negotiation: 'SENT',
      Delivered: 'SENT',
      Confirmed: 'ACCEPTED',
      'Closed Won': 'ACCEPTED',
      'Closed Lost': 'DECLINED',
    },
    toZoho: {
      DRAFT: 'Draft',
      SENT: 'Delivered',
      ACCEPTED: 'Confirmed',
      DECLINED: 'Closed Lost',
      INVOICED: 'Closed Won',
    },
  },
  lockRule: 'draftOnly',
  salesAccountCode: '',
  taxMap: [],
  defaultDueDays: 30,
  roundingLimit: '0.05',
  headerDiscount: 'hold',
  firstLinkWinner: 'xero',
  fieldPolicies: {},
  guard: {
    creates: { count: 50, percent: 5 },
    updates: { count: 50, percent: 30 },
    deletes: { count: 10, percent: 1 },
    deletesPerDay: 25,
    sameValue: { count: 20, percent: 20 },
    absent: { count: 5, percent: 50 },
  },
  provisioned: {
    xeroId: {},
    addToXero: '',
    xeroInvoiceNumber: '',
    xeroInvoiceUrl: '',
    xeroQuoteNumber: '',
    brandingTheme: '',
    primaryContact: '',
    serviceProductId: '',
  },
  quietSeconds: 5,
  publicUrl: '',
}
