import { join } from 'node:path'
import type { Mutant, Patch } from './mutant.ts'

/** The source of one file without the guard. Throws where the place of a patch is gone or stands twice. */
export function patched(patches: readonly Patch[], file: string, source: string): string {
  let text = source
  for (const { find, replace } of patches.filter((patch) => patch.file === file)) {
    const [before, after, ...more] = text.split(find)
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(`Stale mutant: its text must stand once in ${file}, not ${text.split(find).length - 1} times`)
    text = `${before}${replace}${after}`
  }
  return text
}

/** Patches the text of a module by its absolute path; the text itself where the mutant does not touch that file. */
export function patcherFor(mutant: Mutant, root: string): (path: string, source: string) => string {
  const files = new Map(mutant.patches.map(({ file }) => [join(root, file), file]))
  return (path, source) => {
    const file = files.get(path)
    return file === undefined ? source : patched(mutant.patches, file, source)
  }
}
