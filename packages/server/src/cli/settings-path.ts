import { type Answer, answer, problem } from '../problem.ts'

/** One change to the settings: `path=value`, or `path+=value` to add to a list. */
interface Assignment {
  readonly path: readonly string[]
  readonly mode: 'set' | 'add'
  readonly text: string
}

const HOW =
  'Write path=value, e.g. salesAccountCode=200 or kinds.item.isOn=false; fieldPolicies["contact.phone"].policy=zoho.'

/** Applies `path=value` to a settings tree. Pure; the result is checked as a whole by whoever stores it. */
export function assign(settings: unknown, text: string): Answer<unknown> {
  const parsed = parseAssignment(text)
  if (parsed.type === 'problem') return parsed
  const { path, mode } = parsed.value
  const before = lookUp(settings, path)
  const value = parseValue(parsed.value, mode === 'add' ? [] : before)
  if (value.type === 'problem') return value
  if (mode === 'set') return answer(replaceAt(settings, path, value.value))
  if (!Array.isArray(before)) return problem('badInput', `${path.join('.')} is not a list.`, HOW)
  return answer(replaceAt(settings, path, [...before, value.value]))
}

function parseAssignment(text: string): Answer<Assignment> {
  const found = /^([^=]+?)(\+?)=(.*)$/s.exec(text)
  const path = parsePath(found?.[1] ?? '')
  if (found === null || path === undefined) return problem('badInput', `"${text}" is not an assignment.`, HOW)
  return answer({ path, mode: found[2] === '+' ? 'add' : 'set', text: found[3] ?? '' })
}

/** `a.b["c.d"].e`; undefined for anything else. */
export function parsePath(text: string): readonly string[] | undefined {
  const segments: string[] = []
  let rest = text.trim()
  while (rest !== '') {
    const found = /^(?:\["([^"]+)"\]|\.?(\w+))/.exec(rest)
    const segment = found?.[1] ?? found?.[2]
    if (found === null || segment === undefined) return undefined
    segments.push(segment)
    rest = rest.slice(found[0].length)
  }
  return segments.length === 0 ? undefined : segments
}

/** JSON, or the bare text where a text stands now: `200` is an account code, not a number. */
function parseValue({ path, text }: Assignment, before: unknown): Answer<unknown> {
  const isText = typeof before === 'string'
  if (isText && !text.startsWith('"')) return answer(text)
  try {
    return answer(JSON.parse(text))
  } catch {
    const isStructure = typeof before === 'object' && before !== null
    if (!isStructure && /^\w+$/.test(text)) return answer(text)
    return problem('badInput', `The value for ${path.join('.')} is not JSON.`, 'Nothing was changed.')
  }
}

export function lookUp(tree: unknown, path: readonly string[]): unknown {
  const [head, ...rest] = path
  if (head === undefined) return tree
  return isTree(tree) && Object.hasOwn(tree, head) ? lookUp(tree[head], rest) : undefined
}

function replaceAt(tree: unknown, path: readonly string[], value: unknown): unknown {
  const [head, ...rest] = path
  if (head === undefined) return value
  const branch = isTree(tree) ? tree : {}
  return { ...branch, [head]: replaceAt(Object.hasOwn(branch, head) ? branch[head] : undefined, rest, value) }
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
