import { type Chance, createChance } from '../core/chance.ts'
import type { Company, CompanyProfile } from './contract.ts'
import { generateDocuments } from './documents.ts'
import { createBusinessNames } from './names.ts'
import { generateParties } from './parties.ts'
import { generateProducts } from './products.ts'
import { CURRENCIES, TAXES } from './standing.ts'

/** Each part draws from its own stream, so that more contacts do not change the items. */
const STREAM = { name: 0x11, parties: 0x22, products: 0x33, documents: 0x44 } as const
const STREAM_STEP = 0x9e3779b1

/** The same profile gives the same company, on every machine. `chanceFor` makes a stream of chance from its seed. */
export function generateCompany(profile: CompanyProfile, chanceFor: (seed: number) => Chance = createChance): Company {
  const streamOf = (part: keyof typeof STREAM) => chanceFor(Math.imul(profile.seed + STREAM[part], STREAM_STEP))
  const parties = generateParties(profile, streamOf('parties'))
  const products = generateProducts(profile, streamOf('products'))
  return {
    profile,
    name: createBusinessNames(streamOf('name'))(),
    country: 'AU',
    timeZone: 'Australia/Sydney',
    baseCurrency: 'AUD',
    currencies: CURRENCIES,
    taxes: TAXES,
    parties,
    products,
    documents: generateDocuments(profile, { parties, products }, streamOf('documents')),
  }
}
