import { Big } from 'big.js'
import type { Books } from './books.ts'
import { AU_ACCOUNTS, AU_TAX_RATES } from './chart.ts'
import type { OrganisationRow } from './settings-rows.ts'

const AGE_MS = 400 * 86_400_000

export function openingOrganisation(nowMs: number): OrganisationRow {
  return {
    name: 'Harbour Joinery Pty Ltd',
    countryCode: 'AU',
    baseCurrency: 'AUD',
    timeZone: 'Australia/Sydney',
    shortCode: '!23eYt',
    createdMs: nowMs - AGE_MS,
    periodLockDate: '',
    endOfYearLockDate: '',
  }
}

/** What every Australian organisation has from its first day (xero.md 9). */
export function openSettings(books: Books): void {
  const updatedMs = books.organisation.createdMs
  for (const seed of AU_ACCOUNTS) {
    const currency = seed.type === 'BANK' ? 'AUD' : ''
    books.accounts.put({ ...seed, id: books.guid(), updatedMs, status: 'ACTIVE', currency })
  }
  for (const seed of AU_TAX_RATES) books.taxRates.put({ ...seed, updatedMs, status: 'ACTIVE' })
  for (const [sortOrder, name] of ['Standard', 'Special Projects'].entries()) {
    books.brandingThemes.put({ id: books.guid(), updatedMs, name, sortOrder })
  }
  books.currencies.put({ id: 'AUD', updatedMs, description: 'Australian Dollar', ratePerBase: new Big(1) })
  openUsers(books, updatedMs)
  books.trackingCategories.put({
    id: books.guid(),
    updatedMs,
    name: 'Region',
    status: 'ACTIVE',
    options: ['North', 'South'].map((name) => ({ id: books.guid(), name, status: 'ACTIVE' as const })),
  })
}

function openUsers(books: Books, updatedMs: number): void {
  books.users.put({
    id: books.guid(),
    updatedMs,
    email: 'owner@harbour.example',
    firstName: 'Mia',
    lastName: 'Tran',
    isSubscriber: true,
    role: 'FINANCIALADVISER',
  })
  books.users.put({
    id: books.guid(),
    updatedMs,
    email: 'office@harbour.example',
    firstName: 'Jack',
    lastName: 'Reid',
    isSubscriber: false,
    role: 'STANDARD',
  })
}
