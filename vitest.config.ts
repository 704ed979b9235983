import { defineConfig } from 'vitest/config'
import { mutantPlugins } from './packages/server/src/mutants/vitest-plugin.ts'
import { SlowFirst } from './scripts/slow-first.mts'

export default defineConfig({
  plugins: mutantPlugins(import.meta.dirname),
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'scripts/**/*.test.mts'],
    // One a core: the default leaves one core to a watcher that is not there.
    maxWorkers: '100%',
    sequence: { sequencer: SlowFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
