import { afterEach, describe, expect, test } from 'vitest'
import { createMemoryStore } from '../../src/store/memory/store.ts'
import { openStore } from '../../src/store/open-store.ts'
import { serverBinaries, startPostgres } from '../../src/store/postgres/throwaway.ts'
import { chance } from '../store/fixtures.ts'
import { temporaryFolder } from '../store/temporary-folder.ts'
import type { LockstepClock } from './lockstep-clock.ts'
import { DEATHS } from './mortal-worker.ts'
import { openRace, type Race, type RaceOptions, WORKERS } from './token-race.ts'

let race: Race
let cleanUp: () => void | Promise<void> = () => undefined
afterEach(async () => {
  await race.close()
  await cleanUp()
  cleanUp = () => undefined
})

const STORMY = { troubleShare: 0.2, deathShare: 0.02 }
const CALM = { troubleShare: 0, deathShare: 0 }

const inMemory = async (clock: LockstepClock) => createMemoryStore({ clock, chance })

async function embedded(clock: LockstepClock) {
  const folder = temporaryFolder()
  cleanUp = () => folder.remove()
  return openStore({ clock, chance, dataDir: folder.path })
}

/** Rounds until the login was renewed this often; a round that does not renew it is a failure of the round itself. */
async function rotateTimes(options: RaceOptions, times: number): Promise<void> {
  race = await openRace(options)
  while ((await race.rotation()) <= times) await race.round()
  race.network.calm()
  expect(await race.storedRefreshWorks()).toBe(true)
  expect(race.asking.most()).toBe(1)
}

describe('twenty processes share one login', () => {
  // Catches: two refreshes at once, a rotated token that is lost by a lost answer or a crash, a login given up (C11, C12).
  test('5,000 rotations in a storm lose none, with one refresh at a time', { timeout: 900_000 }, async () => {
    await rotateTimes({ seed: 11, ...STORMY, openStore: inMemory }, 5_000)
    expect([...race.network.struck.values()].every((times) => times > 20)).toBe(true)
    expect([...race.deaths.keys()].sort()).toEqual([...DEATHS].sort())
  })

  // Catches: a claim that holds in memory only.
  test('the same on the embedded database', { timeout: 300_000 }, async () => {
    await rotateTimes({ seed: 12, ...STORMY, openStore: embedded }, 100)
  })

  const binaries = serverBinaries()
  const url = process.env.DATABASE_URL_TEST
  test.skipIf(binaries === undefined && url === undefined)('the same on PostgreSQL', { timeout: 300_000 }, async () => {
    const server = url === undefined ? await startPostgres(binaries ?? '') : { url, stop: async () => undefined }
    cleanUp = server.stop
    const onServer = (clock: LockstepClock) => openStore({ clock, chance, dataDir: '', databaseUrl: server.url })
    await rotateTimes({ seed: 13, ...STORMY, openStore: onServer }, 60)
  })

  // Catches: processes that go on asking with a refresh token that the login server has called dead.
  test('a consent that was withdrawn is said once by each and not asked for again, until there is a new one', async () => {
    race = await openRace({ seed: 14, ...CALM, openStore: inMemory })
    await race.round()
    await race.revoke()
    await race.clock.until(race.clock.sleep(3_600_000))
    const before = race.network.sent()
    for (let time = 0; time < 5; time += 1) {
      for (const answer of await race.askAll())
        expect(answer).toMatchObject({ type: 'disconnected', code: 'reconnectNeeded' })
    }
    expect(race.network.sent() - before).toBeLessThanOrEqual(WORKERS)
    await race.consent()
    for (const answer of await race.askAll()) expect(answer.type).toBe('ok')
  })
})
