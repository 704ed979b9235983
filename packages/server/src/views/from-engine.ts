import type { PassResult, Progress } from '@tandem/sync/engine.ts'
import type { FieldChange, Op } from '@tandem/sync/model/op.ts'
import type { Plan } from '@tandem/sync/model/plan.ts'
import type { ConflictView as Conflict, InboxItem, NewEvent, RunReport, RunRow } from '@tandem/sync/store/contract.ts'
import { z } from 'zod'
import {
  type ChangeView,
  type ConflictView,
  type EventView,
  type InboxItemView,
  type OpView,
  type PlanView,
  type ReportView,
  type RunView,
  timesSchema,
} from './report.ts'
import type { PassResultView, ProgressView } from './task.ts'

/** The engine's types as the API shows them; written out, so that the engine may change without changing the API. */
export function opView(op: Op): OpView {
  return {
    id: op.id,
    planId: op.planId,
    linkId: op.linkId,
    sequence: op.sequence,
    kind: op.kind,
    side: op.side,
    collection: op.collection,
    verb: op.verb,
    remoteId: op.remoteId,
    title: op.title,
    changes: op.changes.map(changeView),
    state: op.state,
    code: op.code,
    message: op.message,
  }
}

function changeView(change: FieldChange): ChangeView {
  return { field: change.field, before: change.before, after: change.after, reason: change.reason }
}

export function planView(connectionId: string, plan: Plan): PlanView {
  return {
    id: plan.id,
    connectionId,
    runId: plan.runId,
    state: plan.state,
    createdAt: plan.createdAt,
    holdCode: plan.holdCode,
    counts: plan.counts.map((count) => ({ ...count })),
  }
}

/** The three times of a line stand in its detail; one that is about no record has ours alone (R21h). */
export function eventView({ id, at, runId, linkId, type, detail }: NewEvent & { readonly id: string }): EventView {
  const found = eventTimesSchema.safeParse(detail)
  const { zoho, xero } = found.success ? found.data.times : { zoho: null, xero: null }
  return { id, at, times: { tandem: new Date(at).toISOString(), zoho, xero }, runId, linkId, type, detail }
}

const eventTimesSchema = z.object({ times: timesSchema.omit({ tandem: true }) })

export function inboxItemView(connectionId: string, item: InboxItem): InboxItemView {
  return {
    id: item.id,
    connectionId,
    type: item.type,
    code: item.code,
    kind: item.kind,
    linkId: item.linkId,
    title: item.title,
    detail: item.detail,
    records: item.refs.map((ref) => ({ ...ref })),
    openedAt: item.openedAt,
  }
}

export function conflictView(connectionId: string, conflict: Conflict): ConflictView {
  return {
    id: conflict.id,
    connectionId,
    linkId: conflict.linkId,
    kind: conflict.kind,
    title: conflict.title,
    field: conflict.field,
    base: conflict.base,
    zoho: conflict.zoho,
    xero: conflict.xero,
    policy: conflict.policy,
    winner: conflict.winner,
    state: conflict.state,
    openedAt: conflict.openedAt,
  }
}

export function reportView(report: RunReport): ReportView {
  return {
    created: { ...report.created },
    updated: { ...report.updated },
    skipped: { ...report.skipped },
    refused: report.refused,
    dropped: report.dropped,
    conflicts: report.conflicts,
    holds: report.holds,
    calls: { ...report.calls },
    writes: { ...report.writes },
    opened: report.opened,
    waiting: report.waiting,
  }
}

export function runView(run: RunRow): RunView {
  return {
    id: run.id,
    connectionId: run.connectionId,
    trigger: run.trigger,
    scope: { kinds: [...run.scope.kinds], mode: run.scope.mode, since: run.scope.since },
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    planId: run.planId,
    outcome: run.outcome,
    code: run.code,
    report: run.report === null ? null : reportView(run.report),
  }
}

export function progressView(event: Progress): ProgressView {
  return event.type === 'op' ? { ...event, changes: event.changes.map(changeView) } : { ...event }
}

/** How a pass that did walk ended; `busy` never gets here (`operations/walk.ts` waits it out). */
export function passResultView(result: Exclude<PassResult, { type: 'busy' }>): PassResultView {
  switch (result.type) {
    case 'done':
      return { ...blank, type: 'done', runId: result.runId, planId: result.planId, report: reportView(result.report) }
    case 'held':
      return {
        ...blank,
        type: 'held',
        runId: result.runId,
        planId: result.planId,
        code: result.code,
        report: reportView(result.report),
      }
    case 'stopped':
      return { ...blank, type: 'stopped', runId: result.runId, code: result.code, message: result.message }
    case 'interrupted':
      return {
        type: 'interrupted',
        runId: result.runId,
        planId: result.planId,
        code: result.code,
        message: result.message,
        report: reportView(result.report),
      }
  }
}

const blank = { runId: null, planId: null, code: null, message: '', report: null }
