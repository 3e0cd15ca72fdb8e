/** The words of "Questions", in English. */
export const en = {
  intro: 'What the camera would like to know.',
  none: 'Nothing to ask just now.',
  noneYet: 'Point the camera at new things: of what it sees, it asks about the pictures that teach it most.',
  noneWithoutConsent:
    'The camera keeps no pictures to ask about before you allow it to send them to your hub. You can do so below.',
  budget: (most: number, minutes: string, waiting: number): string =>
    `At most ${String(most)} questions at once, then one every ${minutes} minutes, and none while ${String(waiting)} wait. They wait here until you answer or skip them, also without a network.`,
  rules: 'What may be asked',
  picture: 'The picture in question',
  between: (one: string, other: string): string => `I cannot decide between ${one} and ${other}.`,
  unsure: (name: string): string => `I think it is ${name}, but I am not sure.`,
  common: 'I have seen more like this, and nobody has told me what it is.',
  novel: 'I have never seen anything like this.',
  whichIsIt: 'Which is it?',
  doubt: (said: string, rival: string): string => `You said ${said}. To me it looks like ${rival}.`,
  choices: 'The two labels',
};
