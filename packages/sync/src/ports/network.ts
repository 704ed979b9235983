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
  /** `Contacts.list`, `Contacts.write`; left out at sign-in. */
  readonly purpose?: string
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
