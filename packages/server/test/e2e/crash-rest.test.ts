import { crashTests } from './crash.ts'

// Catches: a refresh token that is used up and lost; tables that exist in part; an approval that nobody acts on; a process
// that slept past its lease and goes on as if nothing had happened.
crashTests('embedded', ['C11', 'C12', 'C15', 'C16', 'C17'])
