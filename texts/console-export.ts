// The log as compliance officers take it along from the console, and check what was taken along.

export const consoleExportTexts = {
  'column.index': { es: 'número', en: 'number' },
  'column.time': { es: 'hora de Guatemala', en: 'time in Guatemala' },
  'column.utc': { es: 'hora UTC', en: 'time in UTC' },
  'column.role': { es: 'rol', en: 'role' },
  'column.action': { es: 'acción', en: 'action' },
  'column.outcome': { es: 'resultado', en: 'outcome' },
  'column.purpose': { es: 'finalidad', en: 'purpose' },
  'column.categories': { es: 'datos abiertos', en: 'data opened' },
  'column.id': { es: 'identificador', en: 'id' },

  'folder.what': {
    es: 'Elija la bitácora que exportó, en su archivo ZIP o en la carpeta que salió de él, o suéltela encima del campo. Se comprueba en este equipo que nada se haya agregado, quitado ni cambiado; nada se envía a nadie.',
    en: 'Choose the log that you exported, as its ZIP file or as the folder that came out of it, or drop it onto the field. It is checked on this computer that nothing was added, removed or changed; nothing is sent to anybody.',
  },
  'folder.choose': { es: 'Carpeta de la bitácora', en: 'Folder of the log' },
  'folder.none': {
    es: 'Elija el archivo ZIP de la bitácora, o la carpeta que salió de él',
    en: 'Choose the log’s ZIP file, or the folder that came out of it',
  },
  'folder.zip': { es: 'O su archivo ZIP', en: 'Or its ZIP file' },
  'folder.both': {
    es: 'Elija la carpeta o el archivo ZIP, no los dos',
    en: 'Choose the folder or the ZIP file, not both',
  },
  'folder.since': {
    es: 'Constancia de la vez anterior (opcional)',
    en: 'Checkpoint of last time (optional)',
  },
  'folder.since-hint': {
    es: 'La que guardó aquí, o el archivo checkpoint de una exportación anterior. Así se comprueba también que nada de lo de entonces se haya quitado ni cambiado.',
    en: 'The one that you saved here, or the file checkpoint of an earlier export. It is then also checked that nothing of that time was removed or changed.',
  },
  'folder.button': { es: 'Comprobar la bitácora', en: 'Check the log' },
  'folder.note-save': { es: 'Guardar la constancia', en: 'Save the checkpoint' },
  'folder.note-what': {
    es: 'Guárdela para la próxima vez: dice qué había hoy en la bitácora.',
    en: 'Keep it for next time: it says what was in the log today.',
  },
  'folder.note-file': { es: 'constancia', en: 'checkpoint' },
  'zip.zip-none': { es: 'Eso no es un archivo ZIP.', en: 'That is no ZIP file.' },
  'zip.zip-damaged': {
    es: 'El archivo ZIP está dañado: le falta algo o cambió. Cópielo o descárguelo de nuevo.',
    en: 'The ZIP file is damaged: something is missing or was changed. Copy or download it again.',
  },
  'zip.zip-locked': {
    es: 'El archivo ZIP tiene contraseña. Descomprímalo y elija la carpeta.',
    en: 'The ZIP file has a password. Unpack it and choose the folder.',
  },
  'zip.zip-kind': {
    es: 'El archivo ZIP está comprimido de una manera que aquí no se lee. Descomprímalo y elija la carpeta.',
    en: 'The ZIP file is packed in a way that is not read here. Unpack it and choose the folder.',
  },
  'zip.zip-large': {
    es: 'El archivo ZIP tiene más de lo que aquí se descomprime. Si es de fiar, descomprímalo y elija la carpeta.',
    en: 'The ZIP file has more in it than is unpacked here. If it can be trusted, unpack it and choose the folder.',
  },
  'zip.zip-name': {
    es: 'El archivo ZIP tiene nombres que ninguna exportación tiene: repetidos, o que llevan fuera de su carpeta. No lo descomprima; pida otro a quien se lo dio.',
    en: 'The ZIP file has names that no export has: one twice, or leading out of its folder. Do not unpack it; ask for another of whoever gave it to you.',
  },
  'zip.what': {
    es: 'No hay resultado, y esto no dice nada de la bitácora ({code}).',
    en: 'There is no result, and this says nothing of the log ({code}).',
  },
  'folder.reading': { es: 'Comprobando {name}…', en: 'Checking {name}…' },
  'folder.of': { es: 'Resultado de {name}', en: 'Result of {name}' },
  'folder.here': { es: 'este navegador', en: 'this browser' },
  'folder.unable': {
    es: 'No hay resultado: este navegador no pudo terminar la comprobación. No dice nada de la bitácora. Repítala con un navegador al día, o con hub log verify.',
    en: 'There is no result: this browser could not finish the check. It says nothing of the log. Try again with a current browser, or with hub log verify.',
  },

  'export.these': { es: 'Exportar estas entradas', en: 'Export these entries' },
  'export.what': {
    es: 'Lo que guarde no tiene nombres de personas. Cada exportación queda registrada.',
    en: 'What you save has no names of persons. Each export is recorded.',
  },
  'export.sheet': { es: 'Hoja de cálculo', en: 'Spreadsheet' },
  'export.sheet-what': {
    es: 'Las entradas que coinciden con los filtros, una por fila.',
    en: 'The entries that match the filters, one in each row.',
  },
  'export.sheet-all': {
    es: 'Todas las entradas que usted puede ver, una por fila.',
    en: 'All entries that you may see, one in each row.',
  },
  'export.sheet-save': { es: 'Guardar la hoja (CSV)', en: 'Save the spreadsheet (CSV)' },
  'export.folder': { es: 'Bitácora firmada', en: 'Signed log' },
  'export.folder-what': {
    es: 'Toda la bitácora, con sus firmas, en un archivo ZIP. Lo comprueba aquí mismo en Comprobar; o, sin confiar en esta página, descomprimido en su equipo y sin conexión:',
    en: 'The whole log with its signatures, in a ZIP file. Check it right here under Check; or, without trusting this page, unpacked on your computer and offline:',
  },
  'export.folder-save': { es: 'Guardar la bitácora (ZIP)', en: 'Save the log (ZIP)' },
  'export.rows': { es: 'Leídas {done} entradas…', en: '{done} entries read…' },
  'export.files': { es: 'Leídos {done} de {total} archivos…', en: '{done} of {total} files read…' },
  'export.saved': { es: 'Guardado: {file}.', en: 'Saved: {file}.' },
} as const
