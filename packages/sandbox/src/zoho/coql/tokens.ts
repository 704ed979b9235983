import type { Problem } from '../problem.ts'

export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'symbol' | 'end'
  /** Words in their own letter case; texts without quotes; numbers as written, so that long ids stay exact. */
  readonly text: string
  readonly at: number
}

/** A query that Zoho refuses; carries the problem to answer with (zoho-crm.md 3.9). */
export class CoqlRefusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'CoqlRefusal'
    this.problem = problem
  }
}

export function syntaxError(near: string, at: number): CoqlRefusal {
  const details = { near, line: 1, column: at + 1 }
  return new CoqlRefusal({ code: 'SYNTAX_ERROR', message: 'error occurred while parsing the query', details })
}

export function missingClause(clause: string): CoqlRefusal {
  return new CoqlRefusal({ code: 'SYNTAX_ERROR', message: 'missing clause', details: { clause } })
}

export function invalidQuery(message: string, details: Record<string, unknown>): CoqlRefusal {
  return new CoqlRefusal({ code: 'INVALID_QUERY', message, details })
}

export function limitExceeded(limit: number, reason: string): CoqlRefusal {
  return new CoqlRefusal({ code: 'LIMIT_EXCEEDED', message: reason, details: { limit } })
}

const PATTERN =
  /\s+|'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)|([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)|(!=|<>|>=|<=|[=<>(),*])/y

/** Quotes inside a text are doubled. */
export function tokens(query: string): readonly Token[] {
  const found: Token[] = []
  PATTERN.lastIndex = 0
  for (let at = 0; at < query.length; at = PATTERN.lastIndex) {
    const match = PATTERN.exec(query)
    if (match === null) throw syntaxError(query.slice(at, at + 20), at)
    if (match[1] !== undefined) found.push({ kind: 'text', text: match[1].replaceAll("''", "'"), at })
    else if (match[2] !== undefined) found.push({ kind: 'number', text: match[2], at })
    else if (match[3] !== undefined) found.push({ kind: 'word', text: match[3], at })
    else if (match[4] !== undefined) found.push({ kind: 'symbol', text: match[4], at })
  }
  return [...found, { kind: 'end', text: '', at: query.length }]
}
