/** One condition of a search: `(Field:operator:value)` (zoho-crm.md 3.8). */
export interface Condition {
  readonly field: string
  readonly operator: string
  readonly values: readonly string[]
}

export type Criteria =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Criteria[] }

const OPERATORS = new Set([
  'equals',
  'not_equal',
  'in',
  'starts_with',
  'greater_equal',
  'greater_than',
  'less_equal',
  'less_than',
  'between',
])

/** Parses `((A:equals:x)and(B:in:y,z))`; undefined when the text is no criteria. */
export function parseCriteria(text: string): Criteria | undefined {
  const reader = { text: text.trim(), at: 0 }
  const parsed = group(reader)
  return parsed !== undefined && reader.at === reader.text.length ? parsed : undefined
}

interface Reader {
  readonly text: string
  at: number
}

function group(reader: Reader): Criteria | undefined {
  const parts: Criteria[] = []
  let joint: 'and' | 'or' | undefined
  for (;;) {
    const part = unit(reader)
    if (part === undefined) return undefined
    parts.push(part)
    const word = /^\s*(and|or)\s*(?=\()/i.exec(reader.text.slice(reader.at))
    if (word?.[1] === undefined) break
    const next = word[1].toLowerCase() === 'and' ? 'and' : 'or'
    if (joint !== undefined && joint !== next) return undefined
    joint = next
    reader.at += word[0].length
  }
  const [first] = parts
  return joint === undefined ? first : { kind: joint, parts }
}

/** A parenthesis: around one condition, or around a group. */
function unit(reader: Reader): Criteria | undefined {
  if (reader.text[reader.at] !== '(') return undefined
  reader.at += 1
  const inner = reader.text[reader.at] === '(' ? group(reader) : condition(reader)
  if (reader.text[reader.at] !== ')') return undefined
  reader.at += 1
  return inner
}

function condition(reader: Reader): Criteria | undefined {
  const head = /^([A-Za-z_]\w*):(\w+):/.exec(reader.text.slice(reader.at))
  if (head?.[1] === undefined || head[2] === undefined || !OPERATORS.has(head[2])) return undefined
  reader.at += head[0].length
  return { kind: 'condition', condition: { field: head[1], operator: head[2], values: valuesOf(reader) } }
}

/** Values up to the closing parenthesis; `( ) ,` count as text when a backslash stands before them. */
function valuesOf(reader: Reader): string[] {
  const values: string[] = ['']
  const append = (text: string) => {
    values[values.length - 1] = `${values.at(-1) ?? ''}${text}`
  }
  for (; reader.at < reader.text.length; reader.at += 1) {
    const character = reader.text[reader.at] ?? ''
    if (character === ')') break
    if (character === '\\') {
      reader.at += 1
      append(reader.text[reader.at] ?? '')
    } else if (character === ',') values.push('')
    else append(character)
  }
  return values
}
