/**
 * The engine's only way out: one HTTP exchange. Rejects only when no complete answer came (refused, reset, time-out);
 * `NetworkFailure.mayHaveArrived` says whether the remote may have acted on it.
 */
export interface Network {
  exchange(request: HttpRequest): Promise<HttpResponse>
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly timeoutMs: number
  /** `write`: a record of the remote may change by it. Left out where it does not matter (sign-in). */
  readonly effect?: 'read' | 'write'
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export class NetworkFailure extends Error {
  readonly mayHaveArrived: boolean
  readonly reason: NetworkFailureReason
  constructor(message: string, mayHaveArrived: boolean, reason: NetworkFailureReason = 'lost') {
    super(message)
    this.name = 'NetworkFailure'
    this.mayHaveArrived = mayHaveArrived
    this.reason = reason
  }
}

export type NetworkFailureReason = 'timedOut' | 'lost'
