/** The words of "Questions". */
import { msg, str } from '@lit/localize';
import { spoken } from '../../i18n/spoken.ts';

export type QuestionsWords = ReturnType<typeof questionsWords>;

export const questionsWords = spoken(() => ({
  intro: msg('What the camera would like to know.', { id: 'questions.intro' }),
  none: msg('Nothing to ask just now.', { id: 'questions.none' }),
  noneYet: msg('Point the camera at new things: of what it sees, it asks about the pictures that teach it most.', {
    id: 'questions.noneYet',
  }),
  noneWithoutConsent: msg(
    'The camera keeps no pictures to ask about until you allow it to send them to your hub. You can do so below.',
    { id: 'questions.noneWithoutConsent' },
  ),
  waiting: (most: number): string =>
    msg(
      str`It asks no more while ${most} wait. They wait here until you answer or skip them, also without a network.`,
      { id: 'questions.waiting' },
    ),
  pausedUntil: (when: string): string =>
    msg(str`It has asked all that it may for now. The next question can come from ${when} on.`, {
      id: 'questions.pausedUntil',
      desc: 'A day of the week and a time',
    }),
  rules: msg('What may be asked', { id: 'questions.rules' }),
  picture: msg('The picture in question', { id: 'questions.picture' }),
  badPhoto: msg('Bad photo', { id: 'questions.badPhoto', desc: 'Button: this picture is to be thrown away' }),
  between: (one: string, other: string): string =>
    msg(str`I cannot decide between ${one} and ${other}.`, {
      id: 'questions.between',
      desc: 'Names of things, without an article',
    }),
  unsure: (name: string): string => msg(str`I think it is ${name}, but I am not sure.`, { id: 'questions.unsure' }),
  common: msg('I have seen more like this, and nobody has told me what it is.', { id: 'questions.common' }),
  novel: msg('I have never seen anything like this.', { id: 'questions.novel' }),
  whichIsIt: msg('Which is it?', { id: 'questions.whichIsIt' }),
  doubt: (said: string, rival: string): string =>
    msg(str`You said ${said}. To me it looks like ${rival}.`, { id: 'questions.doubt' }),
  choices: msg('The two labels', { id: 'questions.choices' }),
}));
