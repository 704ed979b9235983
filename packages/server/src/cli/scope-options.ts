import { KINDS, type Kind } from '@tandem/sync/model/kind.ts'
import { type Command, InvalidArgumentError } from 'commander'
import type { TaskRequest } from '../views/task.ts'
import { wholeNumber, withConnection } from './command.ts'

export interface ScopeOptions {
  readonly connection?: string
  readonly kinds?: readonly Kind[]
  readonly mode?: 'both' | 'zohoToXero' | 'xeroToZoho'
  readonly since?: string
  readonly days?: number
  readonly sweep?: boolean
}

/** What a preview or a sync is about. */
export function withScope(command: Command): Command {
  return withConnection(command)
    .option('--kinds <list>', 'contacts,items,quotes,invoices (all that are switched on)', parseKinds)
    .option('--mode <mode>', 'both, zoho-to-xero or xero-to-zoho (both)', parseMode)
    .option('--since <date>', 'only records modified since, e.g. 2026-07-01 or 2026-07-01T10:00:00Z', parseInstant)
    .option('--days <n>', 'only records modified in the last N days', wholeNumber(1, 36_500))
    .option('--sweep', 'compare everything, not only what was modified')
}

export function scopeRequest(options: ScopeOptions): Omit<TaskRequest, 'until'> {
  return {
    ...(options.connection === undefined ? {} : { connectionId: options.connection }),
    ...(options.kinds === undefined ? {} : { kinds: [...options.kinds] }),
    ...(options.mode === undefined ? {} : { mode: options.mode }),
    ...(options.since === undefined ? {} : { since: options.since }),
    ...(options.days === undefined ? {} : { days: options.days }),
    ...(options.sweep === true ? { sweep: true } : {}),
  }
}

export function parseKinds(text: string): readonly Kind[] {
  return text.split(',').map((word) => {
    const name = word.trim().toLowerCase()
    const kind = KINDS.find((one) => name === one || name === `${one}s`)
    if (kind === undefined) {
      const known = KINDS.map((one) => `${one}s`).join(', ')
      throw new InvalidArgumentError(`There is no module "${word.trim()}" to sync. Known: ${known}.`)
    }
    return kind
  })
}

export function parseMode(text: string): 'both' | 'zohoToXero' | 'xeroToZoho' {
  switch (text.toLowerCase()) {
    case 'both':
      return 'both'
    case 'zoho-to-xero':
    case 'zohotoxero':
      return 'zohoToXero'
    case 'xero-to-zoho':
    case 'xerotozoho':
      return 'xeroToZoho'
    default:
      throw new InvalidArgumentError('Write both, zoho-to-xero or xero-to-zoho.')
  }
}

export function parseInstant(text: string): string {
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const at = Date.parse(text)
  if (isDate && !Number.isNaN(at)) return new Date(at).toISOString()
  throw new InvalidArgumentError('Write a date like 2026-07-01, or an instant like 2026-07-01T10:00:00Z.')
}
