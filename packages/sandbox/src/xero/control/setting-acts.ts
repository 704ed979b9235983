import { ElementRefused } from '../api/problem.ts'
import { itemByKey, removeItem } from '../items/endpoint.ts'
import { saveItem } from '../items/save.ts'
import type { Books } from '../model/books.ts'
import type { ItemRow } from '../model/rows.ts'
import type { AccountRow, OrganisationRow, TaxRateRow, TrackingCategoryRow } from '../model/settings-rows.ts'
import { Fields } from '../wire/fields.ts'

/** By id or code. */
export function requireItem(books: Books, key: string): ItemRow {
  const row = itemByKey(books, key)
  if (row === undefined) throw new ElementRefused(`No item "${key}"`)
  return row
}

export const createItem = (books: Books, fields: object): ItemRow =>
  saveItem(books, new Fields(fields), { mode: 'create', unitDecimals: 4 })

export function editItem(books: Books, key: string, fields: object): ItemRow {
  const row = requireItem(books, key)
  return saveItem(books, new Fields({ ...fields, ItemID: row.id }), { mode: 'upsert', unitDecimals: 4 })
}

export function deleteItemByHand(books: Books, key: string): string {
  const row = requireItem(books, key)
  const fault = removeItem(books, row)
  if (fault !== undefined) throw new ElementRefused(fault)
  return row.id
}

/** An empty date removes the lock; an absent one leaves it (xero.md 4.11). */
export function setLockDate(
  books: Books,
  dates: { period?: string | undefined; endOfYear?: string | undefined },
): OrganisationRow {
  books.organisation = {
    ...books.organisation,
    periodLockDate: dates.period ?? books.organisation.periodLockDate,
    endOfYearLockDate: dates.endOfYear ?? books.organisation.endOfYearLockDate,
  }
  return books.organisation
}

export function archiveTaxRate(books: Books, taxType: string): TaxRateRow {
  const row = books.taxRates.get(taxType)
  if (row === undefined) throw new ElementRefused(`No tax rate "${taxType}"`)
  const archived: TaxRateRow = { ...row, status: 'ARCHIVED', updatedMs: books.now() }
  books.taxRates.put(archived)
  return archived
}

export function archiveAccount(books: Books, code: string): AccountRow {
  const row = books.accounts.find('code', code)[0]
  if (row === undefined) throw new ElementRefused(`No account "${code}"`)
  const archived: AccountRow = { ...row, status: 'ARCHIVED', updatedMs: books.now() }
  books.accounts.put(archived)
  return archived
}

/** What a person may change of an account; its code finds it. */
export interface AccountEdit {
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly enablePayments?: boolean | undefined
}

export function editAccount(books: Books, code: string, edit: AccountEdit): AccountRow {
  const row = find(books, code)
  if (row === undefined) throw new ElementRefused(`No account "${code}"`)
  const isTaken = books.accounts.all().some((other) => other.name === edit.name && other.id !== row.id)
  if (isTaken) throw new ElementRefused('Please enter a unique Name.')
  const edited: AccountRow = {
    ...row,
    name: edit.name ?? row.name,
    description: edit.description ?? row.description,
    enablePayments: edit.enablePayments ?? row.enablePayments,
    updatedMs: books.now(),
  }
  books.accounts.put(edited)
  return edited
}

/** Adds a bank account in the base currency; a code is not needed (xero.md 4.8). */
export function createBankAccount(books: Books, wish: { readonly name: string; readonly code: string }): AccountRow {
  const isTaken = books.accounts.all().some((row) => row.name === wish.name) || find(books, wish.code) !== undefined
  if (isTaken) throw new ElementRefused('Please enter a unique Name.')
  const row: AccountRow = {
    id: books.guid(),
    updatedMs: books.now(),
    code: wish.code,
    name: wish.name,
    type: 'BANK',
    class: 'ASSET',
    taxType: 'BASEXCLUDED',
    status: 'ACTIVE',
    enablePayments: false,
    description: '',
    systemAccount: '',
    currency: books.organisation.baseCurrency,
  }
  books.accounts.put(row)
  return row
}

/** Active categories that an organisation may have (xero.md 4.10). */
const MOST_CATEGORIES = 2

export function saveTrackingOption(
  books: Books,
  wish: { readonly category: string; readonly option: string; readonly status: 'ACTIVE' | 'ARCHIVED' },
): TrackingCategoryRow {
  const active = books.trackingCategories.all().filter((row) => row.status === 'ACTIVE')
  const known = active.find((row) => row.name === wish.category)
  if (known === undefined && active.length >= MOST_CATEGORIES)
    throw new ElementRefused(`An organisation has at most ${MOST_CATEGORIES} active tracking categories`)
  const row: TrackingCategoryRow = known ?? {
    id: books.guid(),
    updatedMs: books.now(),
    name: wish.category,
    status: 'ACTIVE',
    options: [],
  }
  const before = row.options.find((option) => option.name === wish.option)
  const saved = { id: before?.id ?? books.guid(), name: wish.option, status: wish.status }
  const others = row.options.filter((option) => option !== before)
  const changed = { ...row, updatedMs: books.now(), options: [...others, saved] }
  books.trackingCategories.put(changed)
  return changed
}

const find = (books: Books, code: string) => books.accounts.find('code', code)[0]
