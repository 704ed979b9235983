import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { problem } from '../problem.ts'
import { refuse } from './problem-json.ts'

/** Every /v1 call carries the token of the data folder: other users and web pages of this machine have no business here. */
export function requireToken(token: string): MiddlewareHandler {
  return async (c, next) => {
    const sent = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    if (sameSecret(sent, token)) return next()
    return refuse(
      c,
      problem(
        'unauthorized',
        'The API token is missing or wrong.',
        'Send the content of the file api-token of the data folder as "Authorization: Bearer ...".',
      ),
    )
  }
}

/** Compares in the same time whatever differs, length included. */
export function sameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}
