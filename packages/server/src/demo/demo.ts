import { runTask } from '../cli/follow.ts'
import { settled, signIn } from '../connect/sign-in.ts'
import type { Operations } from '../operations/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Sandboxes } from '../sandboxes/sandboxes.ts'
import type { Tandem } from '../tandem.ts'
import type { ConnectionView } from '../views/connection.ts'
import type { PlanDetailView } from '../views/report.ts'
import type { PassResultView, ProgressView } from '../views/task.ts'
import { chooseForDemo } from './choose.ts'

/** What the demo works with; `tell` prints a line. */
export interface DemoParts {
  readonly tandem: Tandem
  readonly operations: Operations
  readonly sandboxes: Sandboxes
  readonly tell: (line: string) => void
  readonly show: (event: ProgressView) => void
}

/** Both sandboxes may call back to this machine, which the real services would refuse. */
export function allowLoopback({ zoho, xero }: Sandboxes): void {
  zoho.sandbox.control.switches.set('allowLoopbackNotify', 'on')
  xero.sandbox.control.switches.set('allowLoopbackNotify', 'on')
}

/** Signs in to both, without a browser. */
export async function connectDemo({ operations, tell }: DemoParts): Promise<Answer<ConnectionView>> {
  for (const system of ['zoho', 'xero'] as const) {
    const view = await signIn(operations, { system, purpose: 'connect', browser: 'none', tell })
    if (view.type === 'problem') return view
    const outcome = settled(view.value)
    if (outcome.type === 'problem') return outcome
    if (outcome.value.type === 'half') tell(`Signed in to ${outcome.value.organisation}.`)
    if (outcome.value.type !== 'connected') continue
    tell(`Connected: ${outcome.value.connection.name}.`)
    for (const note of outcome.value.notes) tell(`  ${note}`)
    return answer(outcome.value.connection)
  }
  return problem('remoteRefused', 'The sandboxes did not make a connection.', 'Start the demo again.')
}

/** Tax map, sales account and the rest, chosen for the made-up company and said aloud. */
export async function chooseSettings(parts: DemoParts, connectionId: string): Promise<Answer<null>> {
  const connection = await parts.tandem.store.connections.get(connectionId)
  if (connection === undefined || connection.reference === null) {
    return problem('bug', 'The connection of the demo was not stored.')
  }
  const choice = chooseForDemo(connection.settings, connection.reference, parts.sandboxes.company.taxes)
  const saved = await parts.operations.saveSettings(connectionId, choice.settings)
  if (saved.type === 'problem') return saved
  parts.tell('Chosen for this made-up company (a real one is asked):')
  for (const line of choice.lines) parts.tell(`  ${line}`)
  return answer(null)
}

/** The preview, held for approval as every first sync is. */
export async function previewDemo(parts: DemoParts, connectionId: string): Promise<Answer<PlanDetailView>> {
  const result = await runTask(parts.operations, { connectionId, until: 'plan' }, parts.show)
  if (result.type === 'problem') return result
  if (result.value.planId !== null) return parts.operations.plan(result.value.planId)
  return problem(
    'remoteRefused',
    `The preview made no plan (${result.value.code ?? result.value.type}). ${result.value.message}`,
  )
}

export async function syncDemo(
  parts: DemoParts,
  connectionId: string,
  planId: string | null,
): Promise<Answer<PassResultView>> {
  const approved = planId === null ? {} : { approvedPlanId: planId }
  return runTask(parts.operations, { connectionId, until: 'sync', ...approved }, parts.show)
}

/** What a person would do in Xero's developer portal. */
export async function configureXeroWebhook({ sandboxes, tandem }: DemoParts): Promise<Answer<null>> {
  const response = await fetch(`${sandboxes.xero.url}/__sandbox/act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'configureWebhook', url: `${tandem.config.publicUrl}/hooks/xero` }),
  })
  if (response.ok) return answer(null)
  return problem('remoteRefused', `The Xero sandbox refused the webhook: ${(await response.text()).slice(0, 200)}`)
}
