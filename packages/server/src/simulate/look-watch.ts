import type { HttpResponse } from '@tandem/sync/ports/network.ts'
import { bare } from './edit-ledger.ts'
import type { Call } from './wire.ts'

/**
 * What we could know of the CRM's companies when we made one: Zoho enforces no name, so that a company which a person
 * types after our last look at its name, and before our write is sent, comes to stand beside ours (I2's only excuse). One
 * that we made under another name follows the books: people there have renamed it, or merged it into another.
 */
export interface LookWatch {
  /** A person has made this company. */
  typed(id: string): void
  /** Zoho has answered, whether or not that reaches us. */
  served(call: Call, answer: HttpResponse): void
  /** The answer has reached us. */
  answered(call: Call, answer: HttpResponse): void
  isRace(ours: { readonly id: string; readonly name: string }, other: { readonly id: string }): boolean
}

interface Look {
  readonly atMs: number
  /** What was asked for, letters and digits alone; null: the list. */
  readonly asked: string | null
}

export function createLookWatch(now: () => number): LookWatch {
  const typedAt = new Map<string, number>()
  const readAt = new Map<string, number>()
  const sentAt = new Map<string, { readonly atMs: number; readonly said: string }>()
  const looks: Look[] = []
  return {
    typed: (id) => void typedAt.set(id, now()),
    served(call, answer) {
      if (call.side !== 'zoho') return
      const said = bare(call.request.body ?? '')
      if (isCreate(call)) for (const id of idsIn(answer)) sentAt.set(id, { atMs: call.sentAtMs, said })
      const asked = askedFor(call)
      if (asked !== undefined) looks.push({ atMs: now(), asked })
    },
    answered(call, answer) {
      if (call.side !== 'zoho' || call.isWrite) return
      for (const id of idsIn(answer)) if (!readAt.has(id)) readAt.set(id, now())
    },
    isRace(ours, other) {
      const typedMs = typedAt.get(other.id)
      const sent = sentAt.get(ours.id)
      const name = bare(ours.name)
      if (sent !== undefined && !sent.said.includes(name)) return true
      if (typedMs === undefined || sent === undefined) return false
      const hasLooked = looks.some(({ atMs, asked }) => atMs <= typedMs && (asked === null || asked.includes(name)))
      return hasLooked && (readAt.get(other.id) ?? Number.POSITIVE_INFINITY) >= sent.atMs
    },
  }
}

const isCompanies = ({ target }: Call) => /\/Accounts(\?|$)/.test(target)

function isCreate(call: Call): boolean {
  return call.isWrite && call.request.method === 'POST' && isCompanies(call)
}

function askedFor(call: Call): string | null | undefined {
  const { body = '' } = call.request
  if (/\/coql(\?|$)/.test(call.target)) return / from Accounts /i.test(body) ? bare(body) : undefined
  return call.request.method === 'GET' && isCompanies(call) ? null : undefined
}

function idsIn({ body }: HttpResponse): readonly string[] {
  return [...body.matchAll(/"id":"(\d+)"/g)].map((found) => found[1] ?? '')
}
