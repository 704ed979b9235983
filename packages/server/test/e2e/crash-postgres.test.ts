import { serverBinaries } from '@tandem/sync/store/postgres/throwaway.ts'
import { describe } from 'vitest'
import { crashTests } from './crash.ts'

const hasServer = serverBinaries() !== undefined

// Catches: a transaction that survives its process in part; migrations that are not one transaction; and R11: two
// processes on one connection, of which the one that woke up late still writes to the store.
describe.skipIf(!hasServer)(`PostgreSQL${hasServer ? '' : ' (skipped: no server installed)'}`, () => {
  crashTests('postgres', ['C9', 'C15', 'C17'])
})
