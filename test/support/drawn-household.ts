/** Things of a household on a table, drawn: pictures that may be shown to anybody. The shipped model has no name for them. */
import sharp from 'sharp';
import type { Random } from '../../protocol/learning/random.ts';

const side = 320;

/** By name, around the middle of a square of 200; `hue` is the thing's own. */
const things = {
  'moka pot': (hue) => `
    <path d="M-34 70 L-44 4 H44 L34 70Z" fill="hsl(${hue} 8% 62%)"/>
    <path d="M-34 70 L-44 4 H-8 L-10 70Z" fill="hsl(${hue} 10% 80%)"/>
    <path d="M-40 -4 L-58 -56 L-30 -66 H34 L42 -4Z" fill="hsl(${hue} 8% 70%)"/>
    <path d="M-40 -4 L-58 -56 L-30 -66 H-6 L-8 -4Z" fill="hsl(${hue} 10% 86%)"/>
    <rect x="-46" y="-6" width="92" height="12" rx="4" fill="hsl(${hue} 8% 40%)"/>
    <path d="M-28 -66 Q2 -84 32 -66Z" fill="hsl(${hue} 8% 52%)"/><circle cy="-82" r="9" fill="#23201c"/>
    <path d="M38 -54 H72 Q78 -54 76 -46 L66 8 H52 L60 -38 H40Z" fill="#23201c"/>`,
  'watering can': (hue) => `
    <path d="M-44 -20 H40 L46 66 Q46 74 38 74 H-42 Q-50 74 -50 66Z" fill="hsl(${hue} 46% 42%)"/>
    <path d="M-44 -20 H-16 L-20 74 H-42 Q-50 74 -50 66Z" fill="hsl(${hue} 46% 54%)"/>
    <path d="M42 40 L84 -34 L94 -28 L52 68Z" fill="hsl(${hue} 46% 36%)"/>
    <path d="M72 -48 L108 -28 L100 -18 L68 -38Z" fill="hsl(${hue} 40% 60%)"/>
    <path d="M-46 -12 C-110 -40 -100 62 -50 54" fill="none" stroke="hsl(${hue} 46% 34%)" stroke-width="11"/>
    <path d="M-38 -20 C-30 -70 26 -70 34 -20" fill="none" stroke="hsl(${hue} 46% 34%)" stroke-width="10"/>
    <ellipse cx="-2" cy="-20" rx="42" ry="9" fill="hsl(${hue} 46% 26%)"/>`,
  'rubber duck': () => `
    <path d="M-74 22 Q-88 -18 -60 -6 Q-30 8 8 -4 Q62 -4 66 34 Q64 74 0 74 Q-62 74 -74 22Z" fill="#f2bf22"/>
    <circle cx="26" cy="-34" r="38" fill="#f7cb3a"/>
    <path d="M-40 30 Q-10 2 22 30 Q0 58 -40 30Z" fill="#e0a915"/>
    <path d="M56 -36 L92 -30 Q94 -18 58 -16Z" fill="#e26a1b"/>
    <circle cx="36" cy="-46" r="7" fill="#1d1a16"/><circle cx="38" cy="-48" r="2.4" fill="#fff"/>`,
  'house key': (hue) => `
    <g fill="none" stroke="hsl(${hue} 30% 46%)" stroke-width="16"><circle cx="-46" r="32"/></g>
    <circle cx="-46" r="32" fill="none" stroke="hsl(${hue} 34% 62%)" stroke-width="7"/>
    <rect x="-14" y="-9" width="104" height="18" rx="4" fill="hsl(${hue} 30% 50%)"/>
    <rect x="-14" y="-9" width="104" height="7" rx="3" fill="hsl(${hue} 34% 66%)"/>
    <path d="M46 8 h14 v26 h-14Z M70 8 h14 v34 h-14Z" fill="hsl(${hue} 30% 46%)"/>`,
  cactus: (hue) => `
    <path d="M-40 20 H40 L30 76 H-30Z" fill="#b4613a"/><rect x="-46" y="12" width="92" height="16" rx="4" fill="#c8754c"/>
    <path d="M-22 14 V-56 Q-22 -84 0 -84 Q22 -84 22 -56 V14Z" fill="hsl(${hue} 40% 36%)"/>
    <path d="M22 -8 H44 Q54 -8 54 -18 V-44 Q54 -54 64 -54 Q74 -54 74 -44 V-10 Q74 12 52 12 H22Z" fill="hsl(${hue} 40% 32%)"/>
    <path d="M-22 -24 H-42 Q-50 -24 -50 -34 V-52 Q-50 -62 -60 -62 Q-70 -62 -70 -52 V-26 Q-70 -4 -48 -4 H-22Z" fill="hsl(${hue} 40% 40%)"/>
    <g stroke="#eef3df" stroke-width="3"><path d="M-10 -66 V8 M10 -66 V8" stroke-dasharray="4 10"/></g>`,
  'desk lamp': (hue) => `
    <ellipse cx="10" cy="70" rx="56" ry="12" fill="#22252a"/>
    <path d="M10 66 L-30 0 L30 -46" fill="none" stroke="#3b3f46" stroke-width="10" stroke-linejoin="round"/>
    <path d="M16 -70 L58 -46 L96 26 H-2Z" transform="rotate(24 30 -46)" fill="hsl(${hue} 62% 46%)"/>
    <ellipse cx="30" cy="22" rx="46" ry="10" transform="rotate(24 30 -46)" fill="#fff6cf"/>`,
  'pair of scissors': (hue) => `
    <g fill="none" stroke="hsl(${hue} 66% 44%)" stroke-width="15"><ellipse cx="-58" cy="34" rx="30" ry="22"/><ellipse cx="-58" cy="-34" rx="30" ry="22"/></g>
    <path d="M-34 24 L100 -46 Q108 -30 92 -22 L-26 40Z" fill="#c9d0d6"/>
    <path d="M-34 -24 L100 46 Q108 30 92 22 L-26 -40Z" fill="#9aa4ad"/><circle cx="4" r="7" fill="#4a5259"/>`,
} satisfies Record<string, (hue: string) => string>;

export type Thing = keyof typeof things;

/** Those that a room on show has labels for. */
export const roomThings = ['moka pot', 'watering can', 'rubber duck', 'house key'] as const satisfies readonly Thing[];

const hues: Readonly<Record<Thing, readonly [from: number, to: number]>> = {
  'moka pot': [200, 230],
  'watering can': [120, 190],
  'rubber duck': [0, 0],
  'house key': [36, 50],
  cactus: [90, 150],
  'desk lamp': [0, 30],
  'pair of scissors': [350, 360],
};

/** A JPEG of 320 x 320: the thing somewhere near the middle, in some size, light and place of the house. */
export function drawHousehold(thing: Thing, random: Random): Promise<Uint8Array> {
  const between = (from: number, to: number): number => Math.round((from + random.next() * (to - from)) * 100) / 100;
  const wall = `hsl(${String(between(20, 220))} ${String(between(8, 26))}% ${String(between(68, 90))}%)`;
  const table = `hsl(${String(between(18, 36))} ${String(between(18, 44))}% ${String(between(26, 52))}%)`;
  const edge = between(110, 150);
  const [x, y, size, turn] = [between(146, 174), between(146, 168), between(1.05, 1.4), between(-9, 9)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(side)}" height="${String(side)}">
    <defs><radialGradient id="light" cx="${String(between(0.2, 0.8))}" cy="0.1" r="1">
      <stop offset="0" stop-color="#fff" stop-opacity="0.34"/><stop offset="1" stop-color="#120a02" stop-opacity="0.3"/>
    </radialGradient><filter id="soft"><feGaussianBlur stdDeviation="9"/></filter></defs>
    <rect width="${String(side)}" height="${String(side)}" fill="${wall}"/>
    <rect y="${String(edge)}" width="${String(side)}" height="${String(side)}" fill="${table}"/>
    <g transform="translate(${String(x)} ${String(y)}) rotate(${String(turn)}) scale(${String(size)})">
      <ellipse cy="74" rx="82" ry="13" fill="#120a02" opacity="0.5" filter="url(#soft)"/>
      ${things[thing](String(between(...hues[thing])))}
    </g><rect width="${String(side)}" height="${String(side)}" fill="url(#light)"/></svg>`;
  return sharp(Buffer.from(svg)).flatten().jpeg({ quality: 88 }).toBuffer();
}
