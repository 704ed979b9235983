import type { Chance } from '../core/chance.ts'
import { createAbnSource } from './abn.ts'
import {
  createAddress,
  createPhone,
  type Locality,
  type OverseasCountry,
  pickAustralianPlace,
  pickOverseasPlace,
} from './addresses.ts'
import type { CompanyProfile, Home, Party } from './contract.ts'
import { createDeck, dealHomes, keyOf } from './deal.ts'
import { createBusinessNames } from './names.ts'
import { applyOddities } from './party-oddities.ts'
import { createDomains, createPersons } from './people.ts'

/** In a mixed company the third of each so many parties of a home is overseas. */
const OVERSEAS_EVERY = 7
const OVERSEAS_ORDINAL = 3
/** Every so many parties of a home in a mixed company sells to us, and only does that. */
const SUPPLIER_EVERY: Readonly<Record<Home, number>> = { zoho: 12, xero: 5, both: 7 }
/** Every so many parties of both sides buys and sells. */
const TWO_WAY_EVERY = 5

const OVERSEAS_COUNTRIES = ['New Zealand', 'United States', 'United Kingdom'] as const satisfies OverseasCountry[]

/** What is drawn from while parties are made, so that no two share a name, a domain or an ABN. */
interface Sources {
  readonly chance: Chance
  readonly name: () => string
  readonly domain: (businessName: string) => string
  readonly abn: () => string
  readonly personCount: () => number
  readonly overseas: () => OverseasCountry
}

/** A party's place in the company before it has a name. `ordinal` counts within its home. */
interface Slot {
  readonly index: number
  readonly home: Home
  readonly ordinal: number
}

/** The customers and suppliers. Only a mixed company has oddities, overseas parties and suppliers. */
export function generateParties(profile: CompanyProfile, chance: Chance): Party[] {
  const homes = dealHomes(chance, profile.shape, profile.contacts)
  const seen: Record<Home, number> = { zoho: 0, xero: 0, both: 0 }
  const sources = createSources(chance)
  const parties = homes.map((home, index) => {
    seen[home] += 1
    const slot: Slot = { index, home, ordinal: seen[home] }
    return profile.shape === 'mixed' ? createMixedParty(sources, slot) : createCleanParty(sources, slot)
  })
  return profile.shape === 'mixed' ? applyOddities(parties, chance) : parties
}

function createSources(chance: Chance): Sources {
  return {
    chance,
    name: createBusinessNames(chance),
    domain: createDomains(),
    abn: createAbnSource(chance),
    personCount: createDeck(chance, [0, 1, 1, 1, 1, 1, 2, 2, 3, 5]),
    overseas: createDeck(chance, OVERSEAS_COUNTRIES),
  }
}

/** Complete and unremarkable: each field that both sides can hold is filled, and nothing can clash. */
function createCleanParty(sources: Sources, slot: Slot): Party {
  const locality = pickAustralianPlace(sources.chance)
  return createParty(sources, slot, {
    locality,
    persons: sources.chance.int(1, 2),
    role: 'customer',
    abn: sources.abn(),
  })
}

function createMixedParty(sources: Sources, slot: Slot): Party {
  const { chance } = sources
  const isOverseas = slot.ordinal % OVERSEAS_EVERY === OVERSEAS_ORDINAL
  const locality = isOverseas ? pickOverseasPlace(chance, sources.overseas()) : pickAustralianPlace(chance)
  const hasAbn = !isOverseas && chance.int(1, 8) > 1
  return createParty(sources, slot, {
    locality,
    persons: sources.personCount(),
    role: roleOf(slot),
    abn: hasAbn ? sources.abn() : '',
  })
}

function roleOf({ home, ordinal }: Slot): Party['role'] {
  if (ordinal % SUPPLIER_EVERY[home] === 0) return 'supplier'
  return home === 'both' && ordinal % TWO_WAY_EVERY === 0 ? 'both' : 'customer'
}

interface PartyTraits {
  readonly locality: Locality
  readonly persons: number
  readonly role: Party['role']
  readonly abn: string
}

function createParty(sources: Sources, slot: Slot, traits: PartyTraits): Party {
  const { chance } = sources
  const name = sources.name()
  const domain = sources.domain(name)
  const { locality, role, abn } = traits
  const persons = createPersons(chance, { domain, locality }, traits.persons)
  return {
    key: keyOf('party', slot.index),
    home: slot.home,
    role,
    zohoName: name,
    xeroName: name,
    abn,
    email: persons[0]?.email ?? `accounts@${domain}`,
    phone: createPhone(chance, locality),
    website: chance.int(1, 3) > 1 ? `https://www.${domain}` : '',
    billing: createAddress(chance, locality),
    shipping: chance.int(1, 3) === 1 ? createAddress(chance, locality) : undefined,
    persons,
    oddities: [],
  }
}
