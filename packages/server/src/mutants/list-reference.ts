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
]
