import type { Chance } from '../core/chance.ts'
import type { Home, Party, PartyOddity } from './contract.ts'
import { shuffle } from './deal.ts'
import {
  cleanForXero,
  longNameOf,
  oddNameForXero,
  oddNameForZoho,
  spacedOutName,
  variantOf,
  XERO_NAME_LIMIT,
  ZOHO_NAME_LIMIT,
} from './odd-names.ts'

/** One round of oddities takes 12 customers of Zoho, 10 of Xero and 7 of both: it fits a company of 40. */
const FIRST_ROUND_CONTACTS = 40
/** Larger companies get another round for each so many contacts. */
const CONTACTS_PER_FURTHER_ROUND = 200
/** How far below the limit a long name stays, so that adding a form or a suffix breaks it and it alone does not. */
const SHORT_OF_LIMIT = 3

type Alter = (party: Party, round: number, partner: Party) => Party

/** An oddity befalls the parties at the given homes together; the last one is the partner the others are altered after. */
interface Recipe {
  readonly oddity: PartyOddity
  readonly homes: readonly [Home, ...Home[]]
  readonly alter: Alter
}

const RECIPES: readonly Recipe[] = [
  { oddity: 'duplicateName', homes: ['zoho', 'zoho'], alter: takeName },
  { oddity: 'duplicateName', homes: ['zoho', 'both'], alter: takeName },
  { oddity: 'duplicateEmail', homes: ['zoho', 'zoho'], alter: takeEmail },
  { oddity: 'duplicateEmail', homes: ['zoho', 'both'], alter: takeEmail },
  { oddity: 'duplicateEmail', homes: ['xero', 'xero'], alter: takeEmail },
  { oddity: 'nameDiffers', homes: ['both'], alter: differ(0) },
  { oddity: 'nameDiffers', homes: ['both'], alter: differ(1) },
  { oddity: 'nameDiffers', homes: ['both'], alter: differBySpaces },
  { oddity: 'archivedInXero', homes: ['both'], alter: keep },
  { oddity: 'archivedInXero', homes: ['xero'], alter: keep },
  { oddity: 'archivedInXero', homes: ['xero'], alter: keep },
  { oddity: 'noEmail', homes: ['zoho'], alter: forgetEmail },
  { oddity: 'noEmail', homes: ['zoho'], alter: forgetEmail },
  { oddity: 'noEmail', homes: ['xero'], alter: forgetEmail },
  { oddity: 'noEmail', homes: ['xero'], alter: forgetEmail },
  { oddity: 'noEmail', homes: ['both'], alter: forgetEmail },
  { oddity: 'longName', homes: ['zoho'], alter: lengthenForZoho },
  { oddity: 'longName', homes: ['xero'], alter: lengthenForXero },
  { oddity: 'oddCharacters', homes: ['zoho'], alter: oddInZoho(0) },
  { oddity: 'oddCharacters', homes: ['zoho'], alter: oddInZoho(1) },
  { oddity: 'oddCharacters', homes: ['zoho'], alter: oddInZoho(2) },
  { oddity: 'oddCharacters', homes: ['xero'], alter: oddInXero(0) },
  { oddity: 'oddCharacters', homes: ['xero'], alter: oddInXero(1) },
  { oddity: 'oddCharacters', homes: ['xero'], alter: oddInXero(2) },
]

/** Makes some customers odd, no party twice. A company too small for a recipe goes without it. */
export function applyOddities(parties: readonly Party[], chance: Chance): Party[] {
  const result = [...parties]
  const pools = fillPools(parties, chance)
  const rounds = 1 + Math.max(0, Math.floor((parties.length - FIRST_ROUND_CONTACTS) / CONTACTS_PER_FURTHER_ROUND))
  for (let round = 0; round < rounds; round += 1) {
    for (const recipe of RECIPES) {
      for (const [position, altered] of cook(recipe, round, { result, pools })) result[position] = altered
    }
  }
  return result
}

interface Kitchen {
  readonly result: readonly Party[]
  readonly pools: Pools
}

type Pools = Readonly<Record<Home, number[]>>

/**
 * Positions of the Australian customers by home, in random order. Suppliers stay plain because a vendor is no double of
 * an account, overseas customers because a small company has few of them and needs each for its currency.
 */
function fillPools(parties: readonly Party[], chance: Chance): Pools {
  const pools: Pools = { zoho: [], xero: [], both: [] }
  for (const index of shuffle(chance, [...parties.keys()])) {
    const party = parties[index]
    if (party === undefined || party.role === 'supplier' || party.billing.country !== 'Australia') continue
    pools[party.home].push(index)
  }
  return pools
}

function cook(recipe: Recipe, round: number, { result, pools }: Kitchen): [number, Party][] {
  const needed = (home: Home) => recipe.homes.filter((other) => other === home).length
  if (recipe.homes.some((home) => pools[home].length < needed(home))) return []
  const positions = recipe.homes.flatMap((home) => pools[home].pop() ?? [])
  const partner = result[positions.at(-1) ?? -1]
  return positions.flatMap((position): [number, Party][] => {
    const party = result[position]
    if (party === undefined || partner === undefined) return []
    const altered = party === partner && recipe.homes.length > 1 ? party : recipe.alter(party, round, partner)
    return [[position, { ...altered, oddities: [...altered.oddities, recipe.oddity] }]]
  })
}

function keep(party: Party): Party {
  return party
}

function takeName(party: Party, _round: number, partner: Party): Party {
  return rename(party, partner.zohoName)
}

function takeEmail(party: Party, _round: number, partner: Party): Party {
  return withEmail(party, partner.email)
}

/** Without a primary mailbox Xero refuses further persons, so only one person, without a mailbox, stays. */
function forgetEmail(party: Party): Party {
  return { ...withEmail(party, ''), persons: withEmail(party, '').persons.slice(0, 1) }
}

function withEmail(party: Party, email: string): Party {
  return {
    ...party,
    email,
    persons: party.persons.map((person, index) => (index === 0 ? { ...person, email } : person)),
  }
}

function rename(party: Party, zohoName: string): Party {
  return { ...party, zohoName, xeroName: cleanForXero(zohoName) }
}

/** `kind` sets where the walk through the variants starts, so that the first round has different ones. */
function differ(kind: number): Alter {
  return (party, round) => ({ ...party, ...variantOf(party.zohoName, kind + 2 * round) })
}

function differBySpaces(party: Party): Party {
  return rename(party, spacedOutName(party.zohoName))
}

function lengthenForZoho(party: Party): Party {
  return rename(party, longNameOf(party.zohoName, ZOHO_NAME_LIMIT - SHORT_OF_LIMIT))
}

function lengthenForXero(party: Party): Party {
  return rename(party, longNameOf(party.xeroName, XERO_NAME_LIMIT - SHORT_OF_LIMIT))
}

/** People also type the plus of the international form into the phone field. */
function withPlus(party: Party): Party {
  return { ...party, phone: { ...party.phone, country: `+${party.phone.country}` } }
}

function oddInZoho(kind: number): Alter {
  return (party, round) => withPlus(rename(party, oddNameForZoho(party.zohoName, kind + 3 * round)))
}

function oddInXero(kind: number): Alter {
  return (party, round) => withPlus(rename(party, oddNameForXero(party.xeroName, kind + 3 * round)))
}
