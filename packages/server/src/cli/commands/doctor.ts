import { Command } from 'commander'
import { withJson, withSession } from '../command.ts'
import { table } from '../render/table.ts'

export function doctorCommand(): Command {
  const command = new Command('doctor').description('check everything that must be right, and say what to do')
  return withJson(command).action((options: { json?: boolean }) =>
    withSession(options, async ({ operations }, output) => {
      const found = await operations.doctor()
      if (found.type === 'problem') return output.fail(found)
      output.json(found.value)
      const rows = found.value.checks.map(({ state, name, detail }) => [SIGNS[state], name, detail])
      for (const [index, line] of table(rows).entries()) {
        output.say(line)
        const fix = found.value.checks[index]?.fix ?? ''
        if (fix !== '') for (const step of fix.split('\n')) output.say(`        ${step}`)
      }
      const states = new Set(found.value.checks.map((check) => check.state))
      if (states.has('bad')) return 2
      return states.has('attention') ? 1 : 0
    }),
  )
}

const SIGNS = { good: 'good', attention: 'look', bad: 'BAD' } as const
