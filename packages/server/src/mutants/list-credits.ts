import type { Mutant } from './mutant.ts'

const CREDITS = 'packages/server/test/engine/credits.test.ts'
const WRITTEN = 'packages/server/test/engine/credits-written.test.ts'
const SOURCE = 'packages/sync/src/mapping/payment/payment-source.test.ts'

/** Guards that credit brought: records without a list of their own, and a write that no key and no edit can mend. */
export const CREDIT_MUTANTS: readonly Mutant[] = [
  {
    name: 'taken-back-unseen',
    guard: 'an allocation that nothing lists any more is looked at, because its link still knows of it',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/detect/carriers.ts',
        find: 'map(({ remoteId }) => remoteId).filter(isOfThese)',
        replace: 'map(({ remoteId }) => remoteId).filter(() => false)',
      },
    ],
    caughtBy: [{ type: 'test', path: CREDITS, name: 'taken back: the record says so' }],
  },
  {
    name: 'swapped-credit-unseen',
    guard: 'a record that says what it said is asked for its children all the same, once its version has moved',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/plan-things.ts',
        find: 'moved: sorted.moved',
        replace: "moved: sorted.moved.filter(() => of.planId === '')",
      },
    ],
    caughtBy: [{ type: 'test', path: CREDITS, name: 'taken back and given anew between two looks' }],
  },
  {
    name: 'credit-not-read-first',
    guard: 'credit is put against an invoice only when a fresh read of both says that it can be',
    invariant: 'I15',
    patches: [
      {
        file: 'packages/sync/src/mapping/payment/allocation.ts',
        find: "if (noteStatus !== 'AUTHORISED')",
        replace: "if (noteStatus === '.')",
      },
    ],
    caughtBy: [{ type: 'test', path: SOURCE, name: 'a draft note' }],
  },
  {
    name: 'allocated-again',
    guard: 'an allocation whose answer was lost is known again by its note, invoice and amount',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/payment/allocation.ts',
        find: "return noteId === '' || invoiceId === '' || isZero(amount) ? [] :",
        replace: "return noteId !== '.' || invoiceId === '' || isZero(amount) ? [] :",
      },
    ],
    caughtBy: [
      { type: 'test', path: SOURCE, name: 'looks for its like' },
      { type: 'test', path: WRITTEN, name: 'is allocated once when every answer is lost' },
    ],
  },
]
