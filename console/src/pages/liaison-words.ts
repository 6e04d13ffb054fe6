// The words of a liaison's pages, loaded with them.
import { agreementTexts } from '../../../texts/agreement.ts'
import { consoleAgreementTexts } from '../../../texts/console-agreement.ts'
import { consoleLiaisonTexts } from '../../../texts/console-liaison.ts'
import { consoleProgressTexts } from '../../../texts/console-progress.ts'
import { progressTexts } from '../../../texts/progress.ts'
import { firstTexts, saying } from '../say.ts'

const texts = {
  ...firstTexts,
  ...agreementTexts,
  ...progressTexts,
  ...consoleLiaisonTexts,
  ...consoleAgreementTexts,
  ...consoleProgressTexts,
}
export type LiaisonTextKey = keyof typeof texts
export const say = saying(texts)
