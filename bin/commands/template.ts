// hub template: the sheet that hub refer reads, to fill in with a spreadsheet.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { exampleNumbers, letterOf, templateColumns, type Column } from '../csv/columns.ts'
import { csvText } from '../refer/errors-file.ts'
import { writeNew } from '../new-file.ts'
import type { Terminal } from '../terminal.ts'

export function addTemplate(program: Command, terminal: Terminal) {
  const { say, note } = terminal
  const template = command(program, 'template', say('template.about'))
  command(template, 'csv', say('template.csv'))
    .option('--out <file>', say('template.out'))
    .action(async ({ out }: { out?: string }) => {
      const sheet = csvText([
        templateColumns.map(({ name }) => name),
        templateColumns.map(({ example }) => example),
        templateColumns.map(secondExample),
      ])
      if (out === undefined) terminal.document(sheet)
      else await writeNew(out, sheet)
      note(say('template.how'))
    })
  command(template, 'columns', say('template.columns')).action(() => {
    for (const [index, { name, path, kind, allowed }] of templateColumns.entries()) {
      const letter = letterOf(index)
      if (terminal.json) {
        terminal.record({ letter, name, path, kind, ...(allowed ? { allowed } : {}) })
        continue
      }
      const form = allowed ? allowed.join(', ') : ''
      terminal.line(`${letter.padEnd(3)} ${terminal.bold(name)}  ${say(`form.${kind}`)}`)
      terminal.line(`    ${path}`)
      if (form !== '') terminal.line(`    ${form}`)
    }
  })
}

/** A person under 18, to show what a guardian adds. */
const minor: Partial<Record<string, string>> = {
  numero_propio: exampleNumbers[1],
  otorga: 'guardian',
  otorga_parentesco: 'mother',
  asentimiento: 'sí',
  nombres: 'José',
  apellidos: 'Prueba',
  fecha_nacimiento: '2011',
  sexo: 'M',
  documento1_numero: 'PRUEBA00002',
  encargado_nombres: 'Ana',
  encargado_apellidos: 'Prueba',
  encargado_parentesco: 'mother',
  hoja_sha256: 'c'.repeat(64),
  expediente: 'EXP-PRUEBA-00002',
}

const secondExample = ({ name, example }: Column) => minor[name] ?? example
