import { PGlite } from '@electric-sql/pglite'

/** fsync on (fdatasync is a stub in the WASM build), and memory that suits one small process. */
export const DURABLE_PARAMS: readonly string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'shared_buffers=16MB',
]
