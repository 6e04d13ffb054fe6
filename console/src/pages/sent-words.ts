// The words of a referrer's pages, loaded with them.
import { consoleCaseTexts } from '../../../texts/console-case.ts'
import { sentTexts } from '../../../texts/console-sent.ts'
import { firstTexts, saying } from '../say.ts'

export const say = saying({ ...firstTexts, ...consoleCaseTexts, ...sentTexts })
