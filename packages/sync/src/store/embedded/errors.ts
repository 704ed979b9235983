/** Another process, or this one already, has the data folder. PGlite itself would let both in and corrupt it. */
export class DataFolderInUse extends Error {
  readonly code = 'dataFolderInUse'
  readonly pid: number
  constructor(folder: string, pid: number) {
    super(`Data folder ${folder} is in use by process ${pid}: use the running server or stop it`)
    this.name = 'DataFolderInUse'
    this.pid = pid
  }
}

/** The folder is not a database of ours, or is damaged. Nothing in it was changed. */
export class DataFolderUnreadable extends Error {
  readonly code = 'dataFolderUnreadable'
  constructor(folder: string, reason: string, options?: ErrorOptions) {
    super(`Data folder ${folder} cannot be read: ${reason}. Restore a backup or choose another folder`, options)
    this.name = 'DataFolderUnreadable'
  }
}

/** The database server of `DATABASE_URL` did not let us in. The message never holds the URL: it has a password. */
export class DatabaseUnreachable extends Error {
  readonly code = 'databaseUnreachable'
  constructor(options?: ErrorOptions) {
    super(
      'The database of DATABASE_URL cannot be reached: check that the server runs and that the URL is right',
      options,
    )
    this.name = 'DatabaseUnreachable'
  }
}
