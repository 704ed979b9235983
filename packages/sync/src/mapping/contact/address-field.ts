import { isValueObject, type Value, type ValueObject } from '../../model/value.ts'
import { tidy, tidyLines } from '../clean-text.ts'
import {
  type FieldRule,
  holdFor,
  type LinkContext,
  type Mapped,
  mapped,
  type SideField,
  type SideView,
} from '../contract.ts'
import { fitting, zohoLength } from '../limits.ts'
import { rowsAt, textAt, textsOf } from '../record-fields.ts'
import { blankToNull, fieldRule } from '../rule.ts'

/** An address moves as one group; `street` may have several lines. */
const ADDRESS_KEYS = ['street', 'city', 'region', 'postalCode', 'country'] as const
type AddressKey = (typeof ADDRESS_KEYS)[number]
type Address = Readonly<Record<AddressKey, string>>

const BLANK: Address = { street: '', city: '', region: '', postalCode: '', country: '' }

export interface AddressSpec {
  readonly field: string
  /** Zoho's field prefix, '' for none; Accounts say `Code` where Contacts say `Zip` and Vendors `Zip_Code` (zoho-crm.md 4). */
  readonly zoho: { readonly module: keyof typeof POSTAL_CODE; readonly prefix: string; readonly label: string }
  readonly xero: { readonly type: 'POBOX' | 'STREET'; readonly label: string }
}

const POSTAL_CODE = { Accounts: 'Code', Contacts: 'Zip', Vendors: 'Zip_Code' } as const

export function addressRule(spec: AddressSpec): FieldRule {
  return fieldRule({
    field: spec.field,
    label: { zoho: spec.zoho.label, xero: spec.xero.label },
    policy: 'newest',
    zoho: zohoAddress(spec),
    xero: xeroAddress(spec),
  })
}

const ZOHO_LENGTHS = { street: 250, city: 100, region: 100, postalCode: 30, country: 100 } as const

function zohoAddress({ zoho: { module, prefix } }: AddressSpec): SideField {
  const named = (name: string) => (prefix === '' ? name : `${prefix}_${name}`)
  const keys: Readonly<Record<AddressKey, string>> = {
    street: named('Street'),
    city: named('City'),
    region: named('State'),
    postalCode: named(POSTAL_CODE[module]),
    country: named('Country'),
  }
  return {
    role: 'main',
    read(view) {
      if (view.main === null) return null
      const { fields } = view.main
      return addressFrom((key) => textAt(fields, keys[key]))
    },
    accept: (other, context) => acceptOnZoho(asAddress(other), { module, keys }, context),
    write: (value) => {
      const address = asAddress(value)
      return Object.fromEntries(ADDRESS_KEYS.map((key) => [keys[key], blankToNull(address[key])]))
    },
  }
}

function acceptOnZoho(
  address: Address,
  zoho: { readonly module: string; readonly keys: Readonly<Record<AddressKey, string>> },
  context: LinkContext,
): Mapped<Value> {
  for (const key of ADDRESS_KEYS) {
    const limit = { module: zoho.module, key: zoho.keys[key], length: ZOHO_LENGTHS[key] }
    const fits = fitting(address[key], zohoLength(limit, context.reference), `Zoho ${zoho.keys[key]}`)
    if (fits.type === 'hold') return fits
  }
  return mapped(address)
}

const LINE_KEYS = ['AddressLine1', 'AddressLine2', 'AddressLine3', 'AddressLine4'] as const
const XERO_LENGTHS = { city: 255, region: 255, postalCode: 50, country: 50 } as const
const XERO_LINE_LENGTH = 500

function xeroAddress({ xero: { type } }: AddressSpec): SideField {
  return {
    role: 'main',
    read(view) {
      if (view.main === null) return null
      const slot = slotOf(view, type)
      return addressFrom((key) => {
        switch (key) {
          case 'street':
            return LINE_KEYS.map((line) => textAt(slot, line))
              .filter((line) => line.trim() !== '')
              .join('\n')
          case 'city':
            return textAt(slot, 'City')
          case 'region':
            return textAt(slot, 'Region')
          case 'postalCode':
            return textAt(slot, 'PostalCode')
          case 'country':
            return textAt(slot, 'Country')
        }
      })
    },
    accept: (other) => acceptOnXero(asAddress(other)),
    write: (value, view) => ({ Addresses: [xeroSlot(asAddress(value), type, slotOf(view, type))] }),
  }
}

function slotOf(view: SideView, type: string): ValueObject | null {
  return rowsAt(view.main?.fields, 'Addresses').find((row) => textAt(row, 'AddressType') === type) ?? null
}

function acceptOnXero(address: Address): Mapped<Value> {
  const street = streetLines(address.street)
  const country = lettersOnly(address.country)
  if (/[^\p{L}\p{M} ]/u.test(country)) {
    return holdFor('valueNotAllowed', `Xero takes letters only as Country: ${address.country}`)
  }
  for (const line of street) {
    const fits = fitting(line, XERO_LINE_LENGTH, 'Xero AddressLine')
    if (fits.type === 'hold') return fits
  }
  const accepted = { ...address, street: street.join('\n'), country }
  for (const key of ['city', 'region', 'postalCode', 'country'] as const) {
    const fits = fitting(accepted[key], XERO_LENGTHS[key], `Xero address ${key}`)
    if (fits.type === 'hold') return fits
  }
  return mapped(accepted)
}

/** At most four; the rest follows in the fourth, so that nothing is lost. */
function streetLines(street: string): readonly string[] {
  const lines = street.split('\n').filter((line) => line.trim() !== '')
  return lines.length <= 4 ? lines : [...lines.slice(0, 3), lines.slice(3).join(', ')]
}

/** `U.S.A.` is USA and `Guinea-Bissau` two words: only what is no punctuation is left to be refused. */
function lettersOnly(country: string): string {
  return tidy(country.replace(/\./g, '').replace(/[-'’,()/&]+/g, ' '))
}

function xeroSlot(address: Address, type: string, present: ValueObject | null): ValueObject {
  const lines = streetLines(address.street)
  const attention = textAt(present, 'AttentionTo')
  return {
    AddressType: type,
    ...Object.fromEntries(LINE_KEYS.map((key, index) => [key, lines[index] ?? ''])),
    City: address.city,
    Region: address.region,
    PostalCode: address.postalCode,
    Country: address.country,
    ...(attention === '' ? {} : { AttentionTo: attention }),
  }
}

function addressFrom(read: (key: AddressKey) => string): Address {
  return {
    street: streetOf(read('street')),
    city: tidy(read('city')),
    region: tidy(read('region')),
    postalCode: tidy(read('postalCode')),
    country: tidy(read('country')),
  }
}

function streetOf(text: string): string {
  return tidyLines(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

function asAddress(value: Value): Address {
  return isValueObject(value) ? textsOf(value, ADDRESS_KEYS) : BLANK
}
