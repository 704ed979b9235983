import { openStore } from '../../src/store/open-store.ts'
import { serverBinaries, startPostgres } from '../../src/store/postgres/throwaway.ts'
import { storeContract } from './contract-suite.ts'

const given = process.env.DATABASE_URL_TEST
const binaries = serverBinaries()

storeContract({
  name: 'PostgreSQL store',
  skipReason: given === undefined && binaries === undefined ? 'no DATABASE_URL_TEST and no server installed' : null,
  open: async (ports) => {
    const server =
      given === undefined ? await startPostgres(binaries ?? '') : { url: given, stop: async () => undefined }
    const store = await openStore({ ...ports, dataDir: '', databaseUrl: server.url })
    return {
      store,
      close: async () => {
        await store.close()
        await server.stop()
      },
    }
  },
})
