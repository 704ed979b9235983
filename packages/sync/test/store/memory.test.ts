import { createMemoryStore } from '../../src/store/memory/store.ts'
import { storeContract } from './contract-suite.ts'

storeContract({
  name: 'memory store',
  skipReason: null,
  open: async (ports) => {
    const store = createMemoryStore(ports)
    return { store, close: () => store.close() }
  },
})
