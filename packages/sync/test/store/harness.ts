import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import type { Lane, Mark, Store } from '../../src/store/contract.ts'
import {
  chance,
  chunkOf,
  connectionNamed,
  dispatchOf,
  HandClock,
  markOf,
  opOf,
  partOf,
  zohoAccount,
} from './fixtures.ts'

/** Where the contract runs. `open` gives a store that other suites may share: every test has its own connection. */
export interface StoreUnderTest {
  readonly name: string
  /** Why this store cannot be tested here; null when it can. */
  readonly skipReason: string | null
  open(ports: { readonly clock: HandClock; readonly chance: typeof chance }): Promise<{
    readonly store: Store
    close(): Promise<void>
  }>
}

/** What a test works with; filled before each. */
export class Bench {
  readonly clock = new HandClock()
  #store: Store | undefined
  #lane: Lane | undefined
  connectionId = ''

  get store(): Store {
    if (this.#store === undefined) throw new Error('The store is not open')
    return this.#store
  }

  get lane(): Lane {
    if (this.#lane === undefined) throw new Error('The lane is not claimed')
    return this.#lane
  }

  useStore(store: Store): void {
    this.#store = store
  }

  async freshConnection(): Promise<void> {
    this.connectionId = chance.uuid()
    await this.store.connections.create(connectionNamed(this.connectionId))
    this.#lane = await this.store.claimLane(this.connectionId, 'worker-1', 3_600_000)
  }

  due(now = this.clock.now()): Promise<readonly Mark[]> {
    return this.lane.dueMarks({ kinds: ['contact', 'item', 'invoice'], now, limit: 1000 })
  }

  /** Ids are global in a database: names get the connection's id in front. */
  id(name: string): string {
    return `${this.connectionId}-${name}`
  }

  /** A marked Zoho account, its new link and one create op to Xero: recorded, not sent. */
  async plannedCreate(): Promise<{ readonly linkId: string; readonly opId: string; readonly planId: string }> {
    const [linkId, opId, planId] = [this.id('link'), this.id('op'), this.id('plan')]
    await this.lane.mark([markOf(zohoAccount('A1'))], null)
    await this.lane.recordChunk(
      chunkOf(planId, await this.due(), {
        newLinks: [{ id: linkId, kind: 'contact', parts: [partOf(zohoAccount('A1'))] }],
        linkChanges: [{ linkId, event: 'createIntended', code: null, addParts: [], lines: null }],
        ops: [opOf(opId, { linkId, planId })],
      }),
    )
    return { linkId, opId, planId }
  }

  async sentCreate(): Promise<{ readonly linkId: string; readonly opId: string; readonly planId: string }> {
    const planned = await this.plannedCreate()
    await this.lane.recordDispatch(dispatchOf(this.id('dispatch'), [planned.opId]))
    return planned
  }
}

/** One describe per store, with a bench that has a connection of its own for every test. */
export function describeStore(under: StoreUnderTest, tests: (bench: Bench) => void): void {
  const title = under.skipReason === null ? under.name : `${under.name} (skipped: ${under.skipReason})`
  describe.skipIf(under.skipReason !== null)(title, () => {
    const bench = new Bench()
    let close: () => Promise<void> = async () => undefined
    beforeAll(async () => {
      const opened = await under.open({ clock: bench.clock, chance })
      bench.useStore(opened.store)
      close = opened.close
    })
    afterAll(() => close())
    beforeEach(() => bench.freshConnection())
    tests(bench)
  })
}
