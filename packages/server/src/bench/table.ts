import { POLL_CALLS } from './floor.ts'
import type { JobResult, MeasuredPass, System } from './result.ts'
import { SYSTEMS } from './result.ts'

/** The figures of one job as lines of text. */
export function linesOf(job: JobResult): readonly string[] {
  const sync = syncPasses(job)
  const cpuMs = sync.reduce((sum, pass) => sum + pass.spent.cpuMs, 0)
  const wallMs = sync.reduce((sum, pass) => sum + pass.spent.wallMs, 0)
  return [
    '',
    `== ${job.name}: ${job.records} records, store ${job.store}, clock x${job.rate}`,
    ...SYSTEMS.flatMap((system) => callLines(job, system)),
    ...sync.concat(deltaOf(job)).map(passLine),
    deltaLine(job),
    `engine        ${(cpuMs / job.records).toFixed(2)} ms CPU a record (${(cpuMs / 1000).toFixed(1)} s), ` +
      `${Math.round(job.records / (wallMs / 1000))} records/s at this clock`,
    storeLine(job, sync),
    `limits        ${limitText(job)}`,
    applyLine(job),
    `memory        peak ${Math.round(peakOf(job))} MB, after collection ${Math.round(job.passes.at(-1)?.steadyMb ?? 0)} MB`,
    `links         ${countText(job.links)}; inbox ${countText(job.inbox) || 'empty'}`,
  ]
}

/** All passes up to the last catch-up: what the floor is compared with. */
function syncPasses(job: JobResult): readonly MeasuredPass[] {
  return job.passes.filter((pass) => pass.name !== 'delta')
}

/** The job itself: preview, approved writes, and one catch-up over the echo of our own writes (design section 10). */
function jobPasses(job: JobResult): readonly MeasuredPass[] {
  return job.passes.filter((pass) => ['plan', 'apply', 'catch-up 1'].includes(pass.name))
}

const deltaOf = (job: JobResult) => job.passes.filter((pass) => pass.name === 'delta')
const peakOf = (job: JobResult) => Math.max(...job.passes.map((pass) => pass.peakMb))

function callLines(job: JobResult, system: System): readonly string[] {
  const passes = jobPasses(job)
  const connect = system === 'xero' ? job.connectXeroCalls : 0
  const later = syncPasses(job).filter((pass) => !passes.includes(pass))
  const laterCalls = later.reduce((sum, pass) => sum + pass.traffic[system].calls, 0)
  const calls = connect + passes.reduce((sum, pass) => sum + pass.traffic[system].calls, 0)
  const { total, ...parts } = job.floor[system]
  const purposes = new Map<string, number>()
  for (const pass of passes) {
    for (const [name, count] of Object.entries(pass.purposes)) {
      if (name.startsWith(`${system}.`)) purposes.set(name, (purposes.get(name) ?? 0) + count)
    }
  }
  const chars = passes.reduce((sum, pass) => sum + pass.traffic[system].charsRead, 0)
  const spread = [...purposes].map(([name, count]) => `${name.slice(system.length + 1)} ${count}`).join(', ')
  return [
    `${system} calls    ${calls} / floor ${total} = ${(calls / total).toFixed(3)}; ${(chars / 1e6).toFixed(1)} MB read` +
      `; ${laterCalls} more in later polls until the lists have drained`,
    `  floor       ${countText(parts)}`,
    `  calls       ${connect > 0 ? `connect ${connect}, ` : ''}${spread}`,
  ]
}

/** The store's part of the wall time, its dearest operations first. */
function storeLine(job: JobResult, passes: readonly MeasuredPass[]): string {
  const totals = new Map<string, { calls: number; wallMs: number }>()
  for (const [name, time] of passes.flatMap((pass) => Object.entries(pass.storeTimes))) {
    const total = totals.get(name) ?? { calls: 0, wallMs: 0 }
    totals.set(name, { calls: total.calls + time.calls, wallMs: total.wallMs + time.wallMs })
  }
  const all = [...totals].sort(([, one], [, other]) => other.wallMs - one.wallMs)
  const wallMs = all.reduce((sum, [, time]) => sum + time.wallMs, 0)
  const dearest = all
    .slice(0, 6)
    .map(([name, time]) => `${name} ${time.calls} x ${Math.round(time.wallMs / time.calls)} ms`)
  return `store         ${(wallMs / job.records).toFixed(2)} ms a record: ${dearest.join(', ')}`
}

function deltaLine(job: JobResult): string {
  const [delta] = deltaOf(job)
  if (delta === undefined) return 'delta         not measured'
  const texts = SYSTEMS.map((system) => `${system} ${delta.traffic[system].calls} / floor ${POLL_CALLS[system]}`)
  return `nothing new   ${texts.join(', ')}; ${seconds(delta.spent.wallMs)} s`
}

function passLine(pass: MeasuredPass): string {
  const phases = Object.entries(pass.phases)
    .filter(([, spent]) => spent.wallMs >= 1)
    .map(([name, spent]) => `${name} ${seconds(spent.wallMs)}/${seconds(spent.cpuMs)}`)
    .join(', ')
  const { zoho, xero } = pass.traffic
  return (
    `${pass.name.padEnd(13)} ${pass.result}: ${seconds(pass.spent.wallMs)} s wall, ${seconds(pass.spent.cpuMs)} s CPU ` +
    `(${phases}); zoho ${zoho.calls} calls ${zoho.writes} writes, xero ${xero.calls} calls ${xero.writes} writes`
  )
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1)

function limitText(job: JobResult): string {
  const refused = SYSTEMS.map(
    (system) => `${system} ${job.passes.reduce((sum, pass) => sum + pass.traffic[system].refused429, 0)}`,
  )
  const flight = Math.max(...job.passes.map((pass) => pass.traffic.zoho.maxInFlight))
  const { maxInFlightSeen, maxCallsInMinuteWindow } = job.xeroLimits
  return (
    `429 sent: ${refused.join(', ')}; xero at most ${maxInFlightSeen} of 5 in flight, ` +
    `${maxCallsInMinuteWindow} of 60 in a window; zoho at most ${flight} in flight`
  )
}

/** Time from approval to the last write against what Xero's 60 calls a minute allow at best. */
function applyLine(job: JobResult): string {
  const apply = job.passes.find((pass) => pass.name === 'apply')
  if (apply === undefined || apply.lastWriteVirtualMs === null) return 'apply         nothing was written'
  const minutes = apply.lastWriteVirtualMs / 60_000
  const atBest = apply.traffic.xero.writes / 60
  const ratio =
    atBest === 0 ? '' : ` = ${(minutes / atBest).toFixed(2)} x (${apply.traffic.xero.writes} Xero writes / 60)`
  return `apply         ${minutes.toFixed(2)} virtual minutes from approval to the last write${ratio}`
}

function countText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}
