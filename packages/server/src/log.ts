import type { Log } from '@tandem/sync/ports/log.ts'
import { destination, pino } from 'pino'
import type { Config } from './config.ts'

/** Names whose values never reach a log, however deep (R78). */
const SECRET_PATHS = ['token', 'secret', 'password', 'authorization', 'cookie'].flatMap((name) => [
  `detail.${name}`,
  `detail.*.${name}`,
])

export interface ServerLog extends Log {
  /** A bug: with its stack, for the developer. */
  bug(event: string, error: unknown): void
}

/** Structured lines on stderr, so that stdout stays the command's own. */
export function createLog(level: Config['logLevel']): ServerLog {
  const logger = pino(
    {
      level,
      base: null,
      redact: { paths: SECRET_PATHS, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination({ dest: 2, sync: true }),
  )
  return {
    info: (event, detail) => logger.info({ event, detail }),
    warn: (event, detail) => logger.warn({ event, detail }),
    bug: (event, error) => logger.error({ event, error: describe(error) }),
  }
}

function describe(error: unknown): { readonly message: string; readonly stack: string } {
  if (error instanceof Error) return { message: error.message, stack: error.stack ?? '' }
  return { message: String(error), stack: '' }
}
