import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import { openPostgres } from '../../src/store/postgres/open.ts'
import { serverBinaries, startPostgres, type ThrowawayPostgres } from '../../src/store/postgres/throwaway.ts'
import { chance, connectionNamed, HandClock } from './fixtures.ts'

const binaries = serverBinaries()
const title = 'a frozen owner of a lane on PostgreSQL'

describe.skipIf(binaries === undefined)(
  binaries === undefined ? `${title} (skipped: no server installed)` : title,
  () => {
    let server: ThrowawayPostgres

    beforeAll(async () => {
      server = await startPostgres(binaries ?? '')
    })
    afterAll(() => server.stop())

    // Catches: a process that is stopped in the middle of a transaction of its lane, whose row lock then keeps every other
    // process from taking over for as long as it sleeps (R11).
    test('gives way to the next one once its lease has run out', async () => {
      const clock = new HandClock()
      const store = await openStore({ clock, chance, dataDir: '', databaseUrl: server.url })
      await store.connections.create(connectionNamed('c1'))
      const first = await store.claimLane('c1', 'frozen', 1_000)
      const frozen = await openPostgres({ url: server.url })
      const locked = Promise.withResolvers<void>()
      const woken = Promise.withResolvers<void>()
      const asleep = frozen.db.transaction().execute(async (tx) => {
        await sql`select 1 from tandem.connection_lease where connection_id = 'c1' for share`.execute(tx)
        locked.resolve()
        await woken.promise
        await sql`update tandem.connection_lease set owner = owner where connection_id = 'c1'`.execute(tx)
      })
      await locked.promise
      clock.pass(2_000)
      const next = await store.claimLane('c1', 'next', 1_000)
      expect(next?.fence).toBe((first?.fence ?? 0) + 1)
      woken.resolve()
      await expect(asleep).rejects.toThrow()
      await frozen.close()
      await store.close()
    })
  },
)
