import { expect, test } from 'vitest'
import { recordOf, second } from '../test/engine/records.ts'
import { createWorld, product, type World } from '../test/engine/world.ts'
import { QUARANTINE_WRITES } from './guard/verdict.ts'

/** A linked item whose Xero side another tool renames before every pass, half a minute apart. */
async function renamedForEver(rounds: number): Promise<World> {
  const world = await createWorld()
  world.zoho.control.put(product('1000A', 'A'))
  await world.firstSync()
  world.clock.pass(3_600_000)
  const [item] = [...world.xero.control.records.values()]
  for (let round = 0; round < rounds; round += 1) {
    const fields = { ...item?.fields, Name: `Renamed ${round}` }
    world.xero.control.put(recordOf('xero', item?.id ?? '', fields, { version: second(20_000 + round) }))
    world.clock.pass(30_000)
    await world.pass()
  }
  return world
}

const renames = (world: World) =>
  world.zoho.control.sent.filter(({ request }) => JSON.stringify(request.rows).includes('Renamed')).length

// Catches: two tools that undo each other for ever, a write each time (I5).
test('a link that we keep rewriting with no edit of a person between is held, and its last mark waits with it', async () => {
  const world = await renamedForEver(QUARANTINE_WRITES + 4)
  expect(renames(world)).toBe(QUARANTINE_WRITES + 1)
  const inbox = await world.store.reports.inbox('c1')
  expect(inbox.map((item) => item.code)).toEqual(['pingPong'])
})

// Catches: a busy record held although nothing goes round in circles.
test('as many writes as are allowed go through', async () => {
  const world = await renamedForEver(QUARANTINE_WRITES)
  expect(renames(world)).toBe(QUARANTINE_WRITES)
  expect(await world.store.reports.inbox('c1')).toEqual([])
})

// Catches: a person who works on one company all morning, held as if a machine did it.
test('edits of a person are no ping-pong, however many', async () => {
  const world = await createWorld()
  world.zoho.control.put(product('1000A', 'A'))
  await world.firstSync()
  world.clock.pass(3_600_000)
  for (let round = 0; round < QUARANTINE_WRITES + 4; round += 1) {
    const fields = { ...world.zoho.control.records.get('Products/1000A')?.fields, Product_Name: `Renamed ${round}` }
    world.zoho.control.put(recordOf('zoho', '1000A', fields, { version: second(20_000 + round) }))
    world.clock.pass(30_000)
    await world.pass()
  }
  expect(await world.store.reports.inbox('c1')).toEqual([])
  const [item] = [...world.xero.control.records.values()]
  expect(item?.fields.Name).toBe(`Renamed ${QUARANTINE_WRITES + 3}`)
})
