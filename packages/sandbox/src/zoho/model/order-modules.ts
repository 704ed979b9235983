import type { FieldSpec } from './field-spec.ts'
import { lookup, pick, plain, text } from './field-spec.ts'
import { CARRIERS, DOCUMENT_TAIL } from './inventory-modules.ts'

const ORDER_STATUSES = ['Created', 'Approved', 'Delivered', 'Cancelled']

/** Sales orders (zoho-crm.md 4). */
export const SALES_ORDER_FIELDS: readonly FieldSpec[] = [
  plain('SO_Number', 'autonumber', { readOnly: true }),
  text('Subject', 120, { mandatory: true }),
  lookup('Account_Name', 'Accounts', { mandatory: true }),
  lookup('Contact_Name', 'Contacts'),
  lookup('Deal_Name', 'Deals'),
  lookup('Quote_Name', 'Quotes'),
  plain('Ordered_Items', 'subform', { mandatory: true, subform: 'Ordered_Items' }),
  plain('Due_Date', 'date'),
  pick('Status', ...ORDER_STATUSES),
  text('Purchase_Order', 100),
  text('Customer_No', 100),
  text('Pending', 100),
  pick('Carrier', ...CARRIERS),
  plain('Excise_Duty', 'currency'),
  plain('Sales_Commission', 'currency'),
  ...DOCUMENT_TAIL,
]

/** Purchase orders (zoho-crm.md 4): to a vendor, with a number that people type. */
export const PURCHASE_ORDER_FIELDS: readonly FieldSpec[] = [
  text('PO_Number', 100),
  text('Subject', 120, { mandatory: true }),
  lookup('Vendor_Name', 'Vendors', { mandatory: true }),
  lookup('Contact_Name', 'Contacts'),
  plain('Purchase_Items', 'subform', { mandatory: true, subform: 'Purchase_Items' }),
  plain('PO_Date', 'date'),
  plain('Due_Date', 'date'),
  pick('Status', ...ORDER_STATUSES),
  text('Requisition_No', 100),
  text('Tracking_Number', 100),
  pick('Carrier', ...CARRIERS),
  plain('Excise_Duty', 'currency'),
  plain('Sales_Commission', 'currency'),
  ...DOCUMENT_TAIL,
]
