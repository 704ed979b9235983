import type { CompanyProfile } from '@tandem/sandbox'
import { type Command, Option } from 'commander'
import type { PortWish } from '../sandboxes/sandboxes.ts'
import { wholeNumber } from './command.ts'

export interface ProfileOptions {
  readonly zohoPort?: number
  readonly xeroPort?: number
  readonly seed: number
  readonly contacts: number
  readonly items: number
  readonly invoices: number
  readonly shape: CompanyProfile['shape']
}

const SHAPES = ['mixed', 'zohoOnly', 'xeroOnly', 'bothEqual'] as const

/** The made-up company and where it is served. */
export function withProfile(command: Command): Command {
  const port = wholeNumber(0, 65_535)
  const count = wholeNumber(0, 100_000)
  return command
    .option('--zoho-port <port>', 'port of the Zoho sandbox (4010)', port)
    .option('--xero-port <port>', 'port of the Xero sandbox (4020)', port)
    .option('--seed <n>', 'the same seed makes the same company', wholeNumber(0, 2 ** 31), 7)
    .option('--contacts <n>', 'how many', count, 60)
    .option('--items <n>', 'how many', count, 25)
    .option('--invoices <n>', 'how many', count, 80)
    .addOption(new Option('--shape <shape>', 'which side holds what').choices([...SHAPES]).default('mixed'))
}

export function profileOf({ seed, contacts, items, invoices, shape }: ProfileOptions) {
  return { seed, contacts, items, invoices, shape }
}

export const ZOHO_PORT = 4010
export const XERO_PORT = 4020

/** A port that the person named is taken at its word; a default makes way. */
export function portWish(named: number | undefined, usual: number): PortWish {
  return named === undefined ? { from: usual } : { exactly: named }
}
