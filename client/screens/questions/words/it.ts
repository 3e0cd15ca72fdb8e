/** The words of "Questions", in Italian. */
import type { QuestionsWords } from './words.ts';

export const it: QuestionsWords = {
  intro: 'Che cosa la fotocamera vorrebbe sapere.',
  none: 'Adesso non ha niente da chiedere.',
  noneYet: 'Inquadra cose nuove: di quello che vede, chiede le foto che le insegnano di più.',
  noneWithoutConsent:
    'La fotocamera non tiene foto su cui chiedere finché non le permetti di inviarle al tuo hub. Puoi farlo qui sotto.',
  budget: (most, minutes, waiting) =>
    `Al massimo ${String(most)} domande insieme, poi una ogni ${minutes} minuti, e nessuna finché ne aspettano ${String(waiting)}. Restano qui, anche senza rete, finché non rispondi o le salti.`,
  rules: 'Che cosa può chiedere',
  picture: 'La foto in questione',
  between: (one, other) => `Non so decidermi fra ${one} e ${other}.`,
  unsure: (name) => `Credo che sia ${name}, ma non ne sono certo.`,
  common: 'Ne ho viste altre così, e nessuno mi ha detto che cosa sono.',
  novel: 'Non ho mai visto niente di simile.',
  whichIsIt: 'Quale dei due?',
  doubt: (said, rival) => `Hai detto ${said}. A me sembra ${rival}.`,
  choices: 'Le due etichette',
};
