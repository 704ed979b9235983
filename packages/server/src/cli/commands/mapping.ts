import { writeFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import type { Operations } from '../../operations/contract.ts'
import { type Answer, answer, problem } from '../../problem.ts'
import { parseMapping } from '../../views/mapping.ts'
import { withConnection, withJson, withSession } from '../command.ts'
import { onlyConnection } from '../only-connection.ts'
import { readJson } from '../read-json.ts'
import { faultLines, mappedLines, presetLines } from '../render/mapping.ts'
import { mappingTestCommand } from './mapping-test.ts'

interface Options {
  readonly json?: boolean
  readonly connection?: string
}

export function mappingCommand(): Command {
  const mapping = new Command('mapping').description('which fields correspond: show, export, import, test')
  mapping.addCommand(showCommand())
  mapping.addCommand(exportCommand())
  mapping.addCommand(importCommand())
  mapping.addCommand(presetsCommand())
  mapping.addCommand(mappingTestCommand())
  return mapping
}

function showCommand(): Command {
  const command = new Command('show').description('every mapped field, as Zoho CRM and as Xero call it')
  return withJson(withConnection(command)).action((options: Options) =>
    withSession(options, async ({ operations }, output) => {
      const id = await onlyConnection(operations, options.connection)
      const found = id.type === 'ok' ? await operations.mappingCatalogue(id.value) : id
      if (found.type === 'problem') return output.fail(found)
      output.json(found.value)
      for (const line of mappedLines(found.value)) output.say(line)
      return 0
    }),
  )
}

function exportCommand(): Command {
  const command = new Command('export')
    .description('print the mapping document, or write it to a file')
    .argument('[file]', 'where to write it')
  return withConnection(command).action((file: string | undefined, options: Options) =>
    withSession({ json: true }, async ({ operations }, output) => {
      const id = await onlyConnection(operations, options.connection)
      const found = id.type === 'ok' ? await operations.mapping(id.value) : id
      if (found.type === 'problem') return output.fail(found)
      if (file === undefined) output.json(found.value)
      else await writeFile(file, `${JSON.stringify(found.value, null, 2)}\n`)
      return 0
    }),
  )
}

function importCommand(): Command {
  const command = new Command('import')
    .description('put a mapping document in the place of the present one; nothing is stored if anything is wrong')
    .argument('[file]', 'the document; - reads the standard input')
    .addOption(new Option('--preset <id>', 'one of: tandem mapping presets'))
  return withJson(withConnection(command)).action((file: string | undefined, options: Options & { preset?: string }) =>
    withSession(options, async ({ operations }, output) => {
      const id = await onlyConnection(operations, options.connection)
      if (id.type === 'problem') return output.fail(id)
      const document = await chosenDocument(operations, id.value, { file, preset: options.preset })
      if (document.type === 'problem') return output.fail(document)
      const checked = await operations.checkMapping(id.value, document.value)
      if (checked.type === 'problem') return output.fail(checked)
      if (checked.value.faults.length > 0) {
        output.json(checked.value)
        for (const line of faultLines(checked.value.faults)) output.say(line)
        return 2
      }
      const saved = await operations.saveMapping(id.value, document.value)
      if (saved.type === 'problem') return output.fail(saved)
      output.json(saved.value)
      output.say(saved.value.change === 'none' ? 'Saved. It means what it meant before.' : PREVIEWED)
      return 0
    }),
  )
}

const PREVIEWED =
  'Saved. The next sync compares everything anew and shows a preview; until you approve it nothing is written: tandem plan.'

async function chosenDocument(
  operations: Operations,
  id: string,
  { file, preset }: { readonly file: string | undefined; readonly preset: string | undefined },
): Promise<Answer<unknown>> {
  if ((file === undefined) === (preset === undefined))
    return problem('badInput', 'Name a file or a preset.', 'tandem mapping import FILE, or --preset ID.')
  if (file !== undefined) return readDocument(file)
  const presets = await operations.mappingPresets(id)
  if (presets.type === 'problem') return presets
  const found = presets.value.find((one) => one.id === preset)
  if (found !== undefined) return answer(found.document)
  return problem('badInput', `There is no preset "${preset}".`, 'See them with: tandem mapping presets.')
}

async function readDocument(file: string): Promise<Answer<unknown>> {
  const read = await readJson(file)
  return read.type === 'ok' ? parseMapping(read.value) : read
}

function presetsCommand(): Command {
  const command = new Command('presets').description('mappings to begin with')
  return withJson(withConnection(command)).action((options: Options) =>
    withSession(options, async ({ operations }, output) => {
      const id = await onlyConnection(operations, options.connection)
      const found = id.type === 'ok' ? await operations.mappingPresets(id.value) : id
      if (found.type === 'problem') return output.fail(found)
      output.json(found.value)
      for (const line of presetLines(found.value)) output.say(line)
      return 0
    }),
  )
}
