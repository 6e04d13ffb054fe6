// The words of a recipient's pages, loaded with them.
import { consoleCaseTexts } from '../../../texts/console-case.ts'
import { firstTexts, saying } from '../say.ts'

const texts = { ...firstTexts, ...consoleCaseTexts }
export type CaseTextKey = keyof typeof texts
export const say = saying(texts)
