import type { Code } from '../model/codes.ts'
import type { ReferenceData } from '../model/reference.ts'
import type { ConnectionSettings } from '../model/settings.ts'
import type { NewMark } from './mark.ts'

export interface Connection {
  readonly id: string
  readonly name: string
  readonly zoho: ZohoEnd
  readonly xero: XeroEnd
  readonly settings: ConnectionSettings
  /** Bumped whenever the mapping or scope changes: shadows of an older one are re-baselined. */
  readonly generation: number
  readonly state: ConnectionState
  /** Why it is paused; null otherwise. */
  readonly pausedCode: Code | null
  readonly reference: ReferenceData | null
  readonly referenceAt: number | null
  /** True once an approved first sync has run, under this mapping: until then every plan holds for approval (C16). */
  readonly firstSyncDone: boolean
}

export type ConnectionState = 'connecting' | 'ready' | 'paused' | 'disconnected'

export interface ZohoEnd {
  readonly credentialId: string
  readonly dataCentre: string
  readonly apiDomain: string
  readonly zgid: string
  readonly orgName: string
}

export interface XeroEnd {
  readonly credentialId: string
  readonly xeroConnectionId: string
  readonly tenantId: string
  readonly tenantName: string
}

/**
 * `bump`: a new generation of the mapping. `preview`: that, and as at the first sync a person approves it first.
 * `widen`: approved like that, but links keep their bases: what corresponded still does, and more can be said.
 */
export type SettingsChange = 'keep' | 'bump' | 'preview' | 'widen'

export interface ConnectionStore {
  list(): Promise<readonly Connection[]>
  get(id: string): Promise<Connection | undefined>
  /** Refuses a Zoho org (data centre + zgid) or Xero tenant that another connection has (R03). */
  create(
    connection: Omit<Connection, 'generation' | 'firstSyncDone'>,
  ): Promise<{ readonly type: 'created' } | { readonly type: 'taken'; readonly by: string }>
  saveSettings(id: string, settings: ConnectionSettings, change: SettingsChange): Promise<void>
  saveReference(id: string, reference: ReferenceData, at: number): Promise<void>
  setState(id: string, state: ConnectionState, code: Code | null): Promise<void>
  /** Refuses like `create`: a reconnect must not end on an organisation that another connection has. */
  setEnds(
    id: string,
    ends: { readonly zoho: ZohoEnd; readonly xero: XeroEnd },
  ): Promise<{ readonly type: 'saved' } | { readonly type: 'taken'; readonly by: string }>
  /** Marks without a lane: record buttons, on-save hooks and people only mark (design section 4). */
  mark(id: string, marks: readonly NewMark[]): Promise<void>
}
