import type { Mutant } from './mutant.ts'

const JOINED = 'packages/server/test/engine/won-deals-joined.test.ts'
const WON = 'packages/server/test/engine/won-deals.test.ts'
const QUOTES = 'packages/server/test/engine/won-deals-quotes.test.ts'
const CRASH = 'packages/server/test/regression/won-deals-crash.test.ts'
const PLAN_CHUNK = 'packages/sync/src/plan/plan-chunk.ts'
const PLAN_DEAL = 'packages/sync/src/plan/plan-deal.ts'

/** Guards of won deals: one invoice each, ever (R37). */
export const DEAL_MUTANTS: readonly Mutant[] = [
  {
    name: 'deal-billed-beside-its-invoice',
    guard: 'a deal that a CRM invoice names joins that invoice, and nothing is made',
    invariant: 'I2',
    patches: [
      {
        file: PLAN_DEAL,
        find: 'if (first !== undefined) return joinInvoice(won, first)',
        replace: "if (first !== undefined && input.planId === '') return joinInvoice(won, first)",
      },
    ],
    caughtBy: [
      { type: 'test', path: JOINED, name: 'one that is in Xero already' },
      { type: 'test', path: JOINED, name: 'one that is not ticked yet' },
    ],
  },
  {
    name: 'second-invoice-of-a-deal-sent',
    guard: 'a CRM invoice of a deal that has its invoice waits for a person, and is not created in Xero',
    invariant: 'I2',
    patches: [
      {
        file: PLAN_CHUNK,
        find: 'if (billedBy !== null) return holdCandidate',
        replace: "if (billedBy === '') return holdCandidate",
      },
    ],
    caughtBy: [
      { type: 'test', path: JOINED, name: 'waits for a person where the invoice has its CRM side already' },
      { type: 'test', path: JOINED, name: 'waits too where that one was deleted in Xero' },
    ],
  },
  {
    name: 'deleted-deal-forgotten',
    guard: 'a deal that is deleted stays a part of its link: restored, it is not billed again',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-link.ts',
        find: "['main', 'deal', 'task']",
        replace: "['main', 'task']",
      },
    ],
    caughtBy: [{ type: 'test', path: WON, name: 'edited, lost, deleted and restored' }],
  },
  {
    name: 'billed-link-dissolved',
    guard: 'a link that bills a deal is never dissolved for another',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/store/rules/half-link.ts',
        find: 'return dealParts(link).length > 0 ? isBare : (zoho === null) !== (xero === null)',
        replace: 'return isBare || (zoho === null) !== (xero === null)',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/sync/test/store/memory.test.ts',
        name: 'a link that bills a deal is never dissolved',
      },
    ],
  },
  {
    name: 'unheard-bill-by-number-alone',
    guard: 'the unanswered create of a deal is looked for by its Url too, whatever its number is by then',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/detect/sent-for-deals.ts',
        find: 'const isOpen = linkId !== null && mayExist &&',
        replace: "const isOpen = linkId === '' && mayExist &&",
      },
    ],
    caughtBy: [{ type: 'test', path: CRASH, name: 'renumbered before anybody looked' }],
  },
  {
    name: 'old-wins-forgotten',
    guard: 'a deal that was won before this was switched on is remembered as such: its next edit is no win',
    invariant: 'I9',
    patches: [
      {
        file: PLAN_DEAL,
        find: "return { ...skipped, newLink, change: changeOf(newLink.id, 'detachedByPerson') }",
        replace: 'return newLink === null ? NOTHING : skipped',
      },
    ],
    caughtBy: [{ type: 'test', path: WON, name: 'won before this was switched on' }],
  },
  {
    name: 'given-up-invoice-keeps-its-deal',
    guard: 'a deal whose CRM invoice was deleted or cancelled before it ever reached Xero is planned anew by itself',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/detect/gather.ts',
        find: 'const leavers = [...people, ...(await freedDeals(walk, kind, { links, gone }))]',
        replace: 'const leavers = [...people]',
      },
    ],
    caughtBy: [
      { type: 'test', path: JOINED, name: 'and one that is deleted before it ever reached Xero' },
      { type: 'test', path: JOINED, name: 'and one that is cancelled before it ever reached Xero' },
    ],
  },
  {
    name: 'invoiced-quote-billed-again',
    guard: 'a deal whose quote was invoiced in Xero waits for a person',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/invoice/deal-create.ts',
        find: "return number === '' ? null",
        replace: "return number !== '$' ? null",
      },
    ],
    caughtBy: [{ type: 'test', path: QUOTES, name: 'waits, and goes with that invoice once it names the deal' }],
  },
  {
    name: 'deleted-deal-releases',
    guard: 'an invoice held for its deal stays held although the deal is deleted, until a person says go',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/detect/deals.ts',
        find: 'held: await heldForDeals(walk, kind, nameless)',
        replace: 'held: await heldForDeals(walk, kind, [])',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/won-deals-joined.test.ts',
        name: 'waits on where the deal was deleted',
      },
    ],
  },
  {
    name: 'refused-sent-at-each-telling',
    guard: 'a delete that is told of again does not send what was refused once more',
    invariant: 'I4',
    patches: [
      {
        file: 'packages/sync/src/detect/deleted.ts',
        find: '.filter((row) => !before.has(tellingOf(row)))',
        replace: ".filter((row) => !before.has(tellingOf(row) + '?'))",
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/detect/poll.test.ts', name: 'tells of a delete once' },
      {
        type: 'test',
        path: 'packages/server/test/engine/won-deals-joined.test.ts',
        name: 'is refused by Xero: it is not sent again because its deal is deleted',
      },
    ],
  },
  {
    name: 'two-invoices-in-one-link',
    guard: 'of two CRM invoices that one chunk would put into the link of their deal, the second waits',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-chunk.ts',
        find: ' && !isSecondMain(plan, mains)',
        replace: '',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/won-deals-joined.test.ts',
        name: 'also one of two that are made in the same moment, and wait for their customer',
      },
    ],
  },
]
