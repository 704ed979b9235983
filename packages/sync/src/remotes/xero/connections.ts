import { z } from 'zod'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import { type HttpResponse, type Network, NetworkFailure } from '../../ports/network.ts'
import type { TokenKeeper } from '../http/token-keeper.ts'
import { classify, uncertain } from './classify.ts'

/** An organisation that the user has connected to the app (xero.md 1.4). */
export interface XeroConnection {
  /** The connection's own id, which is what is deleted; not the tenantId. */
  readonly id: string
  readonly tenantId: string
  readonly tenantType: string
  readonly tenantName: string
  readonly authEventId: string
}

export interface ConnectionPorts {
  readonly network: Network
  readonly tokens: TokenKeeper
  readonly apiUrl: string
}

const connectionsSchema = z.array(
  z.looseObject({
    id: z.string().min(1),
    tenantId: z.string().min(1),
    tenantType: z.string(),
    tenantName: z.string().nullish(),
    authEventId: z.string().nullish(),
  }),
)

const TIMEOUT_MS = 30_000

/** `authEventId` null: all of the user's organisations; else those connected in that consent. */
export async function listXeroConnections(
  ports: ConnectionPorts,
  authEventId: string | null,
): Promise<RemoteOutcome<readonly XeroConnection[]>> {
  const query = authEventId === null ? '' : `?authEventId=${encodeURIComponent(authEventId)}`
  const answer = await ask(ports, { method: 'GET', path: `/connections${query}` })
  if (answer.type !== 'ok') return answer
  const parsed = connectionsSchema.safeParse(answer.value.json)
  if (!parsed.success)
    return uncertain('read', 'remoteAnswerUnreadable', 'Xero listed its connections in an unknown form')
  return ok(
    parsed.data.map(({ id, tenantId, tenantType, tenantName, authEventId: event }) => {
      return { id, tenantId, tenantType, tenantName: tenantName ?? '', authEventId: event ?? '' }
    }),
  )
}

/** Disconnects one organisation; never a revoke, which would hit the user's others. Already gone is as good as done. */
export async function deleteXeroConnection(ports: ConnectionPorts, id: string): Promise<RemoteOutcome<null>> {
  const answer = await ask(ports, { method: 'DELETE', path: `/connections/${encodeURIComponent(id)}` })
  return answer.type === 'ok' ? ok(null) : answer
}

interface ConnectionCall {
  readonly method: 'GET' | 'DELETE'
  readonly path: string
}

async function ask(ports: ConnectionPorts, call: ConnectionCall) {
  const token = await ports.tokens.current()
  if (token.type !== 'ok') return token
  const first = await attempt(ports, call, token.value.accessToken)
  if (first.type !== 'staleToken') return first
  const renewed = await ports.tokens.refreshed(token.value)
  if (renewed.type !== 'ok') return renewed
  const second = await attempt(ports, call, renewed.value.accessToken)
  if (second.type !== 'staleToken') return second
  return { type: 'disconnected', code: 'reconnectNeeded', message: second.message } as const
}

async function attempt(ports: ConnectionPorts, call: ConnectionCall, accessToken: string) {
  // Deleting twice is harmless, so that even a DELETE can be asked again: classified as a read.
  let response: HttpResponse
  try {
    response = await ports.network.exchange({
      method: call.method,
      url: ports.apiUrl + call.path,
      headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` },
      body: undefined,
      timeoutMs: TIMEOUT_MS,
    })
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error
    return uncertain('read', 'connectionLost', 'The connection to Xero was lost')
  }
  const classified = classify(response, 'read')
  return classified.type === 'answer' ? ok(classified.answer) : classified
}
