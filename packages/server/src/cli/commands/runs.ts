import { codeText } from '@tandem/sync/model/code-texts.ts'
import { Command } from 'commander'
import type { ReportView, RunView } from '../../views/report.ts'
import { wholeNumber, withConnection, withJson, withSession } from '../command.ts'
import { causeLines } from '../render/causes.ts'
import { opLines, reportLines } from '../render/report.ts'
import { table } from '../render/table.ts'
import { when } from '../render/words.ts'

interface Options {
  readonly json?: boolean
  readonly connection?: string
  readonly limit: number
}

export function runsCommand(): Command {
  const command = new Command('runs')
    .description('the latest runs, or one with everything that it wrote')
    .argument('[run]', 'the id of one')
    .option('-n, --limit <n>', 'how many', wholeNumber(1, 1000), 20)
  return withJson(withConnection(command)).action((runId: string | undefined, options: Options) =>
    withSession(options, async ({ operations, config: { language } }, output) => {
      if (runId === undefined) {
        const runs = await operations.runs({ connectionId: options.connection, limit: options.limit })
        if (runs.type === 'problem') return output.fail(runs)
        output.json(runs.value)
        for (const line of table(runs.value.map(row))) output.say(line)
        if (runs.value.length === 0) output.say('No run yet.')
        return 0
      }
      const [run, ops] = await Promise.all([operations.run(runId), operations.runOps(runId)])
      if (run.type === 'problem') return output.fail(run)
      if (ops.type === 'problem') return output.fail(ops)
      output.json({ ...run.value, ops: ops.value })
      const plan = run.value.planId === null ? null : await operations.plan(run.value.planId)
      output.say(row(run.value).join('  '))
      if (run.value.code !== null) output.say(codeText(run.value.code, language).cause)
      if (run.value.report !== null) for (const line of reportLines(run.value.report)) output.say(line)
      if (plan?.type === 'ok' && plan.value.holds.length > 0) {
        output.say('Held by it and still open, by cause:')
        for (const line of causeLines(plan.value.holds, language)) output.say(line)
      }
      for (const op of ops.value) {
        const [first = '', ...rest] = opLines(op)
        output.say(`${op.state.padEnd(10)} ${first}${op.code === null ? '' : ` (${op.code})`}`)
        for (const line of rest) output.say(line)
      }
      return 0
    }),
  )
}

function row(run: RunView): readonly string[] {
  return [
    run.id,
    when(run.startedAt),
    run.trigger,
    run.outcome,
    run.code ?? '',
    run.report === null ? '' : sum(run.report),
  ]
}

function sum(report: ReportView): string {
  return `${report.writes.zoho} writes to Zoho CRM, ${report.writes.xero} to Xero, ${report.opened} new in the inbox`
}
