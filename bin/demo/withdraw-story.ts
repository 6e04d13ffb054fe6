// What the demo says when a person withdraws.
import type { Language } from '../../texts/labels.ts'

export const withdrawStory = {
  'withdraw.title': { es: 'La persona se retira', en: 'A person withdraws' },
  'withdraw.story': {
    es: 'Quien consintió puede retirarse cuando quiera, por medio de cualquiera de las dos instituciones, sin dar razones. El intercambio destruye en ese mismo paso la llave de su referencia: nadie puede deshacerlo.',
    en: 'Whoever consented may withdraw at any time, through either institution, without giving reasons. In that very step the hub destroys the key of the referral: nobody can undo it.',
  },
  'withdraw.before': {
    es: 'Una persona más se retira poco después de que el IGM envió su referencia {folio}; La Alianza todavía no abre su bandeja:',
    en: 'One more person withdraws soon after IGM submitted referral {folio}; La Alianza has not opened its inbox yet:',
  },
  'withdraw.empty': {
    es: 'El mensaje llega sin contenido: se retuvo todo. Nadie en La Alianza supo quién era.',
    en: 'The message comes without content: everything was withheld. Nobody at La Alianza learnt who it was.',
  },
  'withdraw.after': {
    es: 'Otra se retira cuando La Alianza ya tiene sus datos ({folio}). Lo ya entregado está fuera del intercambio, así que se le pide a La Alianza eliminarlo:',
    en: 'Another one withdraws when La Alianza already has the details ({folio}). What was handed over is outside the hub, so La Alianza is asked to delete it:',
  },
  'withdraw.told': {
    es: 'ALA recibió la anulación ({reason}) y la solicitud de eliminar.',
    en: 'ALA got the cancellation ({reason}) and the request to delete.',
  },
  'withdraw.refused': {
    es: '{code}: ALA quiere abrir otra vez el contenido.',
    en: '{code}: ALA wants to open the content again.',
  },
  'withdraw.confirmed': {
    es: 'ALA confirmó, con su firma, que eliminó lo que tenía; al IGM le llegó el aviso.',
    en: 'ALA confirmed, signed, that it deleted what it held; IGM was told.',
  },
  'withdraw.certificate': {
    es: 'Cualquiera de las dos instituciones puede pedir la constancia. De la segunda dice:',
    en: 'Either institution may ask for the certificate. Of the second one it says:',
  },
  'withdraw.certified': {
    es: 'Nombra por su huella la llave que se destruyó y las {count} entradas de la bitácora que lo prueban; de la persona no dice nada.',
    en: 'It names by its digest the key that was destroyed, and the {count} log entries that prove it; of the person it says nothing.',
  },
  'withdraw.page': {
    es: 'También sale como página para imprimir, sin nada que se cargue de fuera.',
    en: 'It also comes as a page to print, with nothing that loads from elsewhere.',
  },
  'withdraw.honest': {
    es: 'El intercambio no dice que todo quedó borrado en todas partes, porque no puede saberlo: dice qué destruyó, qué permanece, y qué confirmó cada quien con su firma.',
    en: 'The hub does not say that everything is erased everywhere, because it cannot know: it says what it destroyed, what remains, and what each one confirmed with their signature.',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
