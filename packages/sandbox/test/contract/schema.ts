import { follow, type Located } from './documents.ts'
import { isObject, listAt, objectAt, textAt } from './json-node.ts'

/** One way in which a value may satisfy a schema: `$ref` and `allOf` resolved, `oneOf`/`anyOf` already chosen. */
export interface Shape {
  /** undefined: any type. */
  readonly type: string | undefined
  readonly properties: ReadonlyMap<string, Located>
  /** Names that are not declared are fine. */
  readonly isOpen: boolean
  readonly items: Located | undefined
  readonly values: readonly unknown[] | undefined
  readonly format: string | undefined
  readonly isNullable: boolean
}

const ANYTHING: Shape = {
  type: undefined,
  properties: new Map(),
  isOpen: false,
  items: undefined,
  values: undefined,
  format: undefined,
  isNullable: false,
}

const known = new WeakMap<object, readonly Shape[]>()

/** Every shape that a schema allows. Never empty. */
export function shapesOf(schema: Located): readonly Shape[] {
  const located = follow(schema)
  const cached = known.get(located.node)
  if (cached !== undefined) return cached
  let shapes: Shape[] = [ownShape(located)]
  for (const part of listAt(located.node, 'allOf')) shapes = combine(shapes, shapesOfPart(located, part))
  for (const key of ['oneOf', 'anyOf']) {
    const options = listAt(located.node, key).flatMap((part) => shapesOfPart(located, part))
    if (options.length > 0) shapes = combine(shapes, options)
  }
  known.set(located.node, shapes)
  return shapes
}

function shapesOfPart(parent: Located, part: unknown): readonly Shape[] {
  return isObject(part) ? shapesOf({ file: parent.file, node: part }) : [ANYTHING]
}

function ownShape({ file, node }: Located): Shape {
  const properties = new Map<string, Located>()
  for (const [name, schema] of Object.entries(objectAt(node, 'properties'))) {
    if (isObject(schema)) properties.set(name, { file, node: schema })
  }
  const items = node.items
  const values = node.enum
  return {
    type: typeOf(node, properties.size),
    properties,
    isOpen: node.additionalProperties === true || isObject(node.additionalProperties),
    items: isObject(items) ? { file, node: items } : undefined,
    values: 'const' in node ? [node.const] : Array.isArray(values) ? values : undefined,
    format: formatOf(node),
    isNullable: node.nullable === true,
  }
}

/** The vendors write `type: object` without properties where any JSON may stand (Zoho's criteria values, for one). */
function typeOf(node: Located['node'], propertyCount: number): string | undefined {
  const type = textAt(node, 'type')
  if (propertyCount > 0) return 'object'
  return type === 'object' ? undefined : type
}

/** Xero marks its dates by an extension instead of a format. */
function formatOf(node: Located['node']): string | undefined {
  if (node['x-is-msdate'] === true || node['x-is-msdate-time'] === true) return 'ms-date'
  return textAt(node, 'format')
}

function combine(left: readonly Shape[], right: readonly Shape[]): Shape[] {
  return left.flatMap((one) => right.map((other) => merge(one, other)))
}

function merge(one: Shape, other: Shape): Shape {
  return {
    type: one.type ?? other.type,
    properties: new Map([...one.properties, ...other.properties]),
    isOpen: one.isOpen || other.isOpen,
    items: one.items ?? other.items,
    values: one.values ?? other.values,
    format: one.format ?? other.format,
    isNullable: one.isNullable || other.isNullable,
  }
}
