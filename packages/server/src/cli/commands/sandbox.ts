import { Command } from 'commander'
import { untilAskedToStop } from '../../process/signals.ts'
import { sandboxEnvironment, startSandboxes } from '../../sandboxes/sandboxes.ts'
import { withJson } from '../command.ts'
import type { ExitCode } from '../exit.ts'
import { createOutput, type Output } from '../output.ts'
import { type ProfileOptions, portWish, profileOf, withProfile, XERO_PORT, ZOHO_PORT } from '../profile-options.ts'

interface Options extends ProfileOptions {
  readonly json?: boolean
}

export function sandboxCommand(): Command {
  const command = new Command('sandbox').description('Zoho CRM and Xero on this machine, with a made-up company')
  return withJson(withProfile(command)).action(async (options: Options) => {
    process.exitCode = await run(options, createOutput(options.json === true ? 'json' : 'text'))
  })
}

/** Unlike the demo, the ports are exact: `.env` names them. */
async function run(options: Options, output: Output): Promise<ExitCode> {
  const started = await startSandboxes({
    zohoPort: portWish(options.zohoPort ?? ZOHO_PORT, ZOHO_PORT),
    xeroPort: portWish(options.xeroPort ?? XERO_PORT, XERO_PORT),
    profile: profileOf(options),
  })
  if (started.type === 'problem') return output.fail(started)
  const { zoho, xero, close } = started.value
  const environment = sandboxEnvironment(started.value)
  output.json({ zoho: zoho.url, xero: xero.url, environment })
  output.say(`Zoho CRM sandbox: ${zoho.url}`)
  output.say(`Xero sandbox:     ${xero.url}`)
  output.say('Its made-up credentials, for .env:')
  for (const [name, value] of Object.entries(environment)) output.say(`${name}=${value}`)
  await untilAskedToStop()
  await close()
  return 0
}
