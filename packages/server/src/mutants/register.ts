import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chosenMutant, SWITCH } from './chosen.ts'
import { patcherFor } from './patch.ts'

/*
 * `node --import` of this file runs whatever follows as the mutant that TANDEM_MUTANT names: sources are patched as
 * they are loaded, before their types are stripped. Without the switch it does nothing.
 */

const mutant = chosenMutant(process.env[SWITCH])
if (mutant !== null) {
  const patch = patcherFor(mutant, join(import.meta.dirname, '../../../..'))
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (!url.startsWith('file:') || loaded.source === undefined || loaded.source === null) return loaded
      const text = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
      const source = patch(fileURLToPath(url), text)
      return source === text ? loaded : { ...loaded, source }
    },
  })
}
