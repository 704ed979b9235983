import { address, CURRENCY_FIELDS } from './crm-modules.ts'
import type { FieldSpec } from './field-spec.ts'
import { lookup, pick, plain, text } from './field-spec.ts'

export const PRODUCT_FIELDS: readonly FieldSpec[] = [
  text('Product_Name', 200, { mandatory: true }),
  text('Product_Code', 40),
  plain('Product_Active', 'boolean'),
  pick('Product_Category', 'Hardware', 'Software', 'CRM Applications'),
  pick('Manufacturer', 'AltvetPet Inc.', 'LexPon Inc.', 'MetBeat Corp.'),
  lookup('Vendor_Name', 'Vendors'),
  plain('Unit_Price', 'currency', { decimals: 4 }),
  plain('Taxable', 'boolean'),
  plain('Tax', 'producttax'),
  plain('Commission_Rate', 'currency'),
  pick('Usage_Unit', 'Box', 'Carton', 'Dozen', 'Each', 'Hours', 'Kilograms', 'Pack', 'Pages', 'Pieces', 'Quantity'),
  ...['Qty_in_Stock', 'Qty_Ordered', 'Qty_in_Demand', 'Reorder_Level'].map((name) => plain(name, 'double')),
  plain('Sales_Start_Date', 'date'),
  plain('Sales_End_Date', 'date'),
  plain('Description', 'textarea'),
  ...CURRENCY_FIELDS,
]

export const CARRIERS = ['FedEX', 'UPS', 'USPS', 'DHL', 'BlueDart']

/** Everything that Zoho computes by itself: input is ignored (zoho-crm.md 4.1). */
const TOTALS: readonly FieldSpec[] = [
  plain('Sub_Total', 'formula', { readOnly: true }),
  plain('Discount', 'discount'),
  plain('Tax', 'currency', { readOnly: true }),
  plain('Adjustment', 'currency'),
  plain('Grand_Total', 'formula', { readOnly: true }),
]

export const DOCUMENT_TAIL: readonly FieldSpec[] = [
  ...TOTALS,
  ...address('Billing'),
  ...address('Shipping'),
  plain('Terms_and_Conditions', 'textarea'),
  plain('Description', 'textarea'),
  ...CURRENCY_FIELDS,
]

export const INVOICE_FIELDS: readonly FieldSpec[] = [
  plain('Invoice_Number', 'autonumber', { readOnly: true }),
  text('Subject', 120, { mandatory: true }),
  lookup('Account_Name', 'Accounts', { mandatory: true }),
  lookup('Contact_Name', 'Contacts'),
  lookup('Deal_Name__s', 'Deals'),
  lookup('Sales_Order', 'Sales_Orders'),
  plain('Invoiced_Items', 'subform', { mandatory: true, subform: 'Invoiced_Items' }),
  plain('Invoice_Date', 'date'),
  plain('Due_Date', 'date'),
  pick('Status', 'Created', 'Approved', 'Delivered', 'Cancelled'),
  text('Purchase_Order', 100),
  plain('Excise_Duty', 'currency'),
  plain('Sales_Commission', 'currency'),
  ...DOCUMENT_TAIL,
]

export const QUOTE_FIELDS: readonly FieldSpec[] = [
  plain('Quote_Number', 'autonumber', { readOnly: true }),
  text('Subject', 120, { mandatory: true }),
  lookup('Account_Name', 'Accounts', { mandatory: true }),
  lookup('Contact_Name', 'Contacts'),
  lookup('Deal_Name', 'Deals'),
  plain('Quoted_Items', 'subform', { mandatory: true, subform: 'Quoted_Items' }),
  pick('Quote_Stage', 'Draft', 'Negotiation', 'Delivered', 'On Hold', 'Confirmed', 'Closed Won', 'Closed Lost'),
  plain('Valid_Till', 'date'),
  text('Team', 100),
  pick('Carrier', ...CARRIERS),
  ...DOCUMENT_TAIL,
]

/** Row fields of every line-item subform (zoho-crm.md 4.1). */
export function rowFields(parentModule: string): readonly FieldSpec[] {
  return [
    lookup('Product_Name', 'Products', { mandatory: true }),
    plain('Quantity', 'double'),
    plain('List_Price', 'currency', { decimals: 4 }),
    plain('Discount', 'discount'),
    plain('Line_Tax', 'linetax'),
    plain('Tax', 'currency', { readOnly: true }),
    plain('Total', 'formula', { readOnly: true }),
    plain('Total_After_Discount', 'formula', { readOnly: true }),
    plain('Net_Total', 'formula', { readOnly: true }),
    { apiName: 'Description', kind: 'textarea', length: 2000 },
    plain('Sequence_Number', 'bigint'),
    lookup('Parent_Id', parentModule, { readOnly: true }),
    plain('Created_Time', 'datetime', { readOnly: true }),
    plain('Modified_Time', 'datetime', { readOnly: true }),
  ]
}
