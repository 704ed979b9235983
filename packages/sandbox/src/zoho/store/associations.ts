/** Records that hang on another one without a lookup: the products of a deal (zoho-crm.md 4 Deals). */
export interface Associations {
  /** In the order in which they were linked. */
  ids(parentId: string): readonly string[]
  /** False when the link stood already. */
  link(parentId: string, childId: string): boolean
  /** False when there was no such link. */
  unlink(parentId: string, childId: string): boolean
  clear(): void
}

export function createAssociations(): Associations {
  const children = new Map<string, readonly string[]>()
  const ids = (parentId: string) => children.get(parentId) ?? []
  return {
    ids,
    link(parentId, childId) {
      if (ids(parentId).includes(childId)) return false
      children.set(parentId, [...ids(parentId), childId])
      return true
    },
    unlink(parentId, childId) {
      if (!ids(parentId).includes(childId)) return false
      children.set(
        parentId,
        ids(parentId).filter((id) => id !== childId),
      )
      return true
    },
    clear: () => children.clear(),
  }
}
