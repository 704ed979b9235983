import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { isObject, type JsonObject } from './json-node.ts'
import { SPECS_FOLDER } from './specs-folder.ts'

/** A node of an OpenAPI file together with the file that its `$ref`s are relative to. */
export interface Located {
  readonly file: string
  readonly node: JsonObject
}

/** Refs into files that we do not hold (Zoho's profiles) or to nothing (a header in Zoho's notes): anything goes. */
const UNKNOWN: Located = { file: '', node: {} }

const parsed = new Map<string, JsonObject>()

/** A whole OpenAPI file, parsed once per process: Xero's has 926 kB of YAML. */
export function readDocument(file: string): JsonObject {
  const known = parsed.get(file)
  if (known !== undefined) return known
  const text = readFileSync(resolve(SPECS_FOLDER, file), 'utf8')
  const content: unknown = file.endsWith('.json') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 })
  if (!isObject(content)) throw new Error(`${file} holds no OpenAPI document`)
  parsed.set(file, content)
  return content
}

/** Follows `$ref`s until none is left. Zoho's point to files of its public repository, which lie beside this one. */
export function follow(located: Located): Located {
  let current = located
  for (let hops = 0; hops < 20; hops += 1) {
    const ref = current.node.$ref
    if (typeof ref !== 'string') return current
    current = target(current.file, ref)
  }
  throw new Error(`$ref cycle in ${located.file}`)
}

function target(from: string, ref: string): Located {
  const [address = '', pointer = ''] = ref.split('#')
  const file = address === '' ? from : join(dirname(from), basename(address))
  if (!parsed.has(file) && !existsSync(resolve(SPECS_FOLDER, file))) return UNKNOWN
  const node = walk(readDocument(file), pointer)
  return node === undefined ? UNKNOWN : { file, node }
}

function walk(document: JsonObject, pointer: string): JsonObject | undefined {
  let node: unknown = document
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    node = isObject(node) ? node[key] : undefined
  }
  return isObject(node) ? node : undefined
}
