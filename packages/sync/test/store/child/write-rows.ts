import { openEmbedded } from '../../../src/store/embedded/open.ts'
import { putMarks } from '../../../src/store/sql/marks.ts'
import { migrate } from '../../../src/store/sql/migrate.ts'
import { chance, markOf, zohoAccount } from '../fixtures.ts'

/** Started by a test and killed by it: prints the number of each row once its transaction is acknowledged. */
const [dataDir = ''] = process.argv.slice(2)
const { db } = await openEmbedded({ dataDir })
await migrate(db, 0)
for (let number = 0; ; number += 1) {
  await db.transaction().execute(async (tx) => {
    const marks = [markOf(zohoAccount(`A${number}`)), markOf(zohoAccount(`B${number}`))]
    await putMarks(tx, 'killed', { marks, stamp: { chance, now: number } })
  })
  process.stdout.write(`${number}\n`)
}
