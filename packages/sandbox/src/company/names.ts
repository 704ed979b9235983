import type { Chance } from '../core/chance.ts'

const SURNAMES = [
  'Abbott',
  'Brennan',
  'Callaghan',
  'Dawson',
  'Ellery',
  'Farrugia',
  'Giannopoulos',
  'Hartigan',
  'Ingram',
  'Jovanovic',
  'Kelleher',
  'Lombardi',
  'McAllister',
  'Nguyen',
  "O'Sullivan",
  'Papadakis',
  'Quigley',
  'Rossiter',
  'Sutherland',
  'Tran',
  'Underwood',
  'Vella',
  'Whitlock',
  'Yeoh',
  'Zammit',
  'Chandra',
  'Okafor',
  'Petersen',
  'Haddad',
  'Kowalski',
] as const
const PLACES = [
  'Harbour',
  'Wattle Street',
  'Coral Coast',
  'Snowy River',
  'Bondi',
  'Barossa',
  'Kimberley',
  'Otway',
  'Bass Strait',
  'Red Centre',
  'Tamar Valley',
  'Hunter',
  'Gippsland',
  'Swan River',
  'Blue Mountains',
  'Moreton Bay',
  'Riverina',
  'Daintree',
  'Eyre',
  'Nullarbor',
  'Yarra',
  'Great Ocean',
  'Pilbara',
  'Wimmera',
] as const
const ADJECTIVES = [
  'Golden',
  'Silver',
  'Bright',
  'Southern',
  'Northern',
  'Coastal',
  'Metro',
  'Rustic',
  'Prime',
  'Honest',
  'Quiet',
  'Little',
  'First',
  'Urban',
  'Wild',
  'Evergreen',
] as const
const EMBLEMS = [
  'Kookaburra',
  'Banksia',
  'Wombat',
  'Ironbark',
  'Lorikeet',
  'Platypus',
  'Waratah',
  'Magpie',
  'Bluegum',
  'Cockatoo',
  'Echidna',
  'Currawong',
  'Mulga',
  'Saltbush',
  'Pelican',
  'Jarrah',
] as const
const TRADES = [
  'Joinery',
  'Plumbing',
  'Electrical',
  'Bakery',
  'Roasters',
  'Landscapes',
  'Physiotherapy',
  'Dental',
  'Freight',
  'Surveyors',
  'Legal',
  'Architects',
  'Catering',
  'Cycles',
  'Printing',
  'Nursery',
  'Glazing',
  'Motors',
  'Brewing',
  'Veterinary',
  'Flooring',
  'Marine',
  'Solar',
  'Textiles',
  'Books',
  'Kitchens',
  'Early Learning',
  'Robotics',
  'Wines',
  'Optics',
] as const
const FORMS = ['Pty Ltd', 'Group', 'Co', 'Partners', 'Services', 'Australia', ''] as const
const FIRST_NAMES = [
  'Olivia',
  'Jack',
  'Charlotte',
  'Noah',
  'Amelia',
  'Liam',
  'Isla',
  'Hamish',
  'Mia',
  'Lachlan',
  'Priya',
  'Minh',
  'Zara',
  'Angus',
  'Ruby',
  'Kofi',
  'Sienna',
  'Ethan',
  'Matilda',
  'Arjun',
  'Freya',
  'Callum',
  'Mei',
  'Yusuf',
] as const

/** Attempts before a number is added; with a million combinations a few are enough. */
const ATTEMPTS = 40

/** Business names, distinct even for someone who ignores case, accents, punctuation and `Pty Ltd`. */
export function createBusinessNames(chance: Chance): () => string {
  const seen = new Set<string>()
  return () => {
    for (let attempt = 0; ; attempt += 1) {
      const base = buildName(chance)
      const name = attempt < ATTEMPTS ? base : `${base} ${seen.size + 1}`
      const key = comparisonKey(name)
      if (seen.has(key)) continue
      seen.add(key)
      return name
    }
  }
}

function buildName(chance: Chance): string {
  const trade = chance.pick(TRADES)
  const form = chance.pick(FORMS)
  return [nameStem(chance), trade, form].filter((part) => part !== '').join(' ')
}

function nameStem(chance: Chance): string {
  switch (chance.int(0, 4)) {
    case 0:
      return chance.pick(SURNAMES)
    case 1:
      return `${chance.pick(SURNAMES)} and ${chance.pick(SURNAMES)}`
    case 2:
      return chance.pick(PLACES)
    case 3:
      return `${chance.pick(ADJECTIVES)} ${chance.pick(EMBLEMS)}`
    default:
      return `${chance.pick(PLACES)} ${chance.pick(EMBLEMS)}`
  }
}

/** What is left of a name when form, case, accents, spacing and punctuation do not count: two names with one key look alike. */
export function comparisonKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\b(pty|ltd|limited|proprietary)\b/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
}

export function pickFirstName(chance: Chance): string {
  return chance.pick(FIRST_NAMES)
}

export function pickLastName(chance: Chance): string {
  return chance.pick(SURNAMES)
}

/** Lower-case ASCII letters, digits and single hyphens, for domains and mailboxes. */
export function slugOf(text: string, longest: number): string {
  const slug = comparisonKey(text)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
  return slug.replace(/^-+|-+$/g, '')
}
