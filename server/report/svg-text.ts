/** Text in SVG that sharp draws. */
import sharp from 'sharp';

/** `text` as it has to stand in SVG: markup escaped, control characters (which XML forbids) left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/\p{Cc}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** What to do about a machine on which `canDrawText` is false. */
export const noFontText =
  'No font is installed, so text cannot be drawn; install one (on Debian: apt-get install fonts-dejavu-core).';

/** Whether this machine has any font: without one, every letter of an SVG is drawn as the same empty box. */
export async function canDrawText(): Promise<boolean> {
  const [first, second] = await Promise.all(['M', 'O'].map(drawn));
  return first?.equals(second ?? first) === false;
}

function drawn(letter: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="5" y="35" font-size="36">${letter}</text></svg>`;
  return sharp(Buffer.from(svg)).raw().toBuffer();
}
