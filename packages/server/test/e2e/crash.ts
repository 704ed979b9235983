import { CRASH_POINTS, type CrashPoint } from '@tandem/sync/ports/crash-point.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatabaseName } from '../../src/crash/crash-case.ts'
import { type DatabaseServer, databasesAt, startDatabaseServer } from '../../src/crash/databases.ts'
import { runCase } from '../../src/crash/run-case.ts'

/** Three times the lease's time to live; the campaign freezes for a minute. */
const FREEZE_MS = 15_000
/** How quick a restart is depends on the machine: the campaign judges that. */
const LIMIT_MS = 300_000

/** One case per point: the real command, killed there, then restarted and judged. `npm run crash` has the other seeds. */
export function crashTests(database: DatabaseName, points: readonly CrashPoint[]): void {
  let server: DatabaseServer | undefined
  beforeAll(async () => {
    server = await startDatabaseServer([database])
  })
  afterAll(() => server?.stop())
  for (const place of points) {
    test(`${place} on ${database}: ${CRASH_POINTS[place]}; I1 to I5 hold after the restart`, {
      timeout: LIMIT_MS,
    }, async () => {
      if (server === undefined) throw new Error('There is no database to crash on')
      const seed = Number(place.slice(1))
      const { faults } = await runCase({ place, seed, database, freezeMs: FREEZE_MS }, databasesAt(server.url))
      expect(faults).toEqual([])
    })
  }
}
