/** How a field behaves. Most are Zoho data types; a few are special fields that Zoho shows as an ordinary type. */
export type FieldKind =
  | 'text'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'website'
  | 'integer'
  | 'bigint'
  | 'double'
  | 'percent'
  | 'currency'
  | 'date'
  | 'datetime'
  | 'boolean'
  | 'picklist'
  | 'multiselectpicklist'
  | 'autonumber'
  | 'lookup'
  | 'ownerlookup'
  | 'formula'
  | 'subform'
  | 'linetax'
  /** Products.Tax: several org taxes. */
  | 'producttax'
  /** Currency: ISO code of an active org currency. */
  | 'currencycode'
  /** Discount: an amount, or a percentage as text. */
  | 'discount'

/** What a stage of a deal means for forecasts (zoho-crm.md 4 Deals). */
export type ForecastType = 'Open' | 'Closed Won' | 'Closed Lost'

export interface PickListValue {
  readonly id: string
  readonly display: string
  readonly actual: string
  /** Of a stage of a deal. */
  readonly forecastType?: ForecastType
  /** Of a pipeline: ids of its stages. */
  readonly stages?: readonly string[]
}

/** One field of a module (zoho-crm.md 5). */
export interface Field {
  readonly id: string
  readonly apiName: string
  readonly label: string
  readonly kind: FieldKind
  readonly length: number
  readonly decimals: number
  readonly mandatory: boolean
  /** Input is ignored: calculated, automatic or system fields. */
  readonly readOnly: boolean
  readonly custom: boolean
  readonly unique: 'no' | 'caseSensitive' | 'caseInsensitive'
  readonly pickList: readonly PickListValue[]
  /** Target module of a lookup. */
  readonly lookup: string | undefined
  /** Module of the rows of a subform. */
  readonly subform: string | undefined
  readonly external: { readonly type: string; readonly show: boolean } | undefined
  readonly tooltip: { readonly name: string; readonly value: string } | undefined
  readonly textarea: string | undefined
  readonly createdMs: number | undefined
}

export function dataTypeOf(field: Field): string {
  switch (field.kind) {
    case 'producttax':
      return 'multiselectpicklist'
    case 'currencycode':
      return 'picklist'
    case 'discount':
      return 'currency'
    default:
      return field.kind
  }
}

export function jsonTypeOf(field: Field): string {
  switch (field.kind) {
    case 'integer':
      return 'integer'
    case 'double':
    case 'percent':
    case 'currency':
    case 'discount':
    case 'formula':
      return 'double'
    case 'boolean':
      return 'boolean'
    case 'lookup':
    case 'ownerlookup':
      return 'jsonobject'
    case 'multiselectpicklist':
    case 'producttax':
    case 'subform':
    case 'linetax':
      return 'jsonarray'
    default:
      return 'string'
  }
}

/** Whether the stored value is a number. */
export function isNumeric(field: Field): boolean {
  return ['integer', 'double', 'percent', 'currency', 'formula', 'discount'].includes(field.kind)
}
