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

/** Whether this machine has any font: without one, text in an SVG is silently left blank. */
export async function canDrawText(): Promise<boolean> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="5" y="35" font-size="36">M</text></svg>';
  const { channels } = await sharp(Buffer.from(svg)).stats();
  return (channels.at(-1)?.max ?? 0) > 0;
}
