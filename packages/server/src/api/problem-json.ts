import type { Hook } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import type { Context, Env } from 'hono'
import { type Failed, PROBLEM_TRAITS } from '../problem.ts'

/** RFC 9457, with the same words as the CLI. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    detail: z.string().describe('What to do about it'),
    status: z.number(),
    code: z.string(),
  })
  .openapi('Problem')

/** Every route may answer with a problem; the status tells its class, `code` which one. */
export const problems = {
  default: {
    description: 'A problem, with what to do about it',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
}

export function refuse(c: Context, { problem }: Failed) {
  const { status } = PROBLEM_TRAITS[problem.code]
  const body = { type: 'about:blank', title: problem.title, detail: problem.fix, status, code: problem.code }
  return c.json(body, status, { 'content-type': 'application/problem+json' })
}

/** Replaces Hono's own 400, which would show the parser's innards. */
export const refuseBadInput: Hook<unknown, Env, string, unknown> = (result, c) => {
  if (result.success) return undefined
  const mistakes = result.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  return refuse(c, {
    type: 'problem',
    problem: {
      code: 'badInput',
      title: `The request is not right. ${mistakes.join('; ')}.`,
      fix: 'See /openapi.json.',
    },
  })
}

export function okJson<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } }
}
