import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from '../../src/process/listen.ts'
import { freshFolder, tandem } from './command.ts'

test('the demo connects, previews, syncs, and its second sync writes nothing (I4)', { timeout: 120_000 }, async () => {
  const folder = freshFolder()
  const small = ['--contacts', '15', '--items', '6', '--invoices', '12']
  const port = String(await freePort(4700))
  const ended = await tandem(['demo', '--once', '--data-dir', join(folder, 'demo'), ...small], {
    TANDEM_DATA_DIR: folder,
    PORT: port,
  })
  expect(ended.stdout).toContain('All good')
  expect(ended.code).toBe(0)
})
