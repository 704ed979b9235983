import {
  ADDRESS_PARTS,
  ADDRESS_TYPES,
  type Address,
  type AddressType,
  CONTACT_TEXTS,
  type ContactRow,
  type ContactText,
  PHONE_PARTS,
  PHONE_TYPES,
  type Phone,
  type PhoneType,
} from '../model/rows.ts'

/** A record with every key of `keys`, each made by `make`: keeps the key type that Object.fromEntries loses. */
export function recordOf<Key extends string, Value>(
  keys: readonly Key[],
  make: (key: Key) => Value,
): Readonly<Record<Key, Value>> {
  const isComplete = (value: object): value is Record<Key, Value> => keys.every((key) => key in value)
  const made: object = Object.fromEntries(keys.map((key) => [key, make(key)]))
  if (!isComplete(made)) throw new Error('unreachable: every key was just made')
  return made
}

export function keysOf<Key extends string>(object: Readonly<Record<Key, unknown>>): Key[] {
  const keys: Key[] = []
  for (const key in object) keys.push(key)
  return keys
}

export const CONTACT_TEXT_KEYS: readonly ContactText[] = keysOf(CONTACT_TEXTS)
export const ADDRESS_PART_KEYS = keysOf(ADDRESS_PARTS)
export const PHONE_PART_KEYS = keysOf(PHONE_PARTS)

export const blankAddress: Address = recordOf(ADDRESS_PART_KEYS, () => '')
export const blankPhone: Phone = recordOf(PHONE_PART_KEYS, () => '')
export const blankAddresses: Readonly<Record<AddressType, Address>> = recordOf(ADDRESS_TYPES, () => blankAddress)
export const blankPhones: Readonly<Record<PhoneType, Phone>> = recordOf(PHONE_TYPES, () => blankPhone)
const blankTexts: Readonly<Record<ContactText, string>> = recordOf(CONTACT_TEXT_KEYS, () => '')

export function blankContact(id: string, updatedMs: number): ContactRow {
  return {
    id,
    updatedMs,
    status: 'ACTIVE',
    texts: blankTexts,
    persons: [],
    addresses: blankAddresses,
    phones: blankPhones,
    paymentTerms: undefined,
    isCustomer: false,
    isSupplier: false,
    website: '',
    mergedTo: undefined,
  }
}
