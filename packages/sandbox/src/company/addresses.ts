import type { Chance } from '../core/chance.ts'
import type { Address, Party } from './contract.ts'

/** A place where suburb, state, postcode and telephone area code belong together. */
export interface Locality {
  readonly city: string
  readonly region: string
  readonly postalCode: string
  readonly country: string
  readonly phoneCountry: string
  readonly phoneArea: string
}

type PlaceRow = readonly [city: string, region: string, postalCode: string]

const AUSTRALIAN_PLACES: readonly [PlaceRow, ...PlaceRow[]] = [
  ['Ultimo', 'NSW', '2007'],
  ['Surry Hills', 'NSW', '2010'],
  ['Marrickville', 'NSW', '2204'],
  ['Parramatta', 'NSW', '2150'],
  ['Penrith', 'NSW', '2750'],
  ['Newcastle', 'NSW', '2300'],
  ['Wollongong', 'NSW', '2500'],
  ['Orange', 'NSW', '2800'],
  ['Byron Bay', 'NSW', '2481'],
  ['Wagga Wagga', 'NSW', '2650'],
  ['Braddon', 'ACT', '2612'],
  ['Fyshwick', 'ACT', '2609'],
  ['Fitzroy', 'VIC', '3065'],
  ['Brunswick', 'VIC', '3056'],
  ['Richmond', 'VIC', '3121'],
  ['Dandenong', 'VIC', '3175'],
  ['Geelong', 'VIC', '3220'],
  ['Ballarat Central', 'VIC', '3350'],
  ['Bendigo', 'VIC', '3550'],
  ['Mildura', 'VIC', '3500'],
  ['Hobart', 'TAS', '7000'],
  ['Launceston', 'TAS', '7250'],
  ['Fortitude Valley', 'QLD', '4006'],
  ['West End', 'QLD', '4101'],
  ['Southport', 'QLD', '4215'],
  ['Toowoomba City', 'QLD', '4350'],
  ['Cairns City', 'QLD', '4870'],
  ['Townsville City', 'QLD', '4810'],
  ['Noosaville', 'QLD', '4566'],
  ['Norwood', 'SA', '5067'],
  ['Glenelg', 'SA', '5045'],
  ['Mount Gambier', 'SA', '5290'],
  ['Fremantle', 'WA', '6160'],
  ['Subiaco', 'WA', '6008'],
  ['Bunbury', 'WA', '6230'],
  ['Broome', 'WA', '6725'],
  ['Darwin City', 'NT', '0800'],
  ['Alice Springs', 'NT', '0870'],
]

const AREA_OF_STATE: Readonly<Record<string, string>> = {
  NSW: '02',
  ACT: '02',
  VIC: '03',
  TAS: '03',
  QLD: '07',
  SA: '08',
  WA: '08',
  NT: '08',
}

const OVERSEAS: Readonly<Record<OverseasCountry, readonly [Locality, ...Locality[]]>> = {
  'New Zealand': [
    place('Auckland', 'Auckland', '1010', 'New Zealand', '64', '09'),
    place('Christchurch', 'Canterbury', '8011', 'New Zealand', '64', '03'),
  ],
  'United States': [
    place('Portland', 'OR', '97205', 'United States', '1', '503'),
    place('Austin', 'TX', '78701', 'United States', '1', '512'),
  ],
  'United Kingdom': [
    place('London', 'Greater London', 'SE1 9SG', 'United Kingdom', '44', '020'),
    place('Bristol', 'Avon', 'BS1 4ND', 'United Kingdom', '44', '0117'),
  ],
}

export type OverseasCountry = 'New Zealand' | 'United States' | 'United Kingdom'

const STREETS = [
  'Wattle',
  'George',
  'Railway',
  'Station',
  'Bourke',
  'Banksia',
  'Victoria',
  'King',
  'Church',
  'Waratah',
  'Commercial',
  'Harbour',
  'Grevillea',
  'Mill',
  'Jacaranda',
] as const
const STREET_KINDS = ['St', 'Rd', 'Ave', 'Pde', 'Lane', 'Hwy', 'Ct'] as const

export function pickAustralianPlace(chance: Chance): Locality {
  const [city, region, postalCode] = chance.pick(AUSTRALIAN_PLACES)
  return place(city, region, postalCode, 'Australia', '61', AREA_OF_STATE[region] ?? '02')
}

export function pickOverseasPlace(chance: Chance, country: OverseasCountry): Locality {
  return chance.pick(OVERSEAS[country])
}

export function createAddress(chance: Chance, locality: Locality): Address {
  const unit = chance.int(1, 5) === 1 ? `${chance.int(1, 24)}/` : ''
  const street = `${unit}${chance.int(1, 480)} ${chance.pick(STREETS)} ${chance.pick(STREET_KINDS)}`
  const { city, region, postalCode, country } = locality
  return { street, city, region, postalCode, country }
}

/** Numbers out of the ranges that are kept for fiction (5550 and 7010 in Australia, 7946 0 in London, 555 01 in the US). */
export function createPhone(chance: Chance, locality: Locality): Party['phone'] {
  const digits = (length: number) => String(chance.int(0, 10 ** length - 1)).padStart(length, '0')
  const { phoneCountry: country, phoneArea: area } = locality
  switch (country) {
    case '61':
      return { country, area, number: `${chance.pick(['5550', '7010'])} ${digits(4)}` }
    case '44':
      return { country, area, number: `7946 0${digits(3)}` }
    default:
      return { country, area, number: `555 01${digits(2)}` }
  }
}

/** As a person would write it on a card: `02 5550 1234`. */
export function writePhone(phone: Party['phone']): string {
  return `${phone.area} ${phone.number}`
}

// Six plain texts in the order of the table rows: a table reads better than six labelled lines per row.
function place(...row: [string, string, string, string, string, string]): Locality {
  const [city, region, postalCode, country, phoneCountry, phoneArea] = row
  return { city, region, postalCode, country, phoneCountry, phoneArea }
}
