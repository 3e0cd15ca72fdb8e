/** The words of "Questions", in Italian. */
import type { QuestionsWords } from './words.ts';

export const it: QuestionsWords = {
  intro: 'Foto su cui la fotocamera vorrebbe sapere di più.',
  none: 'Adesso non ha niente da chiedere.',
  noneYet: 'Inquadra cose nuove: quello che non sa nominare arriva qui, con il motivo.',
  noneWithoutConsent:
    'La fotocamera non tiene foto su cui chiedere finché non le permetti di inviarle al tuo hub. Puoi farlo qui sotto.',
  budget: (most, minutes) =>
    `Al massimo ${String(most)} domande insieme, poi una ogni ${minutes} minuti. Aspettano qui finché Occhio è aperto.`,
  rules: 'Che cosa può chiedere',
  picture: 'La foto in questione',
};
