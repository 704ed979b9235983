import { openStore } from '../../src/store/open-store.ts'
import { storeContract } from './contract-suite.ts'
import { temporaryFolder } from './temporary-folder.ts'

storeContract({
  name: 'embedded store',
  skipReason: null,
  open: async (ports) => {
    const folder = temporaryFolder()
    const store = await openStore({ ...ports, dataDir: folder.path })
    return {
      store,
      close: async () => {
        await store.close()
        folder.remove()
      },
    }
  },
})
