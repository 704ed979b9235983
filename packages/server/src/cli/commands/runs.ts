import { Command } from 'commander'
import type { ReportView, RunView } from '../../views/report.ts'
import { wholeNumber, withConnection, withJson, withSession } from '../command.ts'
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
    withSession(options, async ({ operations }, output) => {
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
      output.say(row(run.value).join('  '))
      if (run.value.report !== null) for (const line of reportLines(run.value.report)) output.say(line)
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
  return `${report.writes.zoho} writes to Zoho CRM, ${report.writes.xero} to Xero, ${report.holds} held`
}
