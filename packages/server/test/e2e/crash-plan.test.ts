import { crashTests } from './crash.ts'

// Catches: a cursor that moves before its marks are durable; a webhook that is acknowledged and forgotten; a plan half
// stored that nobody supersedes.
crashTests('embedded', ['C1', 'C2', 'C3', 'C4', 'C5', 'C13', 'C14'])
