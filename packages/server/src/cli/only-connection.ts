import type { Operations } from '../operations/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'

/** The connection that a command is about, by what the person said; unsaid while there is only one. */
export async function onlyConnection(operations: Operations, wanted: string | undefined): Promise<Answer<string>> {
  if (wanted !== undefined) return answer(wanted)
  const found = await operations.connections()
  if (found.type === 'problem') return found
  const [only, second] = found.value.filter((one) => one.state !== 'disconnected')
  if (only === undefined)
    return problem('notConnected', 'There is no connection yet.', 'tandem connect zoho, then tandem connect xero.')
  if (second !== undefined) return problem('badInput', 'There are several connections.', 'Name one with --connection.')
  return answer(only.id)
}
