import { crashTests } from './crash.ts'

// Catches: a write that is sent again because its answer was lost; an answer that is recorded in part; a stop that cuts a
// batch in two.
crashTests('embedded', ['C6', 'C7', 'C8', 'C9', 'C10', 'C18'])
