import type { ZohoCollection } from '../../model/kind.ts'
import type { ZohoField } from '../../model/reference.ts'
import type { Provisioned } from '../../model/settings.ts'
import type { NewZohoField } from '../contract.ts'

/** One custom field that a connection needs (R05), and where its real api_name was noted before. */
export interface NeededField {
  readonly module: ZohoCollection
  readonly field: NewZohoField
  /** The api_name stored at an earlier run; '' when there was none. Survives a renamed label. */
  readonly knownAs: string
  /** Types that do as well, where the field exists already. */
  readonly accepts: readonly string[]
}

export const SERVICE_PRODUCT = { name: 'Service line (Xero)', code: 'TANDEM-SERVICE' } as const

const LABELS = {
  xeroId: 'Xero ID',
  addToXero: 'Add to Xero',
  xeroInvoiceNumber: 'Xero Invoice No',
  xeroInvoiceUrl: 'Xero Invoice URL',
  xeroQuoteNumber: 'Xero Quote No',
  brandingTheme: 'Branding Theme',
  primaryContact: 'Xero Primary Contact',
} as const

export type FieldRole = keyof typeof LABELS

/** What each module needs, by role. Themes are Xero's names; without any the field is a plain text. */
export function neededFields(
  modules: readonly ZohoCollection[],
  previous: Provisioned,
  themes: readonly string[],
): readonly (NeededField & { readonly role: FieldRole })[] {
  const needed = (role: FieldRole, module: ZohoCollection, knownAs: string) => {
    const field = shape(role, themes)
    // A text field was made where the picklist was refused; either is fine when it is there.
    const accepts = role === 'brandingTheme' ? ['picklist', 'text'] : [field.dataType]
    return { role, module, field, knownAs, accepts }
  }
  return modules.flatMap((module) => [
    needed('xeroId', module, previous.xeroId[module] ?? ''),
    ...(module === 'Contacts' ? [needed('primaryContact', module, previous.primaryContact)] : []),
    ...(module === 'Quotes' ? [needed('xeroQuoteNumber', module, previous.xeroQuoteNumber)] : []),
    ...(module === 'Invoices'
      ? [
          needed('addToXero', module, previous.addToXero),
          needed('xeroInvoiceNumber', module, previous.xeroInvoiceNumber),
          needed('xeroInvoiceUrl', module, previous.xeroInvoiceUrl),
          needed('brandingTheme', module, previous.brandingTheme),
        ]
      : []),
  ])
}

function shape(role: FieldRole, themes: readonly string[]): NewZohoField {
  const plain = { label: LABELS[role], length: null, isUnique: false, picklist: [] }
  switch (role) {
    case 'xeroId':
      return { ...plain, dataType: 'text', length: 50, isUnique: true }
    case 'xeroInvoiceNumber':
    case 'xeroQuoteNumber':
      return { ...plain, dataType: 'text', length: 50 }
    case 'xeroInvoiceUrl':
      return { ...plain, dataType: 'website' }
    case 'brandingTheme':
      return themes.length === 0 ? asText(plain) : { ...plain, dataType: 'picklist', picklist: [...new Set(themes)] }
    case 'addToXero':
    case 'primaryContact':
      return { ...plain, dataType: 'boolean' }
  }
}

/** The fall-back for a picklist that Zoho refuses. */
export function asText(field: Omit<NewZohoField, 'dataType'>): NewZohoField {
  return { ...field, dataType: 'text', length: 100, picklist: [] }
}

export type FoundField =
  | { readonly type: 'found'; readonly apiName: string }
  | { readonly type: 'missing' }
  /** It is there but cannot serve: another type, or not unique. */
  | { readonly type: 'unfit'; readonly message: string }

/** The stored api_name first, then the label: an admin may have renamed the label, and api_names are Zoho's choice. */
export function findField(present: readonly ZohoField[], needed: NeededField): FoundField {
  const custom = present.filter((field) => field.isCustom)
  const found =
    custom.find((field) => needed.knownAs !== '' && field.apiName === needed.knownAs) ??
    custom.find((field) => sameLabel(field.label, needed.field.label))
  if (found === undefined) return { type: 'missing' }
  const name = `The field "${found.label}" of ${needed.module}`
  if (!needed.accepts.includes(found.dataType)) {
    return {
      type: 'unfit',
      message: `${name} is of type ${found.dataType}, not ${needed.field.dataType}: rename or delete it`,
    }
  }
  if (needed.field.isUnique && !found.isUnique) {
    return { type: 'unfit', message: `${name} allows duplicate values: mark it as unique in Zoho` }
  }
  return { type: 'found', apiName: found.apiName }
}

function sameLabel(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.toLowerCase()
}
