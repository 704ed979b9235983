import { NO_MAPPING } from './mapping-document.ts'
import type { ConnectionSettings, KindSettings } from './settings.ts'

/** Deletes are off until a person turns them on (C7). */
const BOTH_WAYS: KindSettings = {
  isOn: true,
  direction: 'both',
  zoho: { create: true, update: true, delete: false },
  xero: { create: true, update: true, delete: false },
}

/** What a new connection starts with: careful with ledgers, complete enough to sync (R02b, R19, design section 6). */
export const DEFAULT_SETTINGS: ConnectionSettings = {
  allowSync: true,
  kinds: { contact: BOTH_WAYS, item: BOTH_WAYS, invoice: BOTH_WAYS },
  customerModel: 'accountsWithPersons',
  includeSuppliers: false,
  addToXero: 'ticked',
  newInvoiceStatus: 'DRAFT',
  invoicePrefix: '',
  lockRule: 'draftOnly',
  salesAccountCode: '',
  taxMap: [],
  defaultDueDays: 30,
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
    addToXero: '',
    xeroInvoiceNumber: '',
    xeroInvoiceUrl: '',
    brandingTheme: '',
    primaryContact: '',
    serviceProductId: '',
  },
  quietSeconds: 5,
  publicUrl: '',
}
