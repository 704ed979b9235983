import { describeStore, type StoreUnderTest } from './harness.ts'
import { chunkTests } from './suite/chunk.ts'
import { connectionTests } from './suite/connections.ts'
import { laneTests } from './suite/lane.ts'
import { markTests } from './suite/marks.ts'
import { outcomeTests } from './suite/outcomes.ts'
import { queueTests } from './suite/queue.ts'
import { recordTests } from './suite/record.ts'
import { reportTests } from './suite/reports.ts'
import { vaultTests } from './suite/vault.ts'
import { webhookTests } from './suite/webhooks.ts'

/** The store contract. Every implementation passes all of it; each test names the bug that it would catch. */
export function storeContract(under: StoreUnderTest): void {
  describeStore(under, (bench) => {
    connectionTests(bench)
    laneTests(bench)
    markTests(bench)
    chunkTests(bench)
    outcomeTests(bench)
    recordTests(bench)
    reportTests(bench)
    vaultTests(bench)
    webhookTests(bench)
    queueTests(bench)
  })
}
