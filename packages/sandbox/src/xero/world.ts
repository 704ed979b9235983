import type { Chance } from '../core/chance.ts'
import type { VirtualClock } from '../core/clock.ts'
import type { FaultBoard } from '../core/faults.ts'
import type { RequestLog } from '../core/request-log.ts'
import type { Connections } from './identity/connections.ts'
import type { GrantStore } from './identity/grants.ts'
import type { IdempotencyStore } from './limits/idempotency.ts'
import type { Limiter } from './limits/limiter.ts'
import type { Books } from './model/books.ts'
import type { XeroSwitches } from './switches.ts'
import type { WebhookSender } from './webhooks/sender.ts'

/** What a person copies from the developer portal. */
export interface XeroCredentials {
  readonly clientId: string
  readonly clientSecret: string
  readonly webhookKey: string
  readonly tenantId: string
  readonly appName: string
  readonly userId: string
}

/** Everything one sandbox consists of; `reset` replaces the parts that hold data. */
export interface XeroWorld {
  readonly clock: VirtualClock
  readonly chance: Chance
  readonly switches: XeroSwitches
  readonly faults: FaultBoard
  readonly log: RequestLog
  readonly credentials: XeroCredentials
  readonly userId: string
  /** Scopes the user has consented to so far. */
  readonly consentedScopes: Set<string>
  readonly webhooks: WebhookSender
  books: Books
  grants: GrantStore
  connections: Connections
  limiter: Limiter
  idempotency: IdempotencyStore
  baseUrl: string
}
