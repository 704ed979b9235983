import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { compose } from '../../compose.ts'
import {
  allowLoopback,
  chooseSettings,
  configureXeroWebhook,
  connectDemo,
  type DemoParts,
  previewDemo,
  syncDemo,
} from '../../demo/demo.ts'
import { prepareDemo } from '../../demo/prepare.ts'
import { DEMO_FOLDER } from '../../folder/running-demo.ts'
import { type Answer, answer, type Failed } from '../../problem.ts'
import { startServer } from '../../process/server.ts'
import { leaveSoon, untilAskedToStop } from '../../process/signals.ts'
import { type Sandboxes, startSandboxes } from '../../sandboxes/sandboxes.ts'
import { progressView } from '../../views/from-engine.ts'
import type { PassResultView } from '../../views/task.ts'
import type { ExitCode } from '../exit.ts'
import { newsLines } from '../news.ts'
import { createOutput, type Output } from '../output.ts'
import { type ProfileOptions, portWish, profileOf, withProfile, XERO_PORT, ZOHO_PORT } from '../profile-options.ts'
import { causeLines } from '../render/causes.ts'
import { liveLines } from '../render/live.ts'
import { createProgress } from '../render/progress.ts'
import { opLines, planLines, resultLines } from '../render/report.ts'

interface Options extends ProfileOptions {
  readonly once?: boolean
  readonly dataDir: string
}

export function demoCommand(): Command {
  const command = new Command('demo')
    .description('everything at once on this machine: sandboxes, a made-up company, connected, previewed, synced, live')
    .option('--once', 'end after the second sync; exit code 0 if all went well')
    .option('--data-dir <folder>', 'data folder of the demo; emptied at the start', DEMO_FOLDER)
  return withProfile(command).action(async (options: Options) => {
    process.exitCode = await run(options, createOutput('text'))
  })
}

async function run(options: Options, output: Output): Promise<ExitCode> {
  const sandboxes = await startSandboxes({
    zohoPort: portWish(options.zohoPort, ZOHO_PORT),
    xeroPort: portWish(options.xeroPort, XERO_PORT),
    profile: profileOf(options),
  })
  if (sandboxes.type === 'problem') return output.fail(sandboxes)
  try {
    return await runBetween(options, sandboxes.value, output)
  } finally {
    await sandboxes.value.close()
  }
}

async function runBetween(options: Options, sandboxes: Sandboxes, output: Output): Promise<ExitCode> {
  const stopped = untilAskedToStop()
  allowLoopback(sandboxes)
  output.say(
    `Zoho CRM sandbox at ${sandboxes.zoho.url}, Xero sandbox at ${sandboxes.xero.url}: ${sandboxes.company.name}.`,
  )
  const place = await prepareDemo(sandboxes, options.dataDir)
  if (place.type === 'problem') return output.fail(place)
  const tandem = await compose(place.value.config, place.value.folder)
  if (tandem.type === 'problem') return output.fail(tandem)
  const { language } = place.value.config
  const role = options.once === true ? 'serve' : 'start'
  const server = await startServer({
    tandem: tandem.value,
    role,
    pollMs: DEMO_POLL_MS,
    listener: (_id, event) => {
      for (const line of liveLines(progressView(event), language)) output.say(line)
    },
  })
  if (server.type === 'problem') {
    await tandem.value.close()
    return output.fail(server)
  }
  const progress = createProgress(process.stderr)
  const { operations } = server.value
  const show = (event: Parameters<typeof progress.show>[0]) => progress.show(event)
  const parts = { tandem: tandem.value, operations, sandboxes, tell: output.say, show }
  try {
    const ended = await Promise.race([play(parts, progress.end, output), stopped.then(() => answer<ExitCode>(1))])
    const code = ended.type === 'problem' ? output.fail(ended) : ended.value
    // A sync that did not go as it should can still be watched; anything earlier leaves nothing to watch.
    if (options.once === true || code === 1 || (ended.type === 'problem' && ended.problem.code !== 'bug')) return code
    invite({ url: server.value.url, dataDir: options.dataDir }, sandboxes, output)
    await stopped
    output.note('Stopping.')
    return 0
  } finally {
    await server.value.stop()
    leaveSoon()
  }
}

/** Xero sends no webhooks for items: those are found by polling, which a demo does often. */
const DEMO_POLL_MS = 20_000
const SAMPLE_OPS = 4

/** Connect, choose, preview, approve, sync, report, and sync again. */
async function play(parts: DemoParts, endProgress: () => void, output: Output): Promise<Answer<ExitCode>> {
  const { language } = parts.tandem.config
  const connection = await connectDemo(parts)
  if (connection.type === 'problem') return connection
  const { id } = connection.value
  const chosen = await chooseSettings(parts, id)
  if (chosen.type === 'problem') return chosen
  output.say('\nPreview (nothing is written yet):')
  const plan = await previewDemo(parts, id)
  endProgress()
  if (plan.type === 'problem') return plan
  for (const line of planLines(plan.value, language)) output.say(line)
  output.say('Some of it, field by field:')
  for (const line of samples(plan.value.ops).flatMap(opLines)) output.say(`  ${line}`)
  if (plan.value.holds.length > 0) output.say('Held for a person, by cause:')
  for (const line of causeLines(plan.value.holds, language)) output.say(line)
  output.say('\nApproved. First sync:')
  const first = await syncDemo(parts, id, plan.value.id)
  endProgress()
  if (first.type === 'problem') return first
  for (const line of resultLines(first.value, language)) output.say(line)
  for (const line of await newsLines(parts.operations, first.value, language)) output.say(line)
  const hooked = await configureXeroWebhook(parts)
  if (hooked.type === 'problem') return hooked
  output.say('\nSecond sync, with nothing changed:')
  const second = await syncDemo(parts, id, null)
  endProgress()
  if (second.type === 'problem') return second
  for (const line of resultLines(second.value, language)) output.say(line)
  const verdict = judge(first.value, second.value, output)
  if (verdict.type === 'problem') await showWrites(parts, second.value, output)
  return verdict
}

async function showWrites({ operations }: DemoParts, result: PassResultView, output: Output): Promise<void> {
  const ops = result.runId === null ? null : await operations.runOps(result.runId)
  if (ops?.type !== 'ok') return
  for (const line of ops.value.slice(0, SHOWN_ON_FAILURE).flatMap(opLines)) output.say(`  ${line}`)
}

const SHOWN_ON_FAILURE = 10

/** One of each kind and verb first, so that the sample shows the variety. */
function samples<T extends { readonly kind: string; readonly verb: string; readonly side: string }>(ops: readonly T[]) {
  const groups = Map.groupBy(ops, (op) => `${op.kind} ${op.verb} ${op.side}`)
  return [...groups.values()].flatMap((group) => group.slice(0, 1)).slice(0, SAMPLE_OPS)
}

function judge(first: PassResultView, second: PassResultView, output: Output): Answer<ExitCode> {
  const refused = first.report?.refused ?? 0
  const writes = second.report === null ? -1 : second.report.writes.zoho + second.report.writes.xero
  if (first.type !== 'done' || second.type !== 'done') return failed('A sync of the demo did not end as it should.')
  if (refused > 0) return failed(`The first sync ended with ${refused} refusals.`)
  if (writes !== 0) return failed(`The second sync wrote ${writes} times, although nothing had changed.`)
  output.say('All good: no refusal, and the second sync wrote nothing.')
  return answer(0)
}

function failed(title: string): Failed {
  return { type: 'problem', problem: { code: 'bug', title, fix: 'See tandem runs for what happened.' } }
}

/** The folder must be named only where another one would be taken. */
function inDemo(dataDir: string): string {
  return resolve(dataDir) === resolve(DEMO_FOLDER) && !existsSync('.tandem') ? '' : `TANDEM_DATA_DIR=${dataDir} `
}

function invite(server: { url: string | null; dataDir: string }, { zoho, xero }: Sandboxes, output: Output): void {
  output.say('\nLive. Edit records in the pages of either side; each change that crosses is printed here.')
  output.say(`  Zoho CRM: ${zoho.url}/`)
  output.say(`  Xero:     ${xero.url}/`)
  output.say(
    `  Tandem:   ${server.url}  (in another terminal: ${inDemo(server.dataDir)}npx tandem sync, inbox, conflicts, runs)`,
  )
  output.say('Open a record, change a phone number or an e-mail, save. Ctrl-C ends the demo.')
}
