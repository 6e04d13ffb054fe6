// Lists come in pages, each with the cursor of the next.
import type { HubAnswer } from './send.ts'

export type Page<Item> = { items: Item[]; next?: string }

/** Follows `next` until there is none. */
export async function* everyOf<Item>(
  page: (cursor?: string) => Promise<HubAnswer<Page<Item>>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined
  do {
    const { body } = await page(cursor)
    yield* body.items
    cursor = body.next
  } while (cursor !== undefined)
}
