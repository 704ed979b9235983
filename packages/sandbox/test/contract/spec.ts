import { follow, type Located, readDocument } from './documents.ts'
import { isObject, type JsonObject, listAt, objectAt, textAt } from './json-node.ts'
import { SHEET_OPERATIONS } from './sheet-schemas.ts'
import { type Api, SPEC_FILES } from './specs-folder.ts'

/** One method on one path template, whichever file it comes from. */
export interface Operation {
  readonly api: Api
  readonly method: string
  /** With the base path: `/api.xro/2.0/Contacts/{ContactID}`. */
  readonly template: string
  readonly segments: readonly string[]
  readonly queryNames: ReadonlySet<string>
  /** Schema of a JSON request body. */
  readonly requestBody: Located | undefined
  /** Schemas of the JSON answers by status, as the file has them. */
  readonly responses: ReadonlyMap<number, Located>
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const

/** First path segments that are no module, so that `/crm/v8/settings/x` is not read as record x of module settings. */
const RESERVED = new Set(['settings', 'org', 'users', 'actions', 'coql', 'files', 'upload', '__features'])

const indexed = new Map<Api, readonly Operation[]>()

/** All operations of an API. Read once per process. */
export function operationsOf(api: Api): readonly Operation[] {
  const known = indexed.get(api)
  if (known !== undefined) return known
  const documents = SPEC_FILES[api].map((file) => ({ file, node: readDocument(file) }))
  const operations = [...documents, ...SHEET_OPERATIONS[api]].flatMap((document) => indexDocument(api, document))
  indexed.set(api, operations)
  return operations
}

/**
 * The operations that a call may mean: those with the most literal segments. Several when the vendor describes one path
 * by id and by natural key. Empty when the API has no such call.
 */
export function findOperations(api: Api, method: string, path: string): readonly Operation[] {
  const segments = path.split('/').filter((segment) => segment !== '')
  const candidates = operationsOf(api).filter(
    (operation) => operation.method === method.toUpperCase() && fits(operation, segments),
  )
  const best = Math.max(0, ...candidates.map(literalCount))
  return candidates.filter((operation) => literalCount(operation) === best)
}

function fits(operation: Operation, segments: readonly string[]): boolean {
  if (operation.segments.length !== segments.length) return false
  return operation.segments.every((expected, index) => {
    const actual = segments[index] ?? ''
    if (!isParameter(expected)) return expected.toLowerCase() === actual.toLowerCase()
    return !(/^\{module(_api_name)?\}$/.test(expected) && RESERVED.has(actual))
  })
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{')
}

function literalCount(operation: Operation): number {
  return operation.segments.filter((segment) => !isParameter(segment)).length
}

function indexDocument(api: Api, document: Located): Operation[] {
  const [server] = listAt(document.node, 'servers')
  const url = isObject(server) ? textAt(server, 'url') : undefined
  const base = url === undefined ? '' : new URL(url).pathname.replace(/\/$/, '')
  return Object.entries(objectAt(document.node, 'paths')).flatMap(([path, item]) =>
    isObject(item) ? indexPath({ api, template: `${base}${path}`, file: document.file }, item) : [],
  )
}

interface Place {
  readonly api: Api
  readonly template: string
  readonly file: string
}

function indexPath({ api, template, file }: Place, item: JsonObject): Operation[] {
  return METHODS.flatMap((method) => {
    const node = item[method]
    if (!isObject(node)) return []
    const parameters = [...listAt(item, 'parameters'), ...listAt(node, 'parameters')]
    const requestBody = node.requestBody
    return [
      {
        api,
        method: method.toUpperCase(),
        template,
        segments: template.split('/').filter((segment) => segment !== ''),
        queryNames: new Set(parameters.flatMap((parameter) => queryName(file, parameter))),
        requestBody: isObject(requestBody) ? jsonSchema(follow({ file, node: requestBody })) : undefined,
        responses: indexResponses(file, objectAt(node, 'responses')),
      },
    ]
  })
}

function queryName(file: string, parameter: unknown): string[] {
  if (!isObject(parameter)) return []
  const { node } = follow({ file, node: parameter })
  const name = textAt(node, 'name')
  return node.in === 'query' && name !== undefined ? [name] : []
}

function indexResponses(file: string, responses: JsonObject): Map<number, Located> {
  const schemas = new Map<number, Located>()
  for (const [status, response] of Object.entries(responses)) {
    const schema = isObject(response) ? jsonSchema(follow({ file, node: response })) : undefined
    if (schema !== undefined) schemas.set(Number(status), schema)
  }
  return schemas
}

function jsonSchema({ file, node }: Located): Located | undefined {
  const schema = objectAt(objectAt(node, 'content'), 'application/json').schema
  return isObject(schema) ? { file, node: schema } : undefined
}
