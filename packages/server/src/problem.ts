/**
 * What a person can do something about. Expected failures of the server are these values, never throws; API, CLI and
 * log show the same words.
 */
export interface Problem {
  readonly code: ProblemCode
  /** What is wrong, one sentence. */
  readonly title: string
  /** What to do about it, one sentence; '' where the title says it all. */
  readonly fix: string
}

export const PROBLEM_CODES = [
  'badInput',
  'badConfiguration',
  'unauthorized',
  'notFound',
  'notConnected',
  'taken',
  'notPossible',
  'busy',
  'wrongSecretKey',
  'dataFolderUnusable',
  'dataFolderInUse',
  'databaseUnreachable',
  'portInUse',
  'serverUnreachable',
  'consentDenied',
  'stateUnknown',
  'remoteRefused',
  'remoteUnavailable',
  'bug',
] as const

export type ProblemCode = (typeof PROBLEM_CODES)[number]

export type Answer<T> = { readonly type: 'ok'; readonly value: T } | Failed

export interface Failed {
  readonly type: 'problem'
  readonly problem: Problem
}

export function answer<T>(value: T): { readonly type: 'ok'; readonly value: T } {
  return { type: 'ok', value }
}

export function problem(code: ProblemCode, title: string, fix = ''): Failed {
  return { type: 'problem', problem: { code, title, fix } }
}

type HttpStatus = 400 | 401 | 404 | 409 | 500 | 502 | 503

/** HTTP status and exit code of each: 1 needs a person or time, 2 usage or configuration (design section 11). */
export const PROBLEM_TRAITS: Readonly<Record<ProblemCode, { readonly status: HttpStatus; readonly exit: 1 | 2 }>> = {
  badInput: { status: 400, exit: 2 },
  badConfiguration: { status: 500, exit: 2 },
  unauthorized: { status: 401, exit: 2 },
  notFound: { status: 404, exit: 2 },
  notConnected: { status: 409, exit: 2 },
  taken: { status: 409, exit: 2 },
  notPossible: { status: 409, exit: 2 },
  busy: { status: 409, exit: 1 },
  wrongSecretKey: { status: 500, exit: 2 },
  dataFolderUnusable: { status: 500, exit: 2 },
  dataFolderInUse: { status: 500, exit: 2 },
  databaseUnreachable: { status: 503, exit: 2 },
  portInUse: { status: 500, exit: 2 },
  serverUnreachable: { status: 503, exit: 2 },
  consentDenied: { status: 400, exit: 2 },
  stateUnknown: { status: 400, exit: 2 },
  remoteRefused: { status: 502, exit: 2 },
  remoteUnavailable: { status: 502, exit: 1 },
  bug: { status: 500, exit: 2 },
}

/** `Title. Fix.` on one line. */
export function problemText(found: Problem): string {
  return found.fix === '' ? found.title : `${found.title} ${found.fix}`
}
