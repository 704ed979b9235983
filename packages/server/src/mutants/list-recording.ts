import type { Mutant } from './mutant.ts'

const TO_XERO = 'packages/server/test/engine/payments-to-xero.test.ts'
const CRASH = 'packages/server/test/regression/recorded-payments-crash.test.ts'
const RULES = 'packages/sync/src/mapping/payment/recorded-payment.test.ts'

/** Guards of payments that are recorded in Xero: nothing of a payment is unique there, and none can be edited. */
export const RECORDING_MUTANTS: readonly Mutant[] = [
  {
    name: 'payment-not-looked-for',
    guard: 'a payment whose create had no answer is looked for by its token before it is made again',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/mapping/payment/recorded-payment.ts',
        find: 'crossReference: (record, context) => ownPayment(record) ?? mapping.crossReference(record, context)',
        replace: 'crossReference: (record, context) => mapping.crossReference(record, context)',
      },
    ],
    caughtBy: [{ type: 'test', path: TO_XERO, name: 'a payment whose answer is lost' }],
  },
  {
    name: 'payment-without-last-look',
    guard: 'right before a payment is sent its invoice is read once more',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/apply/recheck-creates.ts',
        find: 'if (look === undefined || refs.length === 0) continue',
        replace: 'if (refs.length >= 0) continue',
      },
    ],
    caughtBy: [{ type: 'test', path: TO_XERO, name: 'two that are more than what is due' }],
  },
  {
    name: 'payment-sent-again',
    guard: 'a payment without an answer is not sent again, not even with its key: that holds for six minutes only',
    invariant: 'I2',
    patches: [
      {
        file: 'packages/sync/src/apply/send-batch.ts',
        find: "return op.verb === 'create' && !isKeyed(walk, op) && walk.mapping(op.kind).lastLook !== undefined",
        replace: "return op.verb === 'delete' && walk.mapping(op.kind).lines === undefined",
      },
    ],
    caughtBy: [{ type: 'test', path: CRASH, name: 'ten minutes after everybody gave up' }],
  },
  {
    name: 'same-money-twice',
    guard: 'money that somebody has entered in Xero already is not entered again without a word',
    invariant: 'I11',
    patches: [
      {
        file: 'packages/sync/src/mapping/payment/recorded-faults.ts',
        find: '...(looksDouble(typed, invoice, context.linkId) ? [',
        replace: "...(typed.invoice === '' ? [",
      },
    ],
    caughtBy: [
      { type: 'test', path: RULES, name: 'paymentLooksDouble' },
      { type: 'test', path: TO_XERO, name: 'Xero has it already' },
    ],
  },
  {
    name: 'old-notes-recorded',
    guard: 'what was typed in the CRM before payments are recorded in Xero stays out',
    invariant: 'I9',
    patches: [
      {
        file: 'packages/sync/src/mapping/payment/recorded-payment.ts',
        find: "if (paymentsSince === '' || createdAt === null) return null",
        replace: 'if (createdAt !== undefined) return null',
      },
    ],
    caughtBy: [{ type: 'test', path: RULES, name: 'what was typed before' }],
  },
  {
    name: 'closed-at-the-last-moment',
    guard: 'a payment refused for an invoice that was closed after our look waits until that changes',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/mapping/payment/recorded-payment.ts',
        find: "waitsAs: { statusNotAllowed: 'paymentNotOpen' },",
        replace: 'waitsAs: {},',
      },
    ],
    caughtBy: [
      {
        type: 'test',
        path: 'packages/server/test/engine/payments-to-xero.test.ts',
        name: 'its invoice was closed between our look and our write',
      },
    ],
  },
]
