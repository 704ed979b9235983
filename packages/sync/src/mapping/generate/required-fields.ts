import { looksAtLeads } from '../../model/kind.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { ACCOUNT_MODULE } from '../account/account-module.ts'
import { businessNumberFields, numberFieldsOf } from '../contact/contact-keys.ts'
import { CREDIT_NOTE_MODULE } from '../creditNote/credit-note-module.ts'
import { documentZohoFields } from '../document/zoho-names.ts'
import { dealLookup } from '../invoice/deal-lookup.ts'
import { zohoField } from '../limits.ts'
import { PAYMENT_MODULE } from '../payment/payment-module.ts'

/** Zoho lists at most so many fields (zoho-crm.md 3.1); a mapping that needs more of a module is refused. */
export const MOST_FIELDS = 50

const SYSTEM = ['Created_Time', 'Modified_Time', 'Modified_By'] as const
const LINE_FIELDS = [
  'Product_Name',
  'Quantity',
  'List_Price',
  'Discount',
  'Line_Tax',
  'Description',
  'Sequence_Number',
] as const

/**
 * API names per module that the rules read; the Zoho connector lists exactly these. `Tax` of an invoice tells a document
 * tax without `$line_tax`, which only single reads carry.
 */
export function requiredZohoFields(
  settings: ConnectionSettings,
  reference?: ReferenceData,
): Readonly<Record<string, readonly string[]>> {
  const { provisioned, customerModel } = settings
  const xeroId = (module: string) => provisioned.xeroId[module] ?? ''
  const hasAccounts = customerModel !== 'contactsAlone'
  // The org's own, where the metadata is known and shows some.
  const businessNumbers =
    reference === undefined ? [] : businessNumberFields(reference, settings).map((field) => field.apiName)
  const mapped = documentZohoFields(settings)
  const fields: Readonly<Record<string, readonly string[]>> = {
    ...(hasAccounts
      ? {
          Accounts: named([
            ...['Account_Name', 'Phone', 'Fax', 'Website'],
            ...address('Billing', 'Code'),
            ...address('Shipping', 'Code'),
            xeroId('Accounts'),
            ...businessNumbers,
          ]),
        }
      : // Whoever was a customer before is looked at for who is one now (R13).
        { Accounts: named(['Account_Name', xeroId('Accounts')]) }),
    ...(looksAtLeads(settings) ? { Leads: leadFields(settings, reference) } : {}),
    Contacts: named([
      ...['First_Name', 'Last_Name', 'Email', 'Phone', 'Mobile', 'Account_Name', provisioned.primaryContact],
      ...(hasAccounts ? [] : [...address('Mailing', 'Zip'), ...address('Other', 'Zip'), ...businessNumbers]),
      xeroId('Contacts'),
    ]),
    Products: named([
      ...['Product_Name', 'Product_Code', 'Unit_Price', 'Description', 'Tax', 'Taxable', 'Product_Active'],
      // Filled in where stock is kept: which accounts a new item gets (R40).
      'Qty_in_Stock',
      xeroId('Products'),
    ]),
    Invoices: named([
      ...[
        'Invoice_Number',
        'Subject',
        'Account_Name',
        'Contact_Name',
        'Invoice_Date',
        'Due_Date',
        'Status',
        'Currency',
      ],
      ...['Sub_Total', 'Discount', 'Tax', 'Adjustment', 'Grand_Total', 'Invoiced_Items'],
      ...[provisioned.addToXero, provisioned.xeroInvoiceNumber, provisioned.xeroInvoiceUrl, provisioned.brandingTheme],
      ...(settings.wonDeals.isOn ? [dealLookup(reference)] : []),
      ...(settings.overdueTasks.isOn ? ['Owner'] : []),
      ...[provisioned.amountDue, provisioned.amountPaid, provisioned.xeroStatus, provisioned.paymentState],
      xeroId('Invoices'),
    ]),
    ...(settings.wonDeals.isOn ? { Deals: dealFields(settings) } : {}),
    ...(settings.overdueTasks.isOn ? { Tasks: taskFields(settings) } : {}),
    Invoiced_Items: LINE_FIELDS,
    Quotes: named([
      ...['Quote_Number', 'Subject', 'Account_Name', 'Contact_Name', 'Valid_Till', 'Quote_Stage', 'Currency'],
      ...['Sub_Total', 'Discount', 'Tax', 'Adjustment', 'Grand_Total', 'Quoted_Items'],
      ...['Terms_and_Conditions', 'Description', provisioned.xeroQuoteNumber],
      xeroId('Quotes'),
    ]),
    Quoted_Items: LINE_FIELDS,
    [CREDIT_NOTE_MODULE]: named(['Name', ...Object.values(provisioned.creditNote), xeroId(CREDIT_NOTE_MODULE)]),
    ...(settings.kinds.vendor.isOn ? { Vendors: vendorFields(settings, reference) } : {}),
    ...(settings.kinds.bill.isOn ? { Purchase_Orders: orderFields(settings), Purchase_Items: LINE_FIELDS } : {}),
    [PAYMENT_MODULE]: named(['Name', ...Object.values(provisioned.payment), xeroId(PAYMENT_MODULE)]),
    [ACCOUNT_MODULE]: named(['Name', ...Object.values(provisioned.account), xeroId(ACCOUNT_MODULE)]),
  }
  return Object.fromEntries(
    Object.entries(fields).map(([module, names]) => {
      const more = [provisioned.deletedInXero[module] ?? '', ...(mapped[module] ?? [])].filter((name) => name !== '')
      return [module, more.length === 0 ? names : named([...names, ...more])]
    }),
  )
}

function vendorFields({ provisioned }: ConnectionSettings, reference?: ReferenceData): readonly string[] {
  const numbers = reference === undefined ? [] : numberFieldsOf('Vendors', reference).map((field) => field.apiName)
  return named([
    ...['Vendor_Name', 'Email', 'Phone', 'Website', 'Street', 'City', 'State', 'Zip_Code', 'Country'],
    provisioned.xeroId.Vendors ?? '',
    ...numbers,
  ])
}

function orderFields({ provisioned }: ConnectionSettings): readonly string[] {
  return named([
    ...['PO_Number', 'Subject', 'Vendor_Name', 'PO_Date', 'Due_Date', 'Status', 'Currency'],
    ...['Sub_Total', 'Discount', 'Tax', 'Adjustment', 'Grand_Total', 'Purchase_Items'],
    ...Object.values(provisioned.bill),
    provisioned.xeroId.Purchase_Orders ?? '',
  ])
}

/** What a deal says by itself; its quotes and products are read apart, once it is won. */
function dealFields({ provisioned }: ConnectionSettings): readonly string[] {
  return named([
    ...['Deal_Name', 'Stage', 'Closing_Date', 'Amount', 'Account_Name', 'Contact_Name', 'Currency'],
    ...[provisioned.dealInvoiceNumber, provisioned.dealInvoiceUrl, provisioned.dealInvoiceId],
  ])
}

/** What a task that we made says by now (R38c). */
function taskFields({ provisioned }: ConnectionSettings): readonly string[] {
  return named(['Subject', 'Due_Date', 'Status', 'Owner', 'What_Id', provisioned.xeroId.Tasks ?? ''])
}

/** What conversion made of a lead is only asked for where the metadata shows it (zoho-crm.md 4 Leads). */
const CONVERSION = ['Converted__s', 'Converted_Account', 'Converted_Contact', 'Converted_Date_Time'] as const

function leadFields({ provisioned }: ConnectionSettings, reference: ReferenceData | undefined): readonly string[] {
  const isShown = (name: string) =>
    reference?.zoho.fields.Leads === undefined || zohoField(reference, 'Leads', name) !== undefined
  return named([
    ...['Last_Name', 'First_Name', 'Company', 'Email', 'Phone', 'Mobile', 'Fax', 'Website'],
    ...['Street', 'City', 'State', 'Zip_Code', 'Country'],
    ...CONVERSION.filter(isShown),
    provisioned.xeroId.Leads ?? '',
  ])
}

function address(prefix: string, postalCode: 'Code' | 'Zip'): readonly string[] {
  return ['Street', 'City', 'State', postalCode, 'Country'].map((part) => `${prefix}_${part}`)
}

function named(names: readonly string[]): readonly string[] {
  return [...new Set([...names.filter((name) => name !== ''), ...SYSTEM])]
}
