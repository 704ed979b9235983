import type { ColumnType, Generated, Kysely } from 'kysely'
import type { Code } from '../../model/codes.ts'
import type { Collection } from '../../model/kind.ts'
import type { Plan, PlanState } from '../../model/plan.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import type {
  ConnectionState,
  Cursor,
  RunOutcome,
  RunReport,
  RunScope,
  RunTrigger,
  XeroEnd,
  ZohoEnd,
} from '../contract.ts'

/**
 * Tables that the query builder touches. The hot ones (link, link_part, dirty, op, dispatch) are written and read by
 * multi-row statements in this folder, whose columns stand beside them.
 */
export interface TandemTables {
  'tandem.connection': ConnectionTable
  'tandem.credential': CredentialTable
  'tandem.run': RunTable
  'tandem.plan': PlanTable
  'tandem.cursor': CursorTable
  'tandem.sweep': SweepTable
  'tandem.inbound_webhook': InboundWebhookTable
}

export type Database = Kysely<TandemTables>

/** A jsonb column: our own type when read, JSON text when written. */
type Json<T> = ColumnType<T, string, string>

interface ConnectionTable {
  id: string
  position: Generated<number>
  name: string
  zoho: Json<ZohoEnd>
  xero: Json<XeroEnd>
  data_centre: string
  zgid: string
  tenant_id: string
  settings: Json<ConnectionSettings>
  generation: number
  state: ConnectionState
  paused_code: Code | null
  reference: ColumnType<ReferenceData | null, string | null, string | null>
  reference_at: number | null
  first_sync_done: boolean
}

interface CredentialTable {
  id: string
  system: Side
  app_id: string
  remote_user_id: string
  sealed: string
  rotation: number
  claim_owner: string | null
  claim_until: number | null
}

interface RunTable {
  id: string
  position: Generated<number>
  connection_id: string
  trigger: RunTrigger
  scope: Json<RunScope>
  started_at: number
  fence: number
  plan_id: string | null
  outcome: RunOutcome
  code: Code | null
  finished_at: number | null
  report: ColumnType<RunReport | null, string | null, string | null>
}

interface PlanTable {
  id: string
  position: Generated<number>
  connection_id: string
  run_id: string
  state: PlanState
  created_at: number
  hold_code: Code | null
  counts: Json<Plan['counts']>
}

interface CursorTable {
  connection_id: string
  side: Side
  collection: Collection
  feed: Cursor['feed']
  high_water: string
  told: Json<readonly string[]>
}

interface SweepTable {
  connection_id: string
  side: Side
  collection: Collection
  sweep: number
  resume_at: string | null
  started_at: number
  finished_at: number | null
}

interface InboundWebhookTable {
  id: Generated<string>
  system: Side
  delivery_key: string
  body: string
  received_at: number
  processed_at: number | null
}
