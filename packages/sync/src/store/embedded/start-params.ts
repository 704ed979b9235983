import { PGlite } from '@electric-sql/pglite'

/** fsync on (fdatasync is a stub in the WASM build), and memory that suits one small process. */
export const DURABLE_PARAMS: readonly string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  // with 16 MB every batch of a first sync evicts pages to the file system
  '-c',
  'shared_buffers=64MB',
  // everything hot is in memory: an index look-up is never dearer than reading the whole table
  '-c',
  'random_page_cost=1.1',
]
