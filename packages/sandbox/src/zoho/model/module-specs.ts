import { ACCOUNT_FIELDS, CONTACT_FIELDS, DEAL_FIELDS, VENDOR_FIELDS } from './crm-modules.ts'
import type { FieldSpec } from './field-spec.ts'
import { INVOICE_FIELDS, PRODUCT_FIELDS, QUOTE_FIELDS, rowFields } from './inventory-modules.ts'
import { LEAD_FIELDS } from './lead-module.ts'
import { PURCHASE_ORDER_FIELDS, SALES_ORDER_FIELDS } from './order-modules.ts'
import { TASK_FIELDS } from './task-module.ts'

/** What makes a module; ids and system fields are added when an org is set up. */
export interface ModuleSpec {
  readonly apiName: string
  readonly singular: string
  /** The singular with an `s` when absent. */
  readonly plural?: string
  readonly displayField: string
  readonly duplicateField?: string
  readonly lineField?: string
  readonly autoNumber?: string
  readonly parent?: string
  readonly fields: readonly FieldSpec[]
}

const rows = (apiName: string, singular: string, parent: string): ModuleSpec => ({
  apiName,
  singular,
  displayField: 'Product_Name',
  parent,
  fields: rowFields(parent),
})

/** Modules that every org has (zoho-crm.md 4); subforms of line items are modules too (4.1). */
export const STANDARD_SPECS: readonly ModuleSpec[] = [
  { apiName: 'Accounts', singular: 'Account', displayField: 'Account_Name', fields: ACCOUNT_FIELDS },
  {
    apiName: 'Contacts',
    singular: 'Contact',
    displayField: 'Full_Name',
    duplicateField: 'Email',
    fields: CONTACT_FIELDS,
  },
  { apiName: 'Deals', singular: 'Deal', displayField: 'Deal_Name', fields: DEAL_FIELDS },
  { apiName: 'Products', singular: 'Product', displayField: 'Product_Name', fields: PRODUCT_FIELDS },
  { apiName: 'Vendors', singular: 'Vendor', displayField: 'Vendor_Name', fields: VENDOR_FIELDS },
  {
    apiName: 'Quotes',
    singular: 'Quote',
    displayField: 'Subject',
    lineField: 'Quoted_Items',
    autoNumber: 'Quote_Number',
    fields: QUOTE_FIELDS,
  },
  {
    apiName: 'Invoices',
    singular: 'Invoice',
    displayField: 'Subject',
    lineField: 'Invoiced_Items',
    autoNumber: 'Invoice_Number',
    fields: INVOICE_FIELDS,
  },
  rows('Quoted_Items', 'Quoted Item', 'Quotes'),
  rows('Invoiced_Items', 'Invoiced Item', 'Invoices'),
  { apiName: 'Leads', singular: 'Lead', displayField: 'Full_Name', duplicateField: 'Email', fields: LEAD_FIELDS },
  {
    apiName: 'Sales_Orders',
    singular: 'Sales Order',
    displayField: 'Subject',
    lineField: 'Ordered_Items',
    autoNumber: 'SO_Number',
    fields: SALES_ORDER_FIELDS,
  },
  {
    apiName: 'Purchase_Orders',
    singular: 'Purchase Order',
    displayField: 'Subject',
    lineField: 'Purchase_Items',
    fields: PURCHASE_ORDER_FIELDS,
  },
  rows('Ordered_Items', 'Ordered Item', 'Sales_Orders'),
  rows('Purchase_Items', 'Purchase Item', 'Purchase_Orders'),
  { apiName: 'Tasks', singular: 'Task', displayField: 'Subject', fields: TASK_FIELDS },
]
