import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { tidy, tidyLines } from '../clean-text.ts'
import { type FieldRule, holdFor, mapped, type SideField, type SideView } from '../contract.ts'
import { bigOf, decimalPlaces, normaliseDecimal, plainText, roundTo, wireDecimal } from '../decimal.ts'
import { zohoField } from '../limits.ts'
import { asText, objectAt, textAt } from '../record-fields.ts'
import { fieldRule, xeroText, zohoText } from '../rule.ts'
import { createTaxMap, isSameTax, type TaxMap, taxIds, zohoTaxKey } from '../tax-map.ts'
import { xeroIdRules } from '../xero-id-field.ts'
import { CODE_LENGTH, codeKey } from './item-code.ts'

/** Xero keeps unit prices to four decimals (`unitdp=4`, xero.md 4.2). */
export const XERO_PRICE_PLACES = 4
const ZOHO_PRICE_PLACES = 2

export function itemFields(settings: ConnectionSettings): readonly FieldRule[] {
  return [
    codeRule(settings),
    nameRule(),
    descriptionRule(),
    unitPriceRule(),
    taxRule(createTaxMap(settings)),
    ...xeroIdRules('Products', settings.provisioned.xeroId.Products ?? '', 'Item ID'),
  ]
}

/** The product's identity on both sides (R18d, R41). */
function codeRule(settings: ConnectionSettings): FieldRule {
  const xero = xeroText({ key: 'Code', length: CODE_LENGTH })
  return fieldRule({
    field: 'code',
    label: { zoho: 'Product Code', xero: 'Code' },
    policy: 'xero',
    zoho: zohoText({ role: 'main', module: 'Products', key: 'Product_Code', length: 40, clean: tidy }),
    xero: {
      ...xero,
      accept(other, context) {
        if (tidy(asText(other)) !== '') return xero.accept(other, context)
        return context.mayChooseKey === true ? mapped('') : holdFor('productWithoutCode', NEEDS_CODE)
      },
    },
    corresponds: (zoho, xeroCode) => codeKey(asText(zoho), settings) === codeKey(asText(xeroCode), settings),
  })
}

export const NEEDS_CODE = 'A product needs a Product Code to become a Xero item'

/** Xero's name is optional and shown as the code where it is blank; Zoho's is not. */
function nameRule(): FieldRule {
  const xero = xeroText({ key: 'Name', length: 50 })
  return fieldRule({
    field: 'name',
    label: { zoho: 'Product Name', xero: 'Name' },
    policy: 'newest',
    zoho: zohoText({ role: 'main', module: 'Products', key: 'Product_Name', length: 200, clean: tidy }),
    xero: { ...xero, read: (view, context) => xero.read(view, context) || xeroCode(view) },
  })
}

function xeroCode(view: SideView): string | null {
  return view.main === null ? null : tidy(textAt(view.main.fields, 'Code'))
}

function descriptionRule(): FieldRule {
  return fieldRule({
    field: 'description',
    label: { zoho: 'Description', xero: 'Sales description' },
    policy: 'newest',
    zoho: zohoText({ role: 'main', module: 'Products', key: 'Description', length: 32_000, clean: tidyLines }),
    xero: xeroText({ key: 'Description', length: 4000, clean: tidyLines }),
  })
}

/** Tax-exclusive; each side rounds to the decimals it keeps. */
function unitPriceRule(): FieldRule {
  const zoho: SideField = {
    role: 'main',
    read: (view) => (view.main === null ? null : normaliseDecimal(textAt(view.main.fields, 'Unit_Price'))),
    accept: (other, { reference }) => mapped(priceTo(asText(other), zohoPricePlaces(reference))),
    write: (value) => ({ Unit_Price: wireDecimal(value) }),
  }
  const xero: SideField = {
    role: 'main',
    read: (view) =>
      view.main === null ? null : normaliseDecimal(textAt(objectAt(view.main.fields, 'SalesDetails'), 'UnitPrice')),
    accept: (other) => mapped(priceTo(asText(other), XERO_PRICE_PLACES)),
    write: (value, view) => ({ SalesDetails: { ...accountEcho(view), UnitPrice: wireDecimal(value) } }),
  }
  return fieldRule({
    field: 'unitPrice',
    label: { zoho: 'Unit Price', xero: 'Sale price' },
    policy: 'xero',
    zoho,
    xero,
  })
}

function zohoPricePlaces(reference: ReferenceData): number {
  return zohoField(reference, 'Products', 'Unit_Price')?.decimalPlaces ?? ZOHO_PRICE_PLACES
}

function priceTo(price: string, places: number): string {
  const normal = normaliseDecimal(price)
  return decimalPlaces(normal) <= places ? normal : plainText(roundTo(bigOf(normal), places))
}

/** SalesDetails is sent in parts: the account that a bookkeeper chose goes with each, should Xero take it as a whole. */
function accountEcho(view: SideView): { readonly AccountCode?: string } {
  const code = textAt(objectAt(view.main?.fields, 'SalesDetails'), 'AccountCode')
  return code === '' ? {} : { AccountCode: code }
}

/** Products.Tax <-> SalesDetails.TaxType. A product without a tax says nothing: blank keeps the other side's. */
function taxRule(taxes: TaxMap): FieldRule {
  return fieldRule({
    field: 'tax',
    label: { zoho: 'Tax', xero: 'Sales tax rate' },
    policy: 'xero',
    zoho: {
      role: 'main',
      read: (view) => (view.main === null ? null : zohoTaxKey(view.main.fields.Tax)),
      accept: (other, { reference }) => taxes.toZoho(asText(other), reference),
      write: (value) => {
        const ids = taxIds(asText(value))
        return { Tax: ids.map((id) => ({ id })), ...(ids.length === 0 ? {} : { Taxable: true }) }
      },
    },
    xero: {
      role: 'main',
      read: (view) => (view.main === null ? null : textAt(objectAt(view.main.fields, 'SalesDetails'), 'TaxType')),
      accept: (other, { reference }) =>
        other === '' || other === null ? mapped('') : taxes.toXero(asText(other), reference),
      write: (value, view) => ({ SalesDetails: { ...accountEcho(view), TaxType: asText(value) } }),
    },
    corresponds: (zoho, xero, { reference }) => isSameTax(zoho, xero, { taxes, reference }),
  })
}
