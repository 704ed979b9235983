import type { Fault } from '../contract.ts'

/** Longest prefix (R23b). */
const PREFIX_LENGTH = 4

export function prefixFaults(name: 'invoice' | 'quote', prefix: string): readonly Fault[] {
  const faults: Fault[] = []
  if (prefix.length > PREFIX_LENGTH) {
    const detail = `The ${name} prefix has ${prefix.length} characters, at most ${PREFIX_LENGTH} are allowed`
    faults.push({ code: 'valueTooLong', detail })
  }
  if (!/^[\x20-\x7e]*$/.test(prefix))
    faults.push({ code: 'valueNotAllowed', detail: `The ${name} prefix must be plain ASCII` })
  return faults
}
