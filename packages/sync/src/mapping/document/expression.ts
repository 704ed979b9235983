import { EvaluationError, ParseError, type ParseResult, TypeError as TypeFault } from '@marcbachmann/cel-js'
import { MAPPING_LIMITS } from '../../model/mapping-document.ts'
import { ENVIRONMENT, LONGEST_TEXT } from './expression-functions.ts'
import { type ExpressionFault, languageFault, recordFields } from './expression-language.ts'

/**
 * A transform or condition of a mapping, in the Common Expression Language (cel.dev): pure, without clock, chance or
 * loops. `value == 'NZ' ? 'OUTPUT2' : ''`, `part(value, ' ', 0)`, `record.Region in ['NZ', 'AU']`.
 */
export interface Expression<T> {
  /** Other fields of the source record that it looks at. */
  readonly reads: readonly string[]
  run(inputs: ExpressionInputs): ExpressionResult<T>
}

export interface ExpressionInputs {
  readonly value: string
  readonly record: Readonly<Record<string, string>>
}

export type ExpressionResult<T> =
  | { readonly type: 'made'; readonly value: T }
  /** What this record says cannot be worked out with, for a person to read. */
  | { readonly type: 'failed'; readonly why: string }

export type Compiled<T> =
  | { readonly type: 'compiled'; readonly expression: Expression<T> }
  | ({ readonly type: 'refused' } & ExpressionFault)

export function compileText(source: string): Compiled<string> {
  return compile(source, 'string', (made) => typeof made === 'string')
}

export function compileCondition(source: string): Compiled<boolean> {
  return compile(source, 'bool', (made) => typeof made === 'boolean')
}

function compile<T>(source: string, wanted: 'string' | 'bool', isWanted: (made: unknown) => made is T): Compiled<T> {
  const { longestExpression } = MAPPING_LIMITS
  if (source.length > longestExpression)
    return refused(longestExpression, `An expression has at most ${longestExpression} characters`)
  const parsed = parse(source)
  if (typeof parsed !== 'function') return parsed
  const fault = languageFault(parsed.ast)
  if (fault !== null) return { type: 'refused', ...fault }
  const checked = parsed.check()
  if (!checked.valid) return refusedBy(checked.error)
  if (checked.type !== wanted) return refused(1, `It must make ${WORDS[wanted]}, not ${checked.type}`)
  const reads = [...new Set(recordFields(parsed.ast))].sort()
  return { type: 'compiled', expression: { reads, run: (inputs) => run(parsed, inputs, isWanted) } }
}

const WORDS = { string: 'a text', bool: 'true or false' } as const

function parse(source: string): ParseResult | Extract<Compiled<never>, { readonly type: 'refused' }> {
  try {
    return ENVIRONMENT.parse(source)
  } catch (error) {
    if (isLanguageError(error)) return refusedBy(error)
    throw error
  }
}

function run<T>(
  parsed: ParseResult,
  { value, record }: ExpressionInputs,
  isWanted: (made: unknown) => made is T,
): ExpressionResult<T> {
  const long = [value, ...Object.values(record)].some((text) => text.length > LONGEST_TEXT)
  if (long) return tooLong('takes')
  try {
    const made: unknown = parsed({ value, record })
    if (!isWanted(made)) throw new Error('unreachable: the type was checked')
    if (typeof made === 'string' && made.length > LONGEST_TEXT) return tooLong('makes')
    return { type: 'made', value: made }
  } catch (error) {
    if (isLanguageError(error)) return { type: 'failed', why: error.summary }
    throw error
  }
}

function tooLong(what: 'takes' | 'makes'): Extract<ExpressionResult<never>, { readonly type: 'failed' }> {
  return { type: 'failed', why: `An expression ${what} texts of at most ${LONGEST_TEXT} characters` }
}

type LanguageError = ParseError | TypeFault | EvaluationError

function isLanguageError(error: unknown): error is LanguageError {
  return error instanceof ParseError || error instanceof TypeFault || error instanceof EvaluationError
}

function refusedBy(
  error: Pick<LanguageError, 'summary' | 'range'> | undefined,
): Extract<Compiled<never>, { type: 'refused' }> {
  return refused((error?.range?.start ?? 0) + 1, error?.summary ?? 'It cannot be read')
}

function refused(at: number, why: string): Extract<Compiled<never>, { type: 'refused' }> {
  return { type: 'refused', at, why }
}
