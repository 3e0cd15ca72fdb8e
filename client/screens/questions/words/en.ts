/** The words of "Questions", in English. */
export const en = {
  intro: 'Pictures that the camera would like to know about.',
  none: 'Nothing to ask just now.',
  noneYet: 'Point the camera at new things: what it cannot name comes here, with the reason.',
  noneWithoutConsent:
    'The camera keeps no pictures to ask about before you allow it to send them to your hub. You can do so below.',
  budget: (most: number, minutes: string): string =>
    `At most ${String(most)} questions at once, then one every ${minutes} minutes. They wait here while Occhio is open.`,
  rules: 'What may be asked',
  picture: 'The picture in question',
};
