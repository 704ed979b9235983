import { MUTANTS } from './list.ts'
import type { Mutant } from './mutant.ts'

/** The switch: the name of the mutant to run as. */
export const SWITCH = 'TANDEM_MUTANT'

/** The mutant that is switched on; null while the switch is off. An unknown name throws: it would test the product. */
export function chosenMutant(name: string | undefined): Mutant | null {
  if (name === undefined || name === '') return null
  const mutant = MUTANTS.find((candidate) => candidate.name === name)
  if (mutant === undefined)
    throw new Error(`${SWITCH}=${name}: there is no such mutant (${MUTANTS.map((one) => one.name).join(', ')})`)
  return mutant
}
