// The browser that the tests drive: the machine's own Chromium, or the one that npm brings.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The path of the machine's own; HUB_CHROMIUM names another, or is `npm`: then the machine's own is not looked for. */
export const ownBrowser = (): string | undefined => {
  const named = process.env['HUB_CHROMIUM']
  if (named === 'npm') return undefined
  return [
    named,
    ...(process.env['PATH'] ?? '')
      .split(delimiter)
      .flatMap(folder => names.map(name => join(folder, name))),
  ].find(path => path !== undefined && path !== '' && existsSync(path))
}

/** The one of `@sparticuz/chromium`, unpacked; undefined where npm did not install it (it is for Linux x64). */
export const broughtBrowser = async (): Promise<string | undefined> => {
  // It brings what a bare machine has not (NSS), where it takes the machine for a Lambda function.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x'
  try {
    // By a name that TypeScript does not follow: where there is a browser, npm is told not to bring this.
    const name: string = '@sparticuz/chromium'
    const { default: chromium } = (await import(name)) as {
      default: { executablePath: () => Promise<string> }
    }
    return await chromium.executablePath()
  } catch {
    return undefined
  }
}
