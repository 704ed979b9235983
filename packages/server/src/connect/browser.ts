import { spawn } from 'node:child_process'

/** Opens the person's browser; silently does nothing where there is none: the address is printed anyway. */
export function openBrowser(url: string): void {
  const [command, ...before] = opener()
  const child = spawn(command, [...before, url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

function opener(): readonly [string, ...string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open']
    case 'win32':
      // `start` belongs to the shell and would split the address at every &.
      return ['rundll32', 'url.dll,FileProtocolHandler']
    default:
      return ['xdg-open']
  }
}
