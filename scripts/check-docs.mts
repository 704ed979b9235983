import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// Fails when a Markdown document names a file of this repository that does not exist.

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const SKIPPED_FOLDERS = new Set(['node_modules', '.git', '.tandem', '.demo', 'coverage'])

export interface Mention {
  readonly line: number
  readonly path: string
}

/** Files that a document names in backticks or links. Pure. */
export function mentionsIn(markdown: string): readonly Mention[] {
  const lines = markdown.split('\n')
  return lines.flatMap((text, index) => {
    const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((found) => found[1] ?? '')
    const linked = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((found) => found[1] ?? '')
    return [...quoted.filter(isPathInCode), ...linked.filter(isPathInLink)].map((path) => ({
      line: index + 1,
      path: path.replace(/#.*$/, '').replace(/:\d+$/, ''),
    }))
  })
}

const KNOWN_EXTENSION = /\.(?:ts|mts|mjs|js|tsx|json|md|sh|sql|grit|yml|yaml|svg|png|toml)(?:#[\w-]+|:\d+)?$/
const OWN_FOLDER = /^(?:\.\/)?(?:packages|docs|scripts|\.ci)\//

/** In backticks: below one of our folders, or a path with a known ending. Patterns and other repositories are not meant. */
function isPathInCode(text: string): boolean {
  if (/[*{}<>$|…]/.test(text) || isElsewhere(text)) return false
  if (OWN_FOLDER.test(text)) return true
  return text.includes('/') && KNOWN_EXTENSION.test(text) && /^[\w.@/-]+(?:#[\w-]+|:\d+)?$/.test(text)
}

function isPathInLink(text: string): boolean {
  return !isElsewhere(text) && !text.startsWith('#') && !/[*{}<>$]/.test(text)
}

function isElsewhere(text: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:/i.test(text) || text.startsWith('../shared') || text.startsWith('/') || text.startsWith('@')
  )
}

/** Relative to the document, to the repository, or to a package: readers find it each way. */
function exists(path: string, document: string): boolean {
  const places = [dirname(document), root, join(root, 'packages'), ...packageFolders()]
  return places.some((place) => existsSync(resolve(place, path)))
}

function packageFolders(): readonly string[] {
  const packages = readdirSync(join(root, 'packages'))
  return packages.flatMap((name) => [join(root, 'packages', name), join(root, 'packages', name, 'src')])
}

function documentsIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : documentsIn(join(folder, entry.name))
    return entry.name.endsWith('.md') ? [join(folder, entry.name)] : []
  })
}

function main(): void {
  const documents = documentsIn(root)
  const broken = documents.flatMap((document) =>
    mentionsIn(readFileSync(document, 'utf8'))
      .filter(({ path }) => !exists(path, document))
      .map(({ line, path }) => `${relative(root, document)}:${line} names ${path}, which does not exist`),
  )
  for (const line of broken) console.error(line)
  console.log(`${documents.length} documents, ${broken.length} broken references`)
  if (broken.length > 0) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
