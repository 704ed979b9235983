import type { Company, Party, Product } from '../../company/contract.ts'
import { wholeSecond } from '../model/instants.ts'
import { salesPerson } from '../model/org.ts'
import type { Value } from '../model/record.ts'
import type { World } from '../world.ts'
import { inserted } from '../write/compose.ts'
import type { Draft } from '../write/judge.ts'
import { viewOf } from '../write/view.ts'
import { seedInvoices } from './invoices.ts'
import { orgOfCompany } from './org.ts'

const DAY_MS = 86_400_000
/** Records were typed in over the 120 days before today (company contract). */
const SPREAD_MS = 120 * DAY_MS

/** Where the keys of the company ended up. */
export interface Seeded {
  readonly accounts: Map<string, string>
  readonly products: Map<string, string>
  readonly taxes: Map<string, string>
}

/** Writes drafts straight into the tables, as a person typed them long ago: no callbacks, no search lag. */
export interface Seeder {
  readonly world: World
  readonly company: Company
  readonly seeded: Seeded
  add(module: string, draft: Draft): string
}

/** Fills an emptied world from a company: what lives in the CRM, in the CRM's shape. */
export function seedCompany(world: World, company: Company): void {
  world.setOrg(orgOfCompany(world.org(), company, world.nextId))
  const taxes = new Map(
    company.taxes.map((tax) => [tax.key, world.org().taxes.find((one) => one.name === tax.zohoName)?.id ?? '']),
  )
  const seeded: Seeded = { accounts: new Map(), products: new Map(), taxes }
  const parties = company.parties.filter((party) => party.home !== 'xero')
  const products = company.products.filter((product) => product.home !== 'xero')
  const documents = company.documents.filter((one) => one.home !== 'xero' && one.type === 'sale')
  const seeder = createSeeder(world, company, {
    seeded,
    count: parties.length * 2 + products.length + documents.length,
  })
  for (const product of products)
    seeded.products.set(product.key, seeder.add('Products', productDraft(product, seeded)))
  for (const party of parties) seedParty(seeder, party)
  seedInvoices(seeder, documents)
  for (const name of ['Accounts', 'Contacts', 'Products', 'Invoices']) {
    world.search.fill(name, world.table(name).ordered('id'))
  }
}

function createSeeder(
  world: World,
  company: Company,
  plan: { readonly seeded: Seeded; readonly count: number },
): Seeder {
  const view = viewOf(world)
  const user = salesPerson(world.org())
  const start = world.clock.now() - SPREAD_MS
  const step = SPREAD_MS / (plan.count + 1)
  let added = 0
  return {
    world,
    company,
    seeded: plan.seeded,
    add(moduleName, draft) {
      const module = world.module(moduleName)
      if (module === undefined) throw new Error(`No module ${moduleName}`)
      added += 1
      const nowMs = wholeSecond(Math.min(start + added * step, world.clock.now() - 60_000))
      const record = inserted(module, draft, { view: { ...view, nowMs }, userId: user.id })
      const rows = record.rows.map((row) => ({ ...row, createdMs: nowMs, modifiedMs: nowMs }))
      world.table(moduleName).put({ ...record, rows })
      return record.id
    },
  }
}

export function draftOf(values: Record<string, Value>): Draft {
  return { values, owner: undefined, rows: undefined, documentTaxes: undefined }
}

function productDraft(product: Product, seeded: Seeded): Draft {
  const tax = seeded.taxes.get(product.taxKey) ?? ''
  return draftOf({
    Product_Name: product.name.slice(0, 200),
    Product_Code: product.code.slice(0, 40),
    Description: product.description === '' ? null : product.description,
    Unit_Price: Number(product.unitPrice),
    Taxable: tax !== '',
    Tax: tax === '' ? [] : [tax],
    Product_Active: true,
  })
}

/** A party becomes an account, its people contacts of that account (zoho-crm.md 9 trap 13). */
function seedParty(seeder: Seeder, party: Party): void {
  const id = seeder.add('Accounts', draftOf(accountValues(party)))
  seeder.seeded.accounts.set(party.key, id)
  for (const person of party.persons) {
    seeder.add(
      'Contacts',
      draftOf({
        First_Name: orNull(person.firstName.slice(0, 40)),
        Last_Name: person.lastName.slice(0, 80),
        Email: orNull(person.email),
        Phone: orNull(person.phone.slice(0, 30)),
        Account_Name: id,
      }),
    )
  }
}

function accountValues(party: Party): Record<string, Value> {
  const { phone, billing, shipping } = party
  const number = [phone.country, phone.area, phone.number].filter((part) => part !== '').join(' ')
  return {
    Account_Name: party.zohoName.slice(0, 200),
    Account_Type: party.role === 'supplier' ? 'Vendor' : 'Customer',
    Phone: orNull((phone.country === '' ? number : `+${number.replace(/^\+/, '')}`).slice(0, 30)),
    Website: orNull(party.website),
    ...addressValues('Billing', billing),
    ...(shipping === undefined ? {} : addressValues('Shipping', shipping)),
  }
}

function addressValues(prefix: string, address: Party['billing']): Record<string, Value> {
  return {
    [`${prefix}_Street`]: orNull(address.street),
    [`${prefix}_City`]: orNull(address.city),
    [`${prefix}_State`]: orNull(address.region),
    [`${prefix}_Code`]: orNull(address.postalCode),
    [`${prefix}_Country`]: orNull(address.country),
  }
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
