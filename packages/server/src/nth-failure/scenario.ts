import type { Scenario } from '../simulate/scenario.ts'

const STILL = {
  edit: 0,
  sameFieldOnBoth: 0,
  halfTyped: 0,
  create: 0,
  money: 0,
  credit: 0,
  leads: 0,
  buy: 0,
  track: 0,
  remove: 0,
  dispose: 0,
  typePayments: 0,
  merge: 0,
  robot: 0,
  sell: 0,
  import: 0,
} as const

/** Nothing happens by chance: the company is founded by `company.ts`, and the one failure is chosen. */
export const STILL_SCENARIO: Scenario = {
  name: 'nth failure',
  purpose: 'every call and every statement fails once, in turn',
  size: { contacts: 0, items: 0, invoices: 0 },
  shape: 'zohoOnly',
  turns: 0,
  deedsInTurn: 0,
  rates: { trouble: 0, crash: 0, deedOnWay: 0 },
  troubles: {},
  people: STILL,
  post: { lost: 1, doubled: 0, shuffled: 0, dayLate: 0 },
  isSkewed: false,
  lockRule: 'draftOnly',
  furtherKinds: [],
  wonStages: [],
  newXeroContacts: 'customers',
  zohoSwitches: {},
  xeroSwitches: {},
}

/** The same with both vendors' webhooks, each delivered once. */
export const HOOKED_SCENARIO: Scenario = { ...STILL_SCENARIO, post: { ...STILL_SCENARIO.post, lost: 0 } }
