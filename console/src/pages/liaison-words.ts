// The words of a liaison's pages, loaded with them.
import { consoleLiaisonTexts } from '../../../texts/console-liaison.ts'
import { firstTexts, saying } from '../say.ts'

const texts = { ...firstTexts, ...consoleLiaisonTexts }
export type LiaisonTextKey = keyof typeof texts
export const say = saying(texts)
