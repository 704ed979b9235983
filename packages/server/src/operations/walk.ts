import type { PassRequest, PassResult, Progress } from '@tandem/sync/engine.ts'
import { runPass } from '@tandem/sync/pass.ts'
import { LeaseLost } from '@tandem/sync/store/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'

/** How long a person waits for another walk of the same connection; its lease lasts five seconds past its death. */
const PATIENCE_MS = 10 * 60_000
const ASK_AGAIN_MS = 500
/** A remote that asks for a longer pause ends the command: the worker, or the next sync, goes on later. */
const LONGEST_RETRY_MS = 2 * 60_000

export type Walked = Exclude<PassResult, { type: 'busy' }>

/**
 * One pass, waiting while another process or job walks the same connection, and for writes without an answer to settle.
 * A throw of the engine is a bug and is logged as one. */
export async function walk(
  tandem: Tandem,
  request: PassRequest,
  listener: (event: Progress) => void,
): Promise<Answer<Walked>> {
  const started = tandem.clock.monotonic()
  for (;;) {
    const result = await walkOnce(tandem, request, listener)
    if (result.type === 'problem') return result
    const waitMs = waitOf(tandem, result.value)
    if (result.value.type !== 'busy' && (waitMs > LONGEST_RETRY_MS || tandem.isClosing())) return answer(result.value)
    if (result.value.type !== 'busy' && waitMs === 0) return answer(result.value)
    if (result.value.type === 'interrupted') tellWaiting(listener, result.value)
    if (tandem.clock.monotonic() - started > PATIENCE_MS) {
      return problem('busy', 'Another run of this connection is still going on.', 'Try again when it has ended.')
    }
    await tandem.clock.sleep(waitMs)
  }
}

/** How long until it is worth another try; 0 when the walk has ended. */
function waitOf(tandem: Tandem, result: PassResult): number {
  if (result.type === 'busy') return ASK_AGAIN_MS
  return result.type === 'interrupted' ? Math.max(ASK_AGAIN_MS, result.retryAt - tandem.clock.now()) : 0
}

function tellWaiting(listener: (event: Progress) => void, result: Extract<PassResult, { type: 'interrupted' }>) {
  listener({ type: 'waiting', runId: result.runId, side: 'xero', untilMs: result.retryAt, reason: result.message })
}

/** One try: `busy` comes back at once, for the worker, which has other things to do. */
export async function walkOnce(
  tandem: Tandem,
  request: PassRequest,
  listener: (event: Progress) => void,
): Promise<Answer<PassResult>> {
  try {
    return answer(await runPass(tandem.enginePorts(listener), request))
  } catch (error) {
    // A walk that the end of this process interrupts is settled by the next one.
    if (error instanceof LeaseLost || tandem.isClosing()) return answer({ type: 'busy' })
    tandem.log.bug('pass', error)
    return problem(
      'bug',
      `The run ended with an error inside Tandem: ${error instanceof Error ? error.message : String(error)}.`,
      'Nothing is lost: what was under way is settled by the next run. The log has the details.',
    )
  }
}
