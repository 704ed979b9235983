import { sql } from 'kysely'
import type { SealedCredential, VaultStore } from '../contract.ts'
import type { Database } from './schema.ts'

const COLUMNS = sql`id, system, app_id as "appId", remote_user_id as "remoteUserId", sealed, rotation`

export function sqlVault(db: Database): VaultStore {
  return {
    save: (credential) => save(db, credential),
    read: (id) => read(db, id),
    rotate: async (id, knownRotation, { owner, nowMs, claimTtlMs }) => {
      // one statement decides: of many callers one gets the row (C11)
      const mine = await sql`
        update tandem.credential set claim_owner = ${owner}, claim_until = ${nowMs + claimTtlMs}
        where id = ${id} and rotation <= ${knownRotation} 
          and (claim_until is null or claim_until <= ${nowMs} or claim_owner = ${owner})
        returning id`.execute(db)
      if (mine.rows.length > 0) return { type: 'mine' }
      const credential = await read(db, id)
      if (credential === undefined) throw new Error(`No credential ${id}`)
      return credential.rotation > knownRotation ? { type: 'newer', credential } : { type: 'busy' }
    },
    finishRotation: async (id, owner, sealed) => {
      // kept even when the claim ran out meanwhile: losing a rotated refresh token would disconnect for good (C12)
      await sql`
        update tandem.credential set sealed = ${sealed}, rotation = rotation + 1,
          claim_until = case when claim_owner = ${owner} then null else claim_until end,
          claim_owner = case when claim_owner = ${owner} then null else claim_owner end
        where id = ${id}`.execute(db)
    },
    abandonRotation: async (id, owner) => {
      await sql`
        update tandem.credential set claim_owner = null, claim_until = null
        where id = ${id} and claim_owner = ${owner}`.execute(db)
    },
  }
}

async function save(db: Database, credential: SealedCredential): Promise<string> {
  const { id, system, appId, remoteUserId, sealed, rotation } = credential
  const { rows } = await sql<{ id: string }>`
    insert into tandem.credential as old (id, system, app_id, remote_user_id, sealed, rotation)
    values (${id}, ${system}, ${appId}, ${remoteUserId}, ${sealed}, ${rotation})
    on conflict (system, app_id, remote_user_id) do update
      set sealed = excluded.sealed, rotation = old.rotation + 1, claim_owner = null, claim_until = null
    returning id`.execute(db)
  return rows[0]?.id ?? id
}

async function read(db: Database, id: string): Promise<SealedCredential | undefined> {
  const { rows } = await sql<SealedCredential>`
    select ${COLUMNS} from tandem.credential where id = ${id}`.execute(db)
  return rows[0]
}
