const LAST_MOMENT_MS = 500

/** Everything is closed: whatever still sleeps (a wait for a remote's limit) holds the process no longer. */
export function leaveSoon(): void {
  setTimeout(() => process.exit(), LAST_MOMENT_MS).unref()
}

/** Ends when the person or the supervisor asks (Ctrl-C, SIGTERM); a second Ctrl-C ends at once, as people expect. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.once('SIGINT', () => process.exit(130))
      resolve()
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
}
