import type { Mutant } from './mutant.ts'

const TO_XERO = 'packages/server/test/engine/deletes-to-xero.test.ts'
const TO_CRM = 'packages/server/test/engine/deletes-to-crm.test.ts'
const EDITED = 'packages/server/test/engine/deletes-edited.test.ts'
const RULES = 'packages/sync/src/mapping/removal.test.ts'
const PLAN = 'packages/sync/src/plan/plan-removal.test.ts'

const ROW_LOOKED_AT_AGAIN = {
  file: 'packages/sync/src/apply/recheck-removals.ts',
  find: '|| !isAsPlanned(walk, target, link)) return false',
  replace: ') return false',
} as const

/** Guards of deletes that cross (R12c): what stays, what a person must say first, and what comes back. */
export const DELETE_MUTANTS: readonly Mutant[] = [
  {
    name: 'paid-is-deleted',
    guard: 'what money hangs on in Xero is neither deleted nor voided',
    invariant: 'I11',
    patches: [
      {
        file: 'packages/sync/src/mapping/invoice/invoice-removal.ts',
        find: 'if (money !== null) return money',
        replace: "if (money !== null && status === '') return money",
      },
    ],
    caughtBy: [
      { type: 'test', path: RULES, name: 'what deleting a CRM invoice comes to' },
      { type: 'test', path: TO_XERO, name: 'an invoice with money on it stays' },
    ],
  },
  {
    name: 'void-without-consent',
    guard: 'an approved invoice is voided only when a person has agreed to it',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-removal.ts',
        find: "if (removal.consent !== null && !isAgreed(subject, 'xero', input))",
        replace: "if (removal.consent === '')",
      },
    ],
    caughtBy: [
      { type: 'test', path: PLAN, name: 'to be voided, and nobody has agreed' },
      { type: 'test', path: TO_XERO, name: 'waits for a person' },
    ],
  },
  {
    name: 'delete-not-looked-at-again',
    guard: 'a delete is looked at once more right before it is sent',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/apply/moved.ts',
        find: 'const due = await dueRemovals(walk, fit)',
        replace: 'const due = { fit, moved: fit.slice(0, 0) }',
      },
    ],
    caughtBy: [{ type: 'test', path: TO_XERO, name: 'paid between the word and the write' }],
  },
  {
    name: 'hidden-taken-for-deleted',
    guard: 'only what Zoho lists as deleted is deleted in Xero',
    invariant: 'I9',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-removal.ts',
        find: 'if (subject.isDeletionTold !== true)',
        replace: 'if (subject.isDeletionTold === null)',
      },
    ],
    caughtBy: [
      { type: 'test', path: PLAN, name: 'not told as deleted' },
      { type: 'test', path: TO_XERO, name: 'hidden, not deleted' },
    ],
  },
  {
    name: 'edit-of-the-partner-deleted',
    guard: 'an edit that has not crossed yet is not deleted without a word',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/removals.ts',
        find: 'if (edited.length === 0) return null',
        replace: 'if (edited.length >= 0) return null',
      },
    ],
    caughtBy: [
      { type: 'test', path: PLAN, name: 'edited in Xero since' },
      { type: 'test', path: TO_CRM, name: 'edited in the CRM meanwhile' },
    ],
  },
  {
    name: 'deleted-partner-found-again',
    guard: "a record that we have deleted is nobody's partner again, though it carries our references",
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/plan/match.ts',
        find: 'const isOfCandidate = candidate.former?.includes(entry.remoteId) ?? false',
        replace: 'const isOfCandidate = false',
      },
    ],
    caughtBy: [{ type: 'test', path: TO_XERO, name: 'comes back with a restore' }],
  },
  {
    name: 'cancelled-without-a-partner',
    guard: 'what is cancelled in the CRM when it comes back shows what became of its partner, which is not made again',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-return.ts',
        find: 'if (isCancelled(subject, input))',
        replace: "if (input.planId === '')",
      },
    ],
    caughtBy: [{ type: 'test', path: TO_XERO, name: 'comes back cancelled: it shows what became of its draft' }],
  },
  {
    name: 'shows-the-partner-that-was',
    guard: 'what a restored record shows of its former partner is no base: a lost write-back is made again',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-return.ts',
        find: 'shadow: { ...shownOnly(input), ',
        replace: "shadow: { ...(input.planId === '' ? shownOnly(input) : {}), ",
      },
    ],
    caughtBy: [{ type: 'test', path: TO_XERO, name: 'comes back and shows its new draft' }],
  },
  {
    name: 'recycled-again-and-again',
    guard: 'what a person takes out of the recycle bin stays, though its Xero record is no more',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-disposal.ts',
        find: "if (xero.main === null && isRemovedByUs(link, 'zoho', input)) return true",
        replace: "if (xero.main === null && end === '' && isRemovedByUs(link, 'zoho', input)) return true",
      },
    ],
    caughtBy: [{ type: 'test', path: TO_CRM, name: 'a product that somebody takes back stays' }],
  },
  {
    name: 'own-record-old-news',
    guard: 'a record that we made is no old news when its partner was put away before the answer was known',
    invariant: 'I1',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-disposal.ts',
        find: ' && zoho.main?.modifiedBy !== input.ourZohoUserId',
        replace: '',
      },
    ],
    caughtBy: [{ type: 'test', path: TO_CRM, name: 'archived before the answer to its company is known' }],
  },
  {
    name: 'recycled-for-our-own-delete',
    guard: 'what we have put away in Xero ourselves puts nothing into the recycle bin of the CRM',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-disposal.ts',
        find: "if (isRemovedByUs(link, 'xero', input)) return true",
        replace: "if (input.planId === '') return true",
      },
    ],
    caughtBy: [{ type: 'test', path: TO_XERO, name: 'comes back cancelled: it shows what became of its draft' }],
  },
  {
    name: 'put-away-long-ago-recycled',
    guard: 'what had been put away in Xero before is not recycled in the CRM',
    invariant: 'I9',
    patches: [
      {
        file: 'packages/sync/src/plan/plan-disposal.ts',
        find: 'if (isOldNews(subject, end, input)) return null',
        replace: 'if (end === null) return null',
      },
    ],
    caughtBy: [{ type: 'test', path: TO_CRM, name: 'what had been put away before' }],
  },
  {
    name: 'edited-lines-deleted',
    guard: 'a line that was edited in Xero, and that the CRM has not seen, beats the delete of its document',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/edited-since.ts',
        find: 'input, context }) ? [LINES_FIELD] : [])',
        replace: 'input, context }) ? [] : [])',
      },
    ],
    caughtBy: [{ type: 'test', path: EDITED, name: 'a quantity: a person says' }],
  },
  {
    name: 'word-for-what-was',
    guard: 'a word to delete holds for what the person could see: edited since, they are asked again',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/plan/removals.ts',
        find: 'return asked === undefined || ',
        replace: 'return true || ',
      },
    ],
    caughtBy: [{ type: 'test', path: EDITED, name: 'edited after a person was asked' }],
  },
  {
    name: 'edited-under-its-delete',
    guard: 'a delete whose record was edited since its plan is not sent',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/apply/recheck-removals.ts',
        find: '|| target.version !== op.beforeVersion',
        replace: "|| target.version === ''",
      },
      ROW_LOOKED_AT_AGAIN,
    ],
    caughtBy: [{ type: 'test', path: EDITED, name: 'edited while the plan waits' }],
  },
  {
    name: 'row-edited-under-its-delete',
    guard: 'a delete whose record says something else than it did, at whatever version, is not sent',
    invariant: 'I3',
    patches: [ROW_LOOKED_AT_AGAIN],
    caughtBy: [{ type: 'test', path: EDITED, name: 'a row of the CRM, edited while its recycling waits' }],
  },
]
