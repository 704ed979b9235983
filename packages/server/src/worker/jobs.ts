import type { PassRequest } from '@tandem/sync/engine.ts'
import { KINDS, type Kind } from '@tandem/sync/model/kind.ts'
import type { Connection, RunTrigger } from '@tandem/sync/store/contract.ts'

/** Coarse jobs on the queue; record work stays in marks and ops. Each name waits at most once per connection. */
export const PASS_JOBS = {
  /** Plans what webhooks, buttons and people have marked. */
  'pass.marks': { detect: 'marksOnly', trigger: 'webhook' },
  /** Polls both sides for everything: at start, and hourly (Xero tells nothing of items and quotes). */
  'pass.lists': { detect: 'lists', trigger: 'schedule' },
  /** Polls both sides for contacts and invoices, between the hours (design section 10, idle connection). */
  'pass.changes': { detect: 'lists', trigger: 'schedule' },
  /** Settles what a crash or an outage left open. */
  'pass.recover': { detect: 'marksOnly', trigger: 'recover' },
  /** Compares everything, weekly. */
  'pass.sweep': { detect: 'sweep', trigger: 'sweep' },
} as const satisfies Readonly<Record<string, { detect: PassRequest['detect']; trigger: RunTrigger }>>

export type PassJobName = keyof typeof PASS_JOBS

export function isPassJob(name: string): name is PassJobName {
  return name in PASS_JOBS
}

/** Stored webhooks become marks. */
export const DIGEST_JOB = 'webhooks.digest'
/** Webhooks belong to no connection until they are read. */
export const DIGEST_KEY = 'inbound'
/** Zoho's notifications live a week: renewed daily. */
export const RENEW_JOB = 'channels.renew'

/** Xero has no webhooks for these (xero.md 6); between the hours Zoho's still mark what is saved there. */
const HOURLY: readonly Kind[] = ['item', 'quote', 'account']

/** What the worker walks for a job; null when there is nothing that it may do by itself. */
export function passFor(name: PassJobName, connection: Connection, resumePlanId: string | null): PassRequest | null {
  if (connection.state !== 'ready') return null
  // Until a person has approved the first sync, only a first sync that was cut short goes on by itself (C16).
  if (!connection.firstSyncDone && resumePlanId === null) return null
  const { detect, trigger } = PASS_JOBS[name]
  return {
    connectionId: connection.id,
    trigger,
    scope: {
      kinds: KINDS.filter(
        (kind) => connection.settings.kinds[kind].isOn && (name !== 'pass.changes' || !HOURLY.includes(kind)),
      ),
      mode: 'both',
      since: null,
    },
    priority: name === 'pass.marks' ? 'interactive' : 'background',
    until: 'sync',
    approvedPlanId: connection.firstSyncDone ? null : resumePlanId,
    detect,
  }
}
