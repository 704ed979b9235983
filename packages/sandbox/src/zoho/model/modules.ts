import { ACCOUNT_FIELDS, CONTACT_FIELDS, DEAL_FIELDS, VENDOR_FIELDS } from './crm-modules.ts'
import type { Field } from './field.ts'
import type { FieldSpec } from './field-spec.ts'
import { fieldFromSpec, plain } from './field-spec.ts'
import { INVOICE_FIELDS, PRODUCT_FIELDS, QUOTE_FIELDS, rowFields } from './inventory-modules.ts'

/** A module of the org with its fields (zoho-crm.md 4, 5). Replaced as a whole when a field is added. */
export interface Module {
  readonly id: string
  readonly layoutId: string
  readonly apiName: string
  readonly singular: string
  readonly generatedType: 'default' | 'subform'
  /** The field whose text names a record in lookups. */
  readonly displayField: string
  /** What upsert checks when the caller lists nothing (zoho-crm.md 3.5). */
  readonly duplicateField: string
  /** The line-item field of an inventory module. */
  readonly lineField: string | undefined
  readonly autoNumber: string | undefined
  readonly parent: string | undefined
  readonly fields: readonly Field[]
}

const SYSTEM_FIELDS: readonly FieldSpec[] = [
  plain('id', 'bigint', { readOnly: true, label: 'Record Id' }),
  plain('Owner', 'ownerlookup'),
  plain('Created_By', 'ownerlookup', { readOnly: true }),
  plain('Modified_By', 'ownerlookup', { readOnly: true }),
  plain('Created_Time', 'datetime', { readOnly: true }),
  plain('Modified_Time', 'datetime', { readOnly: true }),
  plain('Record_Status__s', 'picklist', { readOnly: true }),
  plain('Locked__s', 'boolean', { readOnly: true }),
]

interface ModuleSpec {
  readonly apiName: string
  readonly singular: string
  readonly displayField: string
  readonly duplicateField?: string
  readonly lineField?: string
  readonly autoNumber?: string
  readonly parent?: string
  readonly fields: readonly FieldSpec[]
}

const SPECS: readonly ModuleSpec[] = [
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
  {
    apiName: 'Quoted_Items',
    singular: 'Quoted Item',
    displayField: 'Product_Name',
    parent: 'Quotes',
    fields: rowFields('Quotes'),
  },
  {
    apiName: 'Invoiced_Items',
    singular: 'Invoiced Item',
    displayField: 'Product_Name',
    parent: 'Invoices',
    fields: rowFields('Invoices'),
  },
]

export function standardModules(nextId: () => string): Module[] {
  return SPECS.map((spec) => moduleFromSpec(spec, nextId))
}

function moduleFromSpec(spec: ModuleSpec, nextId: () => string): Module {
  const isSubform = spec.parent !== undefined
  const system = isSubform ? SYSTEM_FIELDS.slice(0, 1) : SYSTEM_FIELDS
  return {
    id: nextId(),
    layoutId: nextId(),
    apiName: spec.apiName,
    singular: spec.singular,
    generatedType: isSubform ? 'subform' : 'default',
    displayField: spec.displayField,
    duplicateField: spec.duplicateField ?? spec.displayField,
    lineField: spec.lineField,
    autoNumber: spec.autoNumber,
    parent: spec.parent,
    fields: [...system, ...spec.fields].map((field) => fieldFromSpec(field, nextId)),
  }
}

export function fieldOf(module: Module, apiName: string): Field | undefined {
  return module.fields.find((field) => field.apiName === apiName)
}
