import type { Mutant } from './mutant.ts'

/** What the CRM only shows of the books: reference data that is read, and never written back. */
export const REFERENCE_MUTANTS: readonly Mutant[] = [
  {
    name: 'ledger-accounts-written',
    guard: 'ledger accounts are read, never written, whatever was planned (C8)',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/remotes/xero/prepare.ts',
        find: "if (collection === 'LedgerAccounts') throw new Error('Ledger accounts are read, never written')",
        replace: '',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/remotes/xero/shapes.test.ts', name: 'are never written, whatever was' },
    ],
  },
  {
    name: 'tracking-put-back',
    guard: 'only lines that are new in Xero get the tracking of the CRM',
    invariant: 'I3',
    patches: [
      {
        file: 'packages/sync/src/mapping/document/tracked-lines.ts',
        find: "isValueObject(row) && asText(row.LineItemID) === ''",
        replace: 'isValueObject(row) && asText(row.LineItemID) !== null',
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/mapping/document/tracking.test.ts', name: 'keeps what a bookkeeper' },
    ],
  },
  {
    name: 'unknown-option-sent',
    guard: 'an option that Xero does not have holds the document',
    invariant: 'I15',
    patches: [
      {
        file: 'packages/sync/src/mapping/document/tracked-lines.ts',
        find: 'if (first === undefined) return verdict',
        replace: "if (first?.code !== 'mappingInvalid') return verdict",
      },
    ],
    caughtBy: [
      { type: 'test', path: 'packages/sync/src/mapping/document/tracking.test.ts', name: 'East holds the new invoice' },
    ],
  },
]
