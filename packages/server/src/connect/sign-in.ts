import { isLoopback } from '../config.ts'
import type { ConsentRequest, Operations } from '../operations/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { ConsentView } from '../views/connection.ts'
import { openBrowser } from './browser.ts'
import { consentAlone } from './consent-alone.ts'

export interface SignIn extends ConsentRequest {
  /** `none`: follow the redirect ourselves, which only a sandbox allows. */
  readonly browser: 'open' | 'none'
  readonly tell: (line: string) => void
}

const PATIENCE_MS = 10 * 60_000

/** One sign-in from start to callback; the callback arrives at whoever owns the database. */
export async function signIn(operations: Operations, wish: SignIn): Promise<Answer<ConsentView>> {
  const started = await operations.startConsent({ system: wish.system, purpose: wish.purpose, tasks: wish.tasks })
  if (started.type === 'problem') return started
  const { authorizeUrl, state } = started.value
  if (wish.browser === 'none' || isLoopback(authorizeUrl)) {
    const given = await consentAlone(authorizeUrl)
    if (given.type === 'problem') return given
  } else {
    wish.tell(`Sign in and allow access here (your browser should open by itself):\n  ${authorizeUrl}`)
    openBrowser(authorizeUrl)
  }
  return untilBack(operations, state)
}

async function untilBack(operations: Operations, state: string): Promise<Answer<ConsentView>> {
  const deadline = performance.now() + PATIENCE_MS
  while (performance.now() < deadline) {
    const view = await operations.consent(state)
    if (view.type === 'problem' || view.value.type !== 'waiting') return view
  }
  return problem('consentDenied', 'Nobody came back from the consent page within ten minutes.', 'Start again.')
}

/** A failed sign-in as the problem that it is. */
export function settled(view: ConsentView): Answer<Exclude<ConsentView, { type: 'failed' }>> {
  if (view.type !== 'failed') return answer(view)
  return problem('remoteRefused', view.title, view.fix)
}
