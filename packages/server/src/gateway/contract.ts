import type { Priority, Remotes } from '@tandem/sync/engine.ts'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Side } from '@tandem/sync/model/side.ts'
import type { ScopeWish } from '@tandem/sync/remotes/zoho/scopes.ts'
import type { Connection, XeroEnd, ZohoEnd } from '@tandem/sync/store/contract.ts'
import type { Answer } from '../problem.ts'

/** The way to both remote systems: signing in, and the connectors of a connection with its tokens, budgets and field lists. */
export interface Gateway {
  openRemotes(connection: Connection, priority: Priority): Promise<Remotes>
  /** Where a person gives consent. A missing client id or secret is a problem that names its variable. `wish`: of Zoho. */
  authorizeUrl(system: Side, state: string, wish: ScopeWish): Answer<string>
  /** What a Zoho sign-in may do, as Zoho said when it gave it; empty where that is not known. */
  grantedScopes(end: ZohoEnd): Promise<readonly string[]>
  /** Exchanges the code, seals and stores the tokens, asks whose they are. */
  finishZoho(callback: ZohoCallback): Promise<Answer<ZohoEnd>>
  finishXero(code: string): Promise<Answer<XeroGrant>>
  /** Reads both organisations, creates the CRM fields that are missing, suggests the tax map. Stores nothing of ours. */
  prepare(draft: Connection): Promise<Answer<Prepared>>
  /** DELETE /connections/{id}: never a revoke, which would hit the user's other organisations (xero.md 1.4). */
  disconnectXero(end: XeroEnd): Promise<Answer<null>>
}

export interface Prepared {
  readonly settings: ConnectionSettings
  readonly reference: ReferenceData
  /** What was created in the CRM, for the person who connects. */
  readonly notes: readonly string[]
}

export interface ZohoCallback {
  readonly code: string
  /** The user's data centre as Zoho named it; checked against the allow-list (zoho-crm.md 1.3). */
  readonly location: string
  readonly accountsServer: string
}

export interface XeroGrant {
  readonly credentialId: string
  /** The organisations of this very consent first, then others that the user connected before. */
  readonly tenants: readonly XeroTenant[]
}

export interface XeroTenant {
  readonly xeroConnectionId: string
  readonly tenantId: string
  readonly name: string
}
