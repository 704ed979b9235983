import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import type { Mutant } from './mutant.ts'
import { patched } from './patch.ts'

/** What is wrong with a list of mutants before any of them runs; empty when all is well. */
export function staleness(mutants: readonly Mutant[], root: string): readonly string[] {
  const names = mutants.map((mutant) => mutant.name)
  return [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name}: two mutants of this name`),
    ...mutants.flatMap((mutant) => [...troubleOfPatches(mutant, root), ...missingCatchers(mutant, root)]),
  ]
}

function troubleOfPatches({ name, patches }: Mutant, root: string): readonly string[] {
  if (patches.length === 0) return [`${name}: takes nothing away`]
  return [...new Set(patches.map((patch) => patch.file))].flatMap((file) => {
    try {
      const source = readFileSync(join(root, file), 'utf8')
      const text = patched(patches, file, source)
      stripTypeScriptTypes(text)
      return text === source ? [`${name}: changes nothing in ${file}`] : []
    } catch (failure) {
      return [`${name}: ${failure instanceof Error ? failure.message : String(failure)}`]
    }
  })
}

function missingCatchers({ name, caughtBy }: Mutant, root: string): readonly string[] {
  return caughtBy.flatMap((catcher) =>
    catcher.type === 'test' && !existsSync(join(root, catcher.path)) ? [`${name}: there is no ${catcher.path}`] : [],
  )
}
