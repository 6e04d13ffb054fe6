// One way or two to call each command, shown on its page. A test puts every one of them through the parser.
import type { Command } from 'commander'

const folio = 'REF-0000-0001-1'
const consent = '019a0000-0000-7000-8000-000000000000'
const keyid = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'

const enrolling =
  'hub admin enrol --table Directory --log-table AccessLog --keys llaves.json --dry-run'

const examples: Readonly<Record<string, readonly string[]>> = {
  hub: ['hub refer referencias.json', 'hub pull --as ala-system', 'hub list --direction received'],
  'hub refer': [
    'hub refer hoja.csv --dry-run --errors errores.csv',
    'hub refer hoja.csv',
    'hub refer - < referencias.json',
  ],
  'hub template': ['hub template csv --out hoja.csv'],
  'hub template csv': ['hub template csv --out hoja.csv'],
  'hub template columns': ['hub template columns'],
  'hub pull': ['hub pull', 'hub pull --max 1 --wait 20 --as ala-system'],
  'hub ack': ['hub ack HANDLE', 'hub pull --json | hub ack --all'],
  'hub inbox': ['hub inbox redrive'],
  'hub inbox redrive': ['hub inbox redrive --as ala-liaison'],
  'hub return': ['hub return HANDLE --delay 300'],
  'hub release': [`hub release ${folio} --purpose training-referral --reveal`],
  'hub open': [`hub open ${folio} --purpose training-referral --reveal`],
  'hub status': [
    `hub status ${folio} accepted`,
    `hub status ${folio} rejected --reason no-capacity`,
  ],
  'hub milestone': [`hub milestone ${folio} enrolled`, `hub milestone ${folio} --void 3`],
  'hub handover': [`hub handover ${folio} --to OIM --priority urgent`],
  'hub agreement': ['hub agreement show', 'hub agreement versions'],
  'hub agreement show': ['hub agreement show'],
  'hub agreement notice': [
    'hub agreement notice amendment --target-persons 300 --document adenda.pdf',
    'hub agreement notice adenda --answer-hours urgente=48 --as ala-signatory',
    'hub agreement notice renewal --until 2030-02-05T05:59:59.999Z',
    'hub agreement notice rescission --received-on 2026-11-20',
  ],
  'hub agreement agree': [
    'hub agreement agree AV-2026-0001',
    'hub agreement agree AV-2026-0002 --document adenda.pdf --as igm-signatory',
  ],
  'hub agreement versions': ['hub agreement versions', 'hub agreement versions 1 2'],
  'hub show': [`hub show ${folio}`],
  'hub list': ['hub list --status requested', 'hub list --direction received --all'],
  'hub consent': [`hub consent ${consent}`, `hub consent --referral ${folio}`],
  'hub withdraw': [
    `hub withdraw --referral ${folio} --requested-by self --method in-person`,
    `hub withdraw ${consent} --requested-by guardian --method in-person --yes`,
  ],
  'hub confirm-deletion': [`hub confirm-deletion --referral ${folio}`],
  'hub certificate': [`hub certificate --referral ${folio} --html --out constancia.html`],
  'hub progress': ['hub progress', 'hub progress --csv'],
  'hub me': ['hub me --as igm-liaison'],
  'hub log': [
    'hub log --from 2026-11-01 --to 2026-11-30',
    `hub log --referral ${folio} --all`,
    'hub log --category protection --by ala-system',
  ],
  'hub log export': ['hub log export bitacora'],
  'hub log verify': ['hub log verify bitacora'],
  'hub log key': ['hub log key'],
  'hub log prove': ['hub log prove 57', 'hub log prove 57 --out oficio-12.html'],
  'hub log check-proof': ['hub log check-proof entrada-57.html --vkey llave-de-bitacora.txt'],
  'hub log report': ['hub log report --month 2026-11'],
  'hub log cosign': ['hub log cosign --as igm-liaison'],
  'hub keys': ['hub keys list IGM'],
  'hub keys list': ['hub keys list', 'hub keys list IGM'],
  'hub keys new': ['hub keys new --out igm-liaison.json'],
  'hub keys propose': ['hub keys propose IGM igm-liaison.json --roles liaison --until 2027-11-30'],
  'hub keys confirm': [`hub keys confirm IGM --keyid ${keyid} --roles liaison --until 2027-11-30`],
  'hub keys revoke': [`hub keys revoke IGM --keyid ${keyid} --reason superseded`],
  'hub console': ['hub console verify https://hub.example'],
  'hub console verify': [
    'hub console verify https://hub.example',
    'hub console verify https://hub.example --log bitacora --vkey llave-de-bitacora.txt',
  ],
  'hub clock': ['hub clock --from 2026-03-16 --business-days 30'],
  'hub sign-check': ['hub sign-check captura.http'],
  'hub fsck': ['hub fsck .hub', 'hub fsck .hub --json'],
  'hub admin': [enrolling],
  'hub admin enrol': [enrolling],
}

/** As it is typed: `hub log verify`. */
export const fullName = (command: Command): string =>
  command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name()

export const examplesOf = (command: Command): readonly string[] => examples[fullName(command)] ?? []
