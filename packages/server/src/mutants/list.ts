import { BILL_MUTANTS } from './list-bills.ts'
import { CREATE_MUTANTS } from './list-creates.ts'
import { CREDIT_MUTANTS } from './list-credits.ts'
import { DEAL_MUTANTS } from './list-deals.ts'
import { DELETE_MUTANTS } from './list-deletes.ts'
import { DETECT_MUTANTS } from './list-detect.ts'
import { LEAD_MUTANTS } from './list-leads.ts'
import { MAPPING_MUTANTS } from './list-mapping.ts'
import { OVERDUE_TASK_MUTANTS } from './list-overdue-tasks.ts'
import { PARTY_MUTANTS } from './list-parties.ts'
import { QUOTE_MUTANTS } from './list-quotes.ts'
import { RAIL_MUTANTS } from './list-rails.ts'
import { RECORDING_MUTANTS } from './list-recording.ts'
import { REFERENCE_MUTANTS } from './list-reference.ts'
import { STORE_MUTANTS } from './list-store.ts'
import { SUMMARY_MUTANTS } from './list-summaries.ts'
import { UNDONE_MUTANTS } from './list-undone.ts'
import { VALUE_MUTANTS } from './list-values.ts'
import { VERSION_MUTANTS } from './list-versions.ts'
import type { Mutant } from './mutant.ts'

/** Every guard that can be switched off, in the order in which data flows. */
export const MUTANTS: readonly Mutant[] = [
  ...DETECT_MUTANTS,
  ...VALUE_MUTANTS,
  ...VERSION_MUTANTS,
  ...CREATE_MUTANTS,
  ...CREDIT_MUTANTS,
  ...DEAL_MUTANTS,
  ...SUMMARY_MUTANTS,
  ...PARTY_MUTANTS,
  ...LEAD_MUTANTS,
  ...QUOTE_MUTANTS,
  ...BILL_MUTANTS,
  ...RAIL_MUTANTS,
  ...STORE_MUTANTS,
  ...UNDONE_MUTANTS,
  ...MAPPING_MUTANTS,
  ...DELETE_MUTANTS,
  ...RECORDING_MUTANTS,
  ...REFERENCE_MUTANTS,
  ...OVERDUE_TASK_MUTANTS,
]
