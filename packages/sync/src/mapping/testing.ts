import { DEFAULT_SETTINGS } from '../model/default-settings.ts'
import type { Collection } from '../model/kind.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { ReferenceData, XeroTaxRate, ZohoField } from '../model/reference.ts'
import type { ConnectionSettings } from '../model/settings.ts'
import type { Side } from '../model/side.ts'
import { isValueList, isValueObject, type Value, type ValueObject } from '../model/value.ts'
import type { LinkContext, SideView } from './contract.ts'

/** An Australian pair of organisations for the tests of the rules. */
export const SETTINGS: ConnectionSettings = {
  ...DEFAULT_SETTINGS,
  salesAccountCode: '200',
  taxMap: [
    { zohoTaxIds: ['t-gst'], xeroTaxType: 'OUTPUT' },
    { zohoTaxIds: ['t-free'], xeroTaxType: 'EXEMPTOUTPUT' },
    { zohoTaxIds: ['t-gst', 't-lux'], xeroTaxType: 'TAX001' },
    { zohoTaxIds: [], xeroTaxType: 'BASEXCLUDED' },
  ],
  provisioned: {
    ...DEFAULT_SETTINGS.provisioned,
    xeroId: {
      Accounts: 'Xero_ID',
      Contacts: 'Xero_ID',
      Products: 'Xero_ID',
      Quotes: 'Xero_ID',
      Invoices: 'Xero_ID',
      XeroPayments: 'Xero_ID',
      XeroAccounts: 'Xero_ID',
    },
    addToXero: 'Add_to_Xero',
    xeroInvoiceNumber: 'Xero_Invoice_No',
    xeroInvoiceUrl: 'Xero_Invoice_URL',
    xeroQuoteNumber: 'Xero_Quote_No',
    brandingTheme: 'Branding_Theme',
    amountDue: 'Xero_Amount_Due',
    amountPaid: 'Xero_Amount_Paid',
    xeroStatus: 'Xero_Status',
    paymentState: 'Xero_Payment_State',
    lastSynced: 'Xero_Last_Synced',
    primaryContact: 'Xero_Primary_Contact',
    serviceProductId: 'p-service',
    payment: {
      invoice: 'Paid_Invoice',
      amount: 'Paid_Amount',
      date: 'Payment_Date',
      account: 'Paid_Into',
      reference: 'Payment_Reference',
      status: 'Payment_Status',
      currency: 'Payment_Currency',
    },
    account: {
      code: 'Ledger_Code',
      type: 'Ledger_Type',
      class: 'Ledger_Class',
      taxType: 'Ledger_Tax_Type',
      status: 'Ledger_Status',
      description: 'Ledger_Description',
      takesPayments: 'Takes_Payments',
    },
  },
  publicUrl: 'https://tandem.example',
}

function rate(taxType: string, name: string, effectiveRate: string): XeroTaxRate {
  return { taxType, name, effectiveRate, status: 'ACTIVE', canApplyToRevenue: true }
}

function account(code: string, systemAccount: string, accountClass: string) {
  return {
    accountId: `a-${code}`,
    code,
    name: code,
    type: accountClass,
    class: accountClass,
    taxType: systemAccount === '' ? 'OUTPUT' : 'BASEXCLUDED',
    status: 'ACTIVE',
    systemAccount,
  }
}

export function zohoFieldOf(apiName: string, changes: Partial<ZohoField> = {}): ZohoField {
  const plain = { label: apiName, dataType: 'text', length: null, decimalPlaces: null, picklist: [] }
  const flags = { isReadOnly: false, isMandatory: false, isUnique: false, isCustom: false }
  return { apiName, ...plain, ...flags, ...changes }
}

export const REFERENCE: ReferenceData = {
  zoho: {
    zgid: '700',
    companyName: 'Sandbox',
    baseCurrency: 'AUD',
    isMultiCurrency: true,
    timeZone: 'Australia/Sydney',
    userId: 'u-1',
    taxes: [
      { id: 't-gst', name: 'GST', percentage: '10' },
      { id: 't-free', name: 'GST Free', percentage: '0' },
      { id: 't-lux', name: 'Luxury', percentage: '2.5' },
    ],
    currencies: ['AUD', 'NZD'],
    modules: ['Accounts', 'Contacts', 'Products', 'Invoices'],
    fields: {
      Invoices: [
        zohoFieldOf('Status', { picklist: ['-None-', 'Created', 'Approved', 'Delivered', 'Cancelled'] }),
        ...['Xero_ID', 'Add_to_Xero', 'Xero_Invoice_No', 'Xero_Invoice_URL', 'Branding_Theme'].map((name) =>
          zohoFieldOf(name),
        ),
        ...['Amount_Due', 'Amount_Paid', 'Status', 'Payment_State', 'Last_Synced'].map((name) =>
          zohoFieldOf(`Xero_${name}`),
        ),
      ],
    },
  },
  xero: {
    tenantId: 'tenant-1',
    name: 'Sandbox',
    shortCode: '!23eYt',
    baseCurrency: 'AUD',
    timeZone: 'Australia/Sydney',
    periodLockDate: '2026-06-30',
    endOfYearLockDate: null,
    accounts: [
      account('200', '', 'REVENUE'),
      account('610', 'DEBTORS', 'ASSET'),
      account('860', 'ROUNDING', 'EXPENSE'),
    ],
    taxRates: [
      rate('OUTPUT', 'GST on Income', '10.0000'),
      rate('EXEMPTOUTPUT', 'GST Free Income', '0.0000'),
      rate('BASEXCLUDED', 'BAS Excluded', '0.0000'),
      rate('TAX001', 'GST and luxury', '12.5000'),
    ],
    currencies: ['AUD', 'NZD'],
    brandingThemes: [
      { id: 'theme-0', name: 'Standard', sortOrder: 0 },
      { id: 'theme-1', name: 'Special Projects', sortOrder: 1 },
    ],
  },
}

/** Every Xero id is the Zoho id behind an `x:`; item codes are the ids in capitals. */
export function contextOf(settings: ConnectionSettings = SETTINGS, reference: ReferenceData = REFERENCE): LinkContext {
  return {
    settings,
    reference,
    linkId: 'L1',
    today: '2026-11-21',
    partnerOf: (side, _collection, id) => {
      if (id.includes('unknown')) return null
      return side === 'zoho' ? `x:${id}` : id.replace(/^x:/, '')
    },
    xeroItemIdByCode: (code) => `x:${code.toLowerCase()}`,
    xeroItemCodeById: (id) => id.replace(/^x:/, '').toUpperCase(),
    answer: () => null,
  }
}

/** The same, with these records read: every question about them has its answer, every other none. */
export function contextWith(records: readonly RemoteRecord[], settings: ConnectionSettings = SETTINGS): LinkContext {
  return {
    ...contextOf(settings),
    answer: (question) =>
      question.type === 'record'
        ? records.filter((one) => one.collection === question.ref.collection && one.id === question.ref.remoteId)
        : records.filter((one) => textOf(one, question.lookup.key.field) === question.lookup.key.value),
  }
}

function textOf({ fields }: RemoteRecord, key: string): string {
  const value = fields[key]
  return typeof value === 'string' ? value : ''
}

export function recordOf(side: Side, collection: Collection, fields: ValueObject, id = `${side}-1`): RemoteRecord {
  return {
    side,
    collection,
    id,
    version: '2026-11-01T00:00:00.000Z',
    createdAt: null,
    modifiedBy: null,
    life: 'live',
    hasLines: true,
    fields,
  }
}

export function viewOf(main: RemoteRecord | null, people: Partial<SideView> = {}): SideView {
  return { side: main?.side ?? 'zoho', main, primary: null, persons: [], ...people }
}

/** A payload as the remote would show it: decimals as text. */
export function shown(payload: Value): Value {
  if (isValueList(payload)) return payload.map(shown)
  if (!isValueObject(payload)) return payload
  const { $decimal } = payload
  if (typeof $decimal === 'string') return $decimal
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, shown(value)]))
}

export function shownFields(payload: ValueObject): ValueObject {
  const fields = shown(payload)
  return isValueObject(fields) ? fields : {}
}
