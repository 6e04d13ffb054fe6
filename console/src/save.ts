// A file that the page has made, as the browser saves one.

export const save = (name: string, parts: readonly BlobPart[], type: string): void => {
  const url = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken it up when the click returns; it keeps what it is still writing.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
