import type { PeopleRates, PostRates, Scenario } from './scenario.ts'

const TROUBLES: Scenario['troubles'] = {
  refusedConnection: 3,
  lostBefore: 2,
  lostAfter: 4,
  resetAfter: 2,
  serverError: 3,
  truncated: 1,
  html: 1,
  throttled: 2,
  tokenRefused: 1,
  rowMissing: 1,
  rowsReordered: 1,
}

const PEOPLE: PeopleRates = {
  edit: 10,
  sameFieldOnBoth: 2,
  halfTyped: 1,
  create: 4,
  money: 2,
  credit: 0,
  sell: 0,
  leads: 0,
  buy: 0,
  track: 0,
  remove: 2,
  dispose: 0,
  typePayments: 0,
  merge: 0.3,
  robot: 0,
  import: 0,
}

const POST: PostRates = { lost: 0.2, doubled: 0.2, shuffled: 0.2, dayLate: 0.03 }
const NO_POST: PostRates = { lost: 1, doubled: 0, shuffled: 0, dayLate: 0 }

/** Rates of anchors' toy: 18 % of writes in trouble, 4 % crashes at a boundary, 20 % of webhooks lost and doubled. */
const BUSY: Scenario = {
  name: 'busy',
  purpose: 'a business at work, every kind of trouble at its usual rate',
  size: { contacts: 5, items: 3, invoices: 4 },
  turns: 24,
  deedsInTurn: 3,
  rates: { trouble: 0.18, crash: 0.04, deedOnWay: 0.02 },
  troubles: TROUBLES,
  people: PEOPLE,
  post: POST,
  isSkewed: true,
  lockRule: 'draftOnly',
  furtherKinds: [],
  wonStages: [],
  newXeroContacts: 'customers',
  zohoSwitches: {},
  xeroSwitches: {},
}

export const SCENARIOS: readonly Scenario[] = [
  BUSY,
  {
    ...BUSY,
    name: 'silent',
    purpose: 'no webhook ever arrives: polls and versions must find every edit',
    post: NO_POST,
    rates: { trouble: 0.08, crash: 0.02, deedOnWay: 0.05 },
  },
  {
    ...BUSY,
    name: 'late',
    purpose: 'writes applied up to ten minutes after we gave up',
    troubles: { ...TROUBLES, late: 8 },
  },
  {
    ...BUSY,
    name: 'ruin',
    purpose: 'three of four writes fail, a tenth of the boundaries crash',
    rates: { trouble: 0.75, crash: 0.1, deedOnWay: 0.01 },
    turns: 30,
  },
  {
    ...BUSY,
    name: 'calm',
    purpose: 'no trouble at all: people alone, on both sides and in the gap between read and write',
    rates: { trouble: 0, crash: 0, deedOnWay: 0.08 },
    isSkewed: false,
  },
  {
    ...BUSY,
    name: 'paid',
    purpose: 'bookkeepers take payments in part and whole, take them back and void, and the CRM shows each',
    people: { ...PEOPLE, money: 8 },
    furtherKinds: ['payment'],
  },
  {
    ...BUSY,
    name: 'credited',
    purpose: 'credit on both sides, put against invoices here and there, taken back, paid ahead and paid back',
    // As in `sold`: what is put against an invoice needs both of them approved, and known to both sides.
    rates: { trouble: 0.1, crash: 0.006, deedOnWay: 0.02 },
    turns: 30,
    deedsInTurn: 5,
    people: { ...PEOPLE, edit: 4, create: 3, money: 5, remove: 1, credit: 20 },
    furtherKinds: ['creditNote', 'payment'],
  },
  {
    ...BUSY,
    name: 'deleted',
    purpose: 'people delete, void, archive and restore on both sides, and deletes cross, some of them by consent',
    // See `sold`.
    rates: { trouble: 0.1, crash: 0.006, deedOnWay: 0.02 },
    troubles: { ...TROUBLES, late: 2 },
    turns: 30,
    deedsInTurn: 5,
    people: { ...PEOPLE, edit: 8, money: 3, dispose: 14 },
    furtherKinds: ['quote'],
    isDeleting: true,
  },
  {
    ...BUSY,
    name: 'recorded',
    purpose:
      'payments are typed in the CRM amid all trouble, edited, deleted and restored: each is in Xero once, or told',
    rates: { trouble: 0.15, crash: 0.01, deedOnWay: 0.02 },
    troubles: { ...TROUBLES, late: 3 },
    turns: 30,
    deedsInTurn: 4,
    people: { ...PEOPLE, edit: 4, money: 8, typePayments: 16 },
    furtherKinds: ['payment'],
    isRecording: true,
  },
  {
    ...BUSY,
    name: 'summed',
    purpose: 'sales go to Xero as daily summaries while a day ends: each in one of them, and to the cent',
    people: { ...PEOPLE, create: 8, money: 4 },
    isSummed: true,
  },
  {
    ...BUSY,
    name: 'sold',
    purpose: 'quotes written, answered and converted, deals won, opened and won again: one sale, one invoice',
    // A pass reads more than others: with the usual rate of crashes few first syncs would ever end.
    rates: { trouble: 0.1, crash: 0.006, deedOnWay: 0.02 },
    turns: 30,
    deedsInTurn: 5,
    people: { ...PEOPLE, edit: 3, create: 2, money: 2, remove: 1, sell: 20 },
    furtherKinds: ['quote'],
    wonStages: ['Closed Won'],
  },
  {
    ...BUSY,
    name: 'leads',
    purpose: 'new contacts of the books arrive as leads, which salespeople edit, convert and delete amid all trouble',
    // As in `sold`: what becomes of a lead is seen only where passes end.
    rates: { trouble: 0.15, crash: 0.01, deedOnWay: 0.02 },
    people: { ...PEOPLE, edit: 6, leads: 12 },
    newXeroContacts: 'leads',
  },
  {
    ...BUSY,
    name: 'supplied',
    purpose:
      'vendors and purchase orders of the CRM, bills of the books, and businesses that buy and sell: one bill each',
    // As in `sold`: a pass reads more than others.
    rates: { trouble: 0.1, crash: 0.006, deedOnWay: 0.02 },
    turns: 30,
    deedsInTurn: 5,
    people: { ...PEOPLE, edit: 4, create: 2, money: 3, remove: 1, buy: 18 },
    furtherKinds: ['vendor', 'bill'],
  },
  {
    ...BUSY,
    name: 'tracked',
    purpose:
      'a region of the CRM on lines in Xero, where bookkeepers choose another: each stays as it was said or chosen',
    // A row that is deleted takes what a bookkeeper chose on its line along: nobody deletes here.
    people: { ...PEOPLE, edit: 8, create: 2, remove: 0, merge: 0, track: 14 },
    isTracked: true,
  },
  {
    ...BUSY,
    name: 'robots',
    purpose: 'two other tools answer each of our writes with one of their own: the breaker must trip',
    rates: { trouble: 0.03, crash: 0.005, deedOnWay: 0.01 },
    turns: 36,
    people: { ...PEOPLE, robot: 1 },
  },
  {
    ...BUSY,
    name: 'crowd',
    purpose:
      'hundreds of rows change in one second, more than a page of either vendor takes, amid edits and without webhooks',
    size: { contacts: 230, items: 6, invoices: 6 },
    shape: 'bothEqual',
    turns: 6,
    rates: { trouble: 0.03, crash: 0.01, deedOnWay: 0.02 },
    people: { ...PEOPLE, import: 8 },
    post: NO_POST,
  },
]

/**
 * The order in which a campaign takes them, seed by seed: the large one is dear, and comes once in a round; deals that
 * join an invoice of the books are rare, and sales come twice.
 */
export const ROTATION: readonly string[] = [1, 2, 3, 4]
  .flatMap(() => [...SCENARIOS.map(({ name }) => name).filter((name) => name !== 'crowd'), 'sold'])
  .concat('crowd')

export function scenarioNamed(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name)
}
