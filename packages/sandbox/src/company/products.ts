import type { Chance } from '../core/chance.ts'
import type { CompanyProfile, CompanyTax, Home, Product } from './contract.ts'
import { createDeck, dealHomes, keyOf } from './deal.ts'

const MATERIALS = ['Hardwood', 'Steel', 'Bamboo', 'Recycled', 'Stainless', 'Organic', 'Cedar', 'Canvas'] as const
const THINGS = [
  'decking board',
  'garden chair',
  'coffee beans',
  'shelf bracket',
  'work apron',
  'storage crate',
  'desk lamp',
  'tool roll',
  'picnic table',
  'paving stone',
  'drill set',
  'wall panel',
] as const
const SIZES = ['small', 'medium', 'large', '90 mm', '1.2 m', '5 kg', '12 pack', 'pair'] as const
const SERVICES = ['Consulting', 'Installation', 'Delivery', 'Repairs', 'Site visit', 'Training', 'Design'] as const
const TIMES = ['per hour', 'per day', 'fixed fee', 'after hours'] as const
const CENTS = ['00', '00', '50', '95', '20', '45'] as const
/** What makes a name longer than Xero's 50 characters. */
const LONG_NAME_TAIL = ', pre-oiled, kiln dried, with stainless fixings and ten year warranty'
/** Every so many products of Zoho in a mixed company has too long a name for Xero. */
const LONG_NAME_EVERY = 9
/** Every so many products of Xero in a mixed company is priced to four decimals, which Zoho cannot hold. */
const FINE_PRICE_EVERY = 7

type ProductTax = Exclude<CompanyTax['key'], 'export'>

interface ProductSources {
  readonly chance: Chance
  readonly tax: () => ProductTax
}

/** Goods and services. Codes are unique over the whole company, names as well. */
export function generateProducts(profile: CompanyProfile, chance: Chance): Product[] {
  const sources: ProductSources = {
    chance,
    tax: createDeck<ProductTax>(chance, ['gst', 'gst', 'gst', 'gst', 'gstFree']),
  }
  const seen: Record<Home, number> = { zoho: 0, xero: 0, both: 0 }
  return dealHomes(chance, profile.shape, profile.items).map((home, index) => {
    seen[home] += 1
    const product = createProduct(sources, home, index)
    return profile.shape === 'mixed' ? makeOdd(product, seen[home], chance) : product
  })
}

function createProduct(sources: ProductSources, home: Home, index: number): Product {
  const { chance } = sources
  const isService = chance.int(1, 4) === 1
  const kind = isService
    ? `${chance.pick(SERVICES)}, ${chance.pick(TIMES)}`
    : `${chance.pick(MATERIALS)} ${chance.pick(THINGS)} ${chance.pick(SIZES)}`
  const number = index + 101
  return {
    key: keyOf('product', index),
    home,
    name: `${kind} #${number}`,
    code: `${isService ? 'SVC' : 'GDS'}-${String(number).padStart(4, '0')}`,
    description: isService ? `${kind}, by our own people` : `${kind}, from stock`,
    unitPrice: `${chance.int(2, 900)}.${chance.pick(CENTS)}`,
    taxKey: sources.tax(),
  }
}

/** `ordinal` counts within the home, from 1; the first of each cycle is odd so that few products show it too. */
function makeOdd(product: Product, ordinal: number, chance: Chance): Product {
  if (product.home === 'zoho' && ordinal % LONG_NAME_EVERY === 1) {
    return { ...product, name: `${product.name}${LONG_NAME_TAIL}` }
  }
  if (product.home === 'xero' && ordinal % FINE_PRICE_EVERY === 1) {
    return { ...product, unitPrice: `${product.unitPrice}${chance.int(1, 9)}${chance.int(1, 9)}` }
  }
  return product
}
