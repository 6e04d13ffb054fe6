// What to do about a contradiction in what a hub keeps.
import type { Language } from './language.ts'

export type Said = Record<'what' | 'todo', Record<Language, string>>

export const restore = {
  es: 'No corrija filas a mano: detenga el intercambio, guarde una copia de la carpeta y siga «Restoring» de docs/operations.md.',
  en: 'Do not mend rows by hand: stop the hub, keep a copy of the folder and follow “Restoring” of docs/operations.md.',
}
export const waits = {
  es: 'Inicie el intercambio: sus tareas de cada minuto lo completan. Si sigue ahí después de diez minutos, guarde una copia de la carpeta y avise al proveedor.',
  en: 'Start the hub: its work of each minute completes it. If it is still there after ten minutes, keep a copy of the folder and tell the supplier.',
}
export const tell = {
  es: 'Guarde una copia de la carpeta y avise al proveedor: ninguna tarea del intercambio deja esto así.',
  en: 'Keep a copy of the folder and tell the supplier: nothing that the hub does leaves this behind.',
}
export const incident = {
  es: 'Trátelo como un incidente: avise al oficial de cumplimiento, guarde una copia de la carpeta y compare con la última bitácora exportada (hub log verify).',
  en: 'Treat it as an incident: tell the compliance officer, keep a copy of the folder and compare with the last exported log (hub log verify).',
}
export const withdrawAgain = {
  es: 'Inicie el intercambio: el reloj destruye lo que quedó. O registre otra vez el retiro: hub withdraw.',
  en: 'Start the hub: the clock destroys what is left. Or pass the withdrawal on again: hub withdraw.',
}
export const redrive = {
  es: 'Pídalos de nuevo con hub inbox redrive, como la institución que los espera.',
  en: 'Ask for them again with hub inbox redrive, as the institution that waits for them.',
}
