import { openEmbedded } from '../../../src/store/embedded/open.ts'

/** Started by a test: tries to open the folder and prints how it went. */
const [dataDir = ''] = process.argv.slice(2)
try {
  const opened = await openEmbedded({ dataDir })
  process.stdout.write('opened')
  await opened.close()
} catch (error) {
  process.stdout.write(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
}
