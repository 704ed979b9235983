import { Big } from 'big.js'
import type { Company, Home, Product } from '../../company/contract.ts'
import { defaultTheme } from '../invoices/apply.ts'
import { blankItem } from '../items/save.ts'
import type { Books } from '../model/books.ts'
import type { ItemRow } from '../model/rows.ts'
import { plainDateMs } from '../wire/dates.ts'
import { contactOf } from './contacts.ts'
import { seedInvoice } from './invoices.ts'

const DAY_MS = 86_400_000
const isInXero = (home: Home) => home !== 'zoho'

/** Fills empty books with the part of the company that stands in Xero (xero.md 9). Raises no events. */
export function seedBooks(books: Books, company: Company): void {
  const startMs = books.now() - 130 * DAY_MS
  const instantOf = (sequence: number) => Math.min(books.now() - 1, startMs + sequence * 997)
  books.organisation = { ...books.organisation, name: company.name, baseCurrency: company.baseCurrency }
  for (const { code, name, ratePerBase } of company.currencies) {
    books.currencies.put({ id: code, updatedMs: startMs, description: name, ratePerBase: new Big(ratePerBase) })
  }
  const contactIds = seedParties(books, company, instantOf)
  const itemCodes = seedProducts(books, company, instantOf)
  const index = {
    company,
    contactIds,
    itemCodes,
    brandingThemeId: defaultTheme(books),
    bankAccountId: books.accounts.find('code', '090')[0]?.id ?? '',
  }
  const latestMs = books.now() - 60_000
  for (const [sequence, document] of company.documents.entries()) {
    if (!isInXero(document.home)) continue
    const updatedMs = Math.min(latestMs, plainDateMs(document.date) + (sequence % 80_000) * 1_000)
    seedInvoice(books, document, { ...index, updatedMs })
  }
}

function seedParties(
  books: Books,
  company: Company,
  instantOf: (sequence: number) => number,
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  for (const [sequence, party] of company.parties.entries()) {
    if (!isInXero(party.home)) continue
    const contact = contactOf(books, party, instantOf(sequence))
    books.contacts.put(contact)
    ids.set(party.key, contact.id)
  }
  return ids
}

function seedProducts(
  books: Books,
  company: Company,
  instantOf: (sequence: number) => number,
): ReadonlyMap<string, string> {
  const codes = new Map<string, string>()
  for (const [sequence, product] of company.products.entries()) {
    if (!isInXero(product.home)) continue
    const taxType = company.taxes.find((tax) => tax.key === product.taxKey)?.xeroTaxType ?? 'OUTPUT'
    books.items.put(itemOf(books, product, { taxType, updatedMs: instantOf(sequence) }))
    codes.set(product.key, product.code)
  }
  return codes
}

/** Name and Code are as short as Xero has them (xero.md 4.2). */
function itemOf(books: Books, product: Product, about: { taxType: string; updatedMs: number }): ItemRow {
  const unitPrice = new Big(product.unitPrice)
  return {
    ...blankItem(books),
    updatedMs: about.updatedMs,
    code: product.code.slice(0, 30),
    name: product.name.slice(0, 50),
    description: product.description,
    sales: { unitPrice, accountCode: '200', taxType: about.taxType, cogsAccountCode: '' },
  }
}
