import type { VitestPluginContext } from 'vitest/node'
import { chosenMutant, SWITCH } from './chosen.ts'
import { patcherFor } from './patch.ts'

/** Runs the tests as the mutant that TANDEM_MUTANT names; without the switch there is no plugin at all. */
export function mutantPlugins(root: string) {
  const mutant = chosenMutant(process.env[SWITCH])
  return mutant === null ? [] : [patchPlugin(patcherFor(mutant, root))]
}

export function patchPlugin(patch: (path: string, source: string) => string) {
  const pathOf = (id: string) => id.split('?')[0] ?? id
  return {
    name: 'tandem-mutant',
    enforce: 'pre' as const,
    // Vitest keeps transformed modules from run to run: a patched one must never be found by another run.
    configureVitest({ defineCacheKeyGenerator }: VitestPluginContext) {
      defineCacheKeyGenerator(({ id, sourceCode }) =>
        patch(pathOf(id), sourceCode) === sourceCode ? undefined : false,
      )
    },
    transform(source: string, id: string) {
      const text = patch(pathOf(id), source)
      return text === source ? null : { code: text, map: null }
    },
  }
}
