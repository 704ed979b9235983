import { Command, CommanderError } from 'commander'
import { folderOfRunningDemo } from '../folder/running-demo.ts'
import { approveCommand } from './commands/approve.ts'
import { auditCommand } from './commands/audit.ts'
import { conflictsCommand } from './commands/conflicts.ts'
import { connectCommand } from './commands/connect.ts'
import { connectionsCommand } from './commands/connections.ts'
import { demoCommand } from './commands/demo.ts'
import { doctorCommand } from './commands/doctor.ts'
import { inboxCommand } from './commands/inbox.ts'
import { mappingCommand } from './commands/mapping.ts'
import { planCommand } from './commands/plan.ts'
import { runsCommand } from './commands/runs.ts'
import { sandboxCommand } from './commands/sandbox.ts'
import { settingsCommand } from './commands/settings.ts'
import { startCommands } from './commands/start.ts'
import { syncCommand } from './commands/sync.ts'

const USAGE_MISTAKE = 2

/** `tandem`: every command in a file of its own. */
function createProgram(): Command {
  const program = new Command('tandem')
    .description('Keeps Zoho CRM and Xero in step, both ways.')
    .showHelpAfterError('(tandem COMMAND --help says more)')
    .exitOverride()
  const commands = [
    ...startCommands(),
    sandboxCommand(),
    demoCommand(),
    connectCommand(),
    connectionsCommand(),
    planCommand(),
    approveCommand(),
    syncCommand(),
    inboxCommand(),
    conflictsCommand(),
    auditCommand(),
    runsCommand(),
    settingsCommand(),
    mappingCommand(),
    doctorCommand(),
  ]
  for (const command of commands) program.addCommand(inheritExit(command))
  return program
}

/** Commander copies this setting only to commands made by it, not to added ones. */
function inheritExit(command: Command): Command {
  command.exitOverride()
  for (const child of command.commands) inheritExit(child)
  return command
}

const demo = folderOfRunningDemo(process.argv[2] ?? '', process.env)
if (demo !== undefined) {
  process.env.TANDEM_DATA_DIR = demo
  console.error(`This is about the demo that is running (${demo}).`)
}

try {
  await createProgram().parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_MISTAKE
  } else {
    // A bug: said in one line; the log has the rest.
    console.error(`tandem: this should not have happened: ${error instanceof Error ? error.message : String(error)}`)
    if (process.env.TANDEM_LOG === 'debug') console.error(error)
    process.exitCode = USAGE_MISTAKE
  }
}
