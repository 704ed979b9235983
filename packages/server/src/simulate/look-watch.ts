import type { HttpResponse } from '@tandem/sync/ports/network.ts'
import { bare } from './edit-ledger.ts'
import type { Call } from './wire.ts'

/**
 * What we could know of the CRM's companies (vendors) when we made one: Zoho enforces no name, so that one which a person
 * types after our last look at its name, and before our write is sent, comes to stand beside ours (I2's only excuse). One
 * that we made under another name follows the books: people there have renamed it, or merged it into another.
 */
export interface LookWatch {
  /** A person has made this company, or vendor. */
  typed(id: string): void
  /** Zoho has answered, whether or not that reaches us. */
  served(call: Call, answer: HttpResponse): void
  /** The answer has reached us. */
  answered(call: Call, answer: HttpResponse): void
  isRace(ours: { readonly id: string; readonly name: string }, other: { readonly id: string }): boolean
}

interface Look {
  readonly atMs: number
  readonly module: Module
  /** What was asked for, letters and digits alone; null: the list. */
  readonly asked: string | null
}

export function createLookWatch(now: () => number): LookWatch {
  const typedAt = new Map<string, number>()
  const readAt = new Map<string, number>()
  const sentAt = new Map<string, { readonly module: Module; readonly atMs: number; readonly said: string }>()
  const looks: Look[] = []
  return {
    typed: (id) => void typedAt.set(id, now()),
    served(call, answer) {
      if (call.side !== 'zoho') return
      const made = createdIn(call)
      const said = bare(call.request.body ?? '')
      if (made !== undefined)
        for (const id of idsIn(answer)) sentAt.set(id, { module: made, atMs: call.sentAtMs, said })
      for (const module of MODULES) {
        const asked = askedFor(module, call)
        if (asked !== undefined) looks.push({ atMs: now(), module, asked })
      }
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
      const hasLooked = looks.some(
        ({ atMs, module, asked }) =>
          module === sent.module && atMs <= typedMs && (asked === null || asked.includes(name)),
      )
      return hasLooked && (readAt.get(other.id) ?? Number.POSITIVE_INFINITY) >= sent.atMs
    },
  }
}

const MODULES = ['Accounts', 'Vendors'] as const
type Module = (typeof MODULES)[number]

const isAt = (module: Module, { target }: Call) => new RegExp(`/${module}(\\?|$)`).test(target)

function createdIn(call: Call): Module | undefined {
  return call.isWrite && call.request.method === 'POST' ? MODULES.find((module) => isAt(module, call)) : undefined
}

function askedFor(module: Module, call: Call): string | null | undefined {
  const { body = '' } = call.request
  if (/\/coql(\?|$)/.test(call.target)) return new RegExp(` from ${module} `, 'i').test(body) ? bare(body) : undefined
  return call.request.method === 'GET' && isAt(module, call) ? null : undefined
}

function idsIn({ body }: HttpResponse): readonly string[] {
  return [...body.matchAll(/"id":"(\d+)"/g)].map((found) => found[1] ?? '')
}
