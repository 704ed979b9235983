import type { Kind } from '@tandem/sync/model/kind.ts'
import type { MappingDocument } from '@tandem/sync/model/mapping-document.ts'
import { SIDES, type Side } from '@tandem/sync/model/side.ts'
import { Command, Option } from 'commander'
import { type Answer, answer, problem } from '../../problem.ts'
import { type MappingTestRequest, parseMapping, parseSample } from '../../views/mapping.ts'
import { withConnection, withJson, withSession } from '../command.ts'
import { onlyConnection } from '../only-connection.ts'
import { readDecimalJson, readJson } from '../read-json.ts'
import { testLines } from '../render/mapping.ts'
import { parseKinds } from '../scope-options.ts'

interface Options {
  readonly json?: boolean
  readonly connection?: string
  readonly kind: readonly Kind[]
  readonly side: Side
  readonly record: string
  readonly document?: string
}

/** Tries the mapping, or one that is not stored yet, on a record in a file. */
export function mappingTestCommand(): Command {
  const command = new Command('test')
    .description('what the mapped fields of a record would be on the other side; nothing is read or written')
    .requiredOption('--kind <kind>', 'contact, item or invoice', parseKinds)
    .requiredOption('--record <file>', "the record as the system's API shows it; - reads the standard input")
    .addOption(new Option('--side <side>', 'whose record it is').choices(SIDES).default('zoho'))
    .option('--document <file>', 'a mapping document instead of the stored one')
  return withJson(withConnection(command)).action((options: Options) =>
    withSession(options, async ({ operations }, output) => {
      const request = await requestOf(options)
      if (request.type === 'problem') return output.fail(request)
      const id = await onlyConnection(operations, options.connection)
      const tried = id.type === 'ok' ? await operations.testMapping(id.value, request.value) : id
      if (tried.type === 'problem') return output.fail(tried)
      output.json(tried.value)
      for (const line of testLines(tried.value)) output.say(line)
      return tried.value.fields.some(({ outcome }) => outcome.type === 'held') ? 1 : 0
    }),
  )
}

async function requestOf({ kind, side, record, document }: Options): Promise<Answer<MappingTestRequest>> {
  const [known, second] = kind
  if (known === undefined || second !== undefined)
    return problem('badInput', 'Name one kind.', 'contact, item or invoice.')
  const sample = await readSample(record)
  if (sample.type === 'problem') return sample
  const chosen = document === undefined ? answer(null) : await readDocument(document)
  if (chosen.type === 'problem') return chosen
  return answer({
    kind: known,
    side,
    record: sample.value,
    ...(chosen.value === null ? {} : { document: chosen.value }),
  })
}

async function readSample(file: string): Promise<Answer<MappingTestRequest['record']>> {
  const read = await readDecimalJson(file)
  return read.type === 'ok' ? parseSample(read.value) : read
}

async function readDocument(file: string): Promise<Answer<MappingDocument>> {
  const read = await readJson(file)
  return read.type === 'ok' ? parseMapping(read.value) : read
}
