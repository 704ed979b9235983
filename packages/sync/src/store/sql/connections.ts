import { sql, type UpdateObject } from 'kysely'
import { completeSettings } from '../../model/stored-settings.ts'
import type { Connection, ConnectionStore, XeroEnd, ZohoEnd } from '../contract.ts'
import { lockConnection } from './fence.ts'
import type { SqlPorts } from './lane.ts'
import { putMarks } from './marks.ts'
import { safeJson } from './safe-json.ts'
import type { Database, TandemTables } from './schema.ts'

export function sqlConnections({ db, clock, chance }: SqlPorts): ConnectionStore {
  return {
    list: async () => (await select(db).orderBy('position').execute()).map(completed),
    get: async (id) => {
      const found = await select(db).where('id', '=', id).executeTakeFirst()
      return found === undefined ? undefined : completed(found)
    },
    create: (connection) => create(db, connection),
    saveSettings: (id, settings, bump) =>
      db.transaction().execute(async (tx) => {
        const text = safeJson(settings)
        const { rows } = await sql<{ generation: number }>`
          update tandem.connection set settings = ${text}::jsonb, generation = generation + ${bump === 'bump' ? 1 : 0}
          where id = ${id} returning generation`.execute(tx)
        const generation = rows[0]?.generation
        if (generation === undefined) throw new Error(`No connection ${id}`)
        await sql`insert into tandem.mapping_version (connection_id, generation, settings, saved_at)
          values (${id}, ${generation}, ${text}::jsonb, ${clock.now()})`.execute(tx)
      }),
    saveReference: (id, reference, at) => change(db, id, { reference: safeJson(reference), reference_at: at }),
    setState: (id, state, code) => change(db, id, { state, paused_code: code }),
    setEnds: async (id, ends) => {
      const by = await holderOf(db, id, ends)
      if (by !== undefined) return { type: 'taken', by }
      await change(db, id, endColumns(ends))
      return { type: 'saved' }
    },
    mark: async (id, marks) => {
      const known = await db.selectFrom('tandem.connection').select('id').where('id', '=', id).executeTakeFirst()
      if (known === undefined) throw new Error(`No connection ${id}`)
      await db.transaction().execute(async (tx) => {
        await lockConnection(tx, id)
        await putMarks(tx, id, { marks, stamp: { chance, now: clock.now() } })
      })
    },
  }
}

function select(db: Database) {
  return db
    .selectFrom('tandem.connection')
    .select([
      'id',
      'name',
      'zoho',
      'xero',
      'settings',
      'generation',
      'state',
      'paused_code as pausedCode',
      'reference',
      'reference_at as referenceAt',
      'first_sync_done as firstSyncDone',
    ])
}

/** A newer release reads what an older one has stored. */
function completed(connection: Connection): Connection {
  return { ...connection, settings: completeSettings(connection.settings) }
}

type Ends = { readonly zoho: ZohoEnd; readonly xero: XeroEnd }

function endColumns({ zoho, xero }: Ends) {
  const unique = { data_centre: zoho.dataCentre, zgid: zoho.zgid, tenant_id: xero.tenantId }
  return { zoho: safeJson(zoho), xero: safeJson(xero), ...unique }
}

/** The unique indexes decide, so that two processes cannot both win. */
async function create(
  db: Database,
  connection: Omit<Connection, 'generation' | 'firstSyncDone'>,
): ReturnType<ConnectionStore['create']> {
  const { id, name, state, pausedCode, reference, referenceAt } = connection
  const inserted = await db
    .insertInto('tandem.connection')
    .values({
      id,
      name,
      ...endColumns(connection),
      settings: safeJson(connection.settings),
      generation: 1,
      state,
      paused_code: pausedCode,
      reference: reference === null ? null : safeJson(reference),
      reference_at: referenceAt,
      first_sync_done: false,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted !== undefined) return { type: 'created' }
  const by = await holderOf(db, id, connection)
  return { type: 'taken', by: by ?? id }
}

async function holderOf(db: Database, id: string, { zoho, xero }: Ends): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from tandem.connection where id <> ${id}
      and ((zgid = ${zoho.zgid} and data_centre = ${zoho.dataCentre} and zgid <> '')
        or (tenant_id = ${xero.tenantId} and tenant_id <> '')) limit 1`.execute(db)
  return rows[0]?.id
}

export function finishFirstSync(tx: Database, id: string): Promise<void> {
  return change(tx, id, { first_sync_done: true })
}

async function change(
  db: Database,
  id: string,
  values: UpdateObject<TandemTables, 'tandem.connection'>,
): Promise<void> {
  const done = await db.updateTable('tandem.connection').set(values).where('id', '=', id).executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new Error(`No connection ${id}`)
}
