import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import { parseDecimalJson } from '@tandem/sync/remotes/http/decimal-json.ts'
import { type Answer, answer, problem } from '../problem.ts'

/** A file that a person names, as JSON; `-` is the standard input. */
export async function readJson(path: string): Promise<Answer<unknown>> {
  const text = await readText(path)
  if (text.type === 'problem') return text
  try {
    return answer(JSON.parse(text.value))
  } catch (error) {
    return notJson(path, error)
  }
}

/** The same with every number as its source text: a record's amounts stay what they are. */
export async function readDecimalJson(path: string): Promise<Answer<unknown>> {
  const text = await readText(path)
  if (text.type === 'problem') return text
  try {
    return answer(parseDecimalJson(text.value))
  } catch (error) {
    return notJson(path, error)
  }
}

async function readText(path: string): Promise<Answer<string>> {
  try {
    return answer(path === '-' ? await textOf(process.stdin) : await readFile(path, 'utf8'))
  } catch (error) {
    return problem('badInput', `${path} cannot be read: ${reasonOf(error)}.`, 'Is its name right?')
  }
}

function notJson(path: string, error: unknown) {
  return problem('badInput', `${path} is no JSON: ${reasonOf(error)}.`, 'Nothing was changed.')
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
