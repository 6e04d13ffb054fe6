// The words of the first page after entering, loaded with it.
import { consoleHomeTexts } from '../../../texts/console-home.ts'
import { firstTexts, saying } from '../say.ts'

export const say = saying({ ...firstTexts, ...consoleHomeTexts })
