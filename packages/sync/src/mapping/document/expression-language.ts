import type { ASTNode } from '@marcbachmann/cel-js'
import { OWN_FUNCTIONS } from './expression-functions.ts'

/** Where an expression goes wrong, counted from 1, and how. */
export interface ExpressionFault {
  readonly at: number
  readonly why: string
}

/** Methods of texts whose result is never longer than the text. */
const METHODS: ReadonlySet<string> = new Set([
  ...['size', 'trim', 'lowerAscii', 'upperAscii', 'substring'],
  ...['startsWith', 'endsWith', 'contains', 'indexOf', 'lastIndexOf'],
])
const SEARCHES: ReadonlySet<string> = new Set(['startsWith', 'endsWith', 'contains', 'indexOf', 'lastIndexOf'])

/**
 * The part of the language that we take: texts, conditions, whole numbers, no loops, no patterns, no names for results.
 * So each node runs at most once and every result is bounded by what goes in: an expression of `MOST_STEPS` nodes ends
 * at once, whatever the record says (regular expressions could take for ever, `map` and `bind` could multiply).
 */
export function languageFault(node: ASTNode): ExpressionFault | null {
  switch (node.op) {
    case 'value':
      return literalFault(node)
    case 'id':
      return node.args === 'value' ? null : fault(node, `There is no ${node.args}: write value, or record.Name`)
    case '.':
    case '[]':
      return recordField(node) === null ? fault(node, 'Only record.Name or record["Name"] can be looked up') : null
    case '!_':
    case '-_':
      return languageFault(node.args)
    case 'call':
      return OWN_FUNCTIONS.has(node.args[0])
        ? firstFault(node.args[1])
        : fault(node, `There is no function ${node.args[0]}. Known: ${[...OWN_FUNCTIONS].join(', ')}`)
    case 'rcall':
      return methodFault(node, node.args)
    case 'list':
    case '?:':
      return firstFault(node.args)
    case '||':
    case '&&':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in':
    case '+':
    case '-':
      return firstFault(node.args)
    case '*':
    case '/':
    case '%':
      return fault(node, `${node.op} is not known: amounts are texts, see times and rounded`)
    case 'map':
    case '.?':
    case '[?]':
      return fault(node, 'This is not part of the language of mappings')
  }
}

/** The record field that a node looks up; null for any other node. */
export function recordField(node: ASTNode): string | null {
  if (node.op !== '.' && node.op !== '[]') return null
  const [base, name] = node.args
  if (base.op !== 'id' || base.args !== 'record') return null
  if (typeof name === 'string') return name
  return name.op === 'value' && typeof name.args === 'string' ? name.args : null
}

/** Every record field that an expression of the language looks up. */
export function recordFields(node: ASTNode): readonly string[] {
  const field = recordField(node)
  return field === null ? childrenOf(node).flatMap(recordFields) : [field]
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
    case '.':
    case '.?':
    case 'map':
      return []
    case '!_':
    case '-_':
      return [node.args]
    case 'call':
      return node.args[1]
    case 'rcall':
      return [node.args[1], ...node.args[2]]
    default:
      return node.args
  }
}

function literalFault(node: Extract<ASTNode, { readonly op: 'value' }>): ExpressionFault | null {
  if (typeof node.args === 'number') return fault(node, "Amounts are texts: write '1.50', with its quotes")
  const isKnown = ['string', 'boolean', 'bigint'].includes(typeof node.args)
  return isKnown ? null : fault(node, 'Only texts, whole numbers, true and false can be written here')
}

function methodFault(
  node: ASTNode,
  [name, receiver, given]: Extract<ASTNode, { readonly op: 'rcall' }>['args'],
): ExpressionFault | null {
  if (!METHODS.has(name)) return fault(node, `There is no method ${name}. Known: ${[...METHODS].join(', ')}`)
  const [searched] = given
  // So that the cost of a search is bounded by the expression's own length.
  const isOpen = SEARCHES.has(name) && !(searched?.op === 'value' && typeof searched.args === 'string')
  return isOpen
    ? fault(node, `The text that ${name} looks for must stand in the expression`)
    : firstFault([receiver, ...given])
}

function firstFault(nodes: readonly ASTNode[]): ExpressionFault | null {
  for (const node of nodes) {
    const found = languageFault(node)
    if (found !== null) return found
  }
  return null
}

function fault(node: ASTNode, why: string): ExpressionFault {
  return { at: node.start + 1, why }
}
