import { DEFAULT_BILL_SETTINGS } from './bill-settings.ts'
import { DEFAULT_INVOICE_SETTINGS } from './invoice-settings.ts'
import { NO_MAPPING } from './mapping-document.ts'
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

/** Off until its module stands in the CRM: connect makes it where the edition allows. Money is taken in Xero alone. */
const PAYMENTS: KindSettings = {
  isOn: false,
  direction: 'xeroToZoho',
  zoho: { create: true, update: true, delete: false },
  xero: { create: false, update: false, delete: false },
}

/** Off until its module stands in the CRM, as payments are. What is typed there becomes a draft in Xero. */
const CREDIT_NOTES: KindSettings = { ...BOTH_WAYS, isOn: false }
/** Off likewise, and read only: the chart of accounts is kept in Xero (C8). */
const LEDGER_ACCOUNTS: KindSettings = PAYMENTS
/** Suppliers only if chosen: then both systems know the same ones (R10c). */
const VENDORS: KindSettings = { ...BOTH_WAYS, isOn: false }

/** Purchase orders are written in the CRM; a bill of Xero's stays there, and what becomes of ours comes back (R10c). */
const BILLS: KindSettings = { ...BOTH_WAYS, isOn: false, zoho: { create: false, update: true, delete: false } }

/** What a new connection starts with: careful with ledgers, complete enough to sync (R02b, R19, design section 6). */
export const DEFAULT_SETTINGS: ConnectionSettings = {
  allowSync: true,
  kinds: {
    contact: BOTH_WAYS,
    item: BOTH_WAYS,
    quote: QUOTES,
    invoice: BOTH_WAYS,
    creditNote: CREDIT_NOTES,
    payment: PAYMENTS,
    account: LEDGER_ACCOUNTS,
    vendor: VENDORS,
    bill: BILLS,
  },
  customerModel: 'accountsWithPersons',
  newXeroContacts: 'customers',
  includeSuppliers: false,
  addToXero: 'ticked',
  invoice: DEFAULT_INVOICE_SETTINGS,
  swapAddresses: false,
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
  defaultOwnerEmail: '',
  missingItems: 'create',
  itemCodeCase: 'ignore',
  itemAccounts: { stocked: { income: '', expense: '' }, unstocked: { income: '', expense: '' } },
  salesAccountCode: '',
  taxMap: [],
  roundingLimit: '0.05',
  headerDiscount: 'hold',
  firstLinkWinner: 'xero',
  fieldPolicies: {},
  mapping: NO_MAPPING,
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
    deletedInXero: {},
    addToXero: '',
    xeroInvoiceNumber: '',
    xeroInvoiceUrl: '',
    xeroQuoteNumber: '',
    brandingTheme: '',
    amountDue: '',
    amountPaid: '',
    xeroStatus: '',
    paymentState: '',
    lastSynced: '',
    primaryContact: '',
    dealInvoiceNumber: '',
    dealInvoiceUrl: '',
    dealInvoiceId: '',
    serviceProductId: '',
    payment: {
      ...{ invoice: '', amount: '', date: '', account: '', reference: '', status: '', currency: '' },
      ...{ type: '', creditNote: '' },
    },
    creditNote: {
      ...{ customer: '', date: '', status: '', currency: '', total: '', remaining: '', refunded: '' },
      ...{ reference: '', url: '', description: '', tax: '' },
    },
    account: { code: '', type: '', class: '', taxType: '', status: '', description: '', takesPayments: '' },
    bill: { number: '', url: '', amountDue: '', amountPaid: '', status: '', paymentState: '' },
  },
  quietSeconds: 5,
  // Nothing enters the books from a deal until a person wants it.
  wonDeals: { isOn: false, stages: [], status: 'DRAFT', lines: 'quoteThenProducts', since: '' },
  overdueTasks: { isOn: false, since: '' },
  paymentAccountCode: '',
  paymentsSince: '',
  deletedInXero: 'flag',
  listViews: 'toMake',
  bill: DEFAULT_BILL_SETTINGS,
  publicUrl: '',
}
