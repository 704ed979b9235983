import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-store-'))
  return { path: folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) }
}
