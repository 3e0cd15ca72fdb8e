/** A clip drawn by this file while it runs, so that the app shows its work without a camera: `?camera=demo`. */
import type { FrameSource } from './frame-source.ts';

const side = 640;
const secondsPerThing = 6;

export class Demo implements FrameSource {
  readonly picture = document.createElement('canvas');
  readonly moving = true;
  #drawing: number | undefined;

  constructor() {
    this.picture.width = side;
    this.picture.height = side;
  }

  start(): Promise<void> {
    // Every frame of it is read: kept off the graphics processor, that takes a tenth of the time.
    const context = this.picture.getContext('2d', { willReadFrequently: true });
    const draw = (atMs: number): void => {
      if (context) drawScene(context, atMs / 1000);
      this.#drawing = requestAnimationFrame(draw);
    };
    draw(performance.now());
    return Promise.resolve();
  }

  stop(): void {
    if (this.#drawing !== undefined) cancelAnimationFrame(this.#drawing);
  }
}

/** One thing after the other, each in a place of its own, seen from a hand that is never quite still. */
function drawScene(context: CanvasRenderingContext2D, seconds: number): void {
  const [thing, place] = scenes[Math.floor(seconds / secondsPerThing) % scenes.length] ?? [];
  context.setTransform(1, 0, 0, 1, 0, 0);
  place?.(context);
  // Above the middle and not too large: on a phone the guide lies there, and is narrower than the picture.
  context.translate(side / 2 + 10 * Math.sin(seconds * 1.3), side / 2 - 55 + 8 * Math.sin(seconds * 1.7));
  context.rotate(0.05 * Math.sin(seconds * 0.9));
  const size = 0.64 + 0.03 * Math.sin(seconds);
  context.scale(size, size);
  thing?.(context);
}

type Draw = (context: CanvasRenderingContext2D) => void;

const orange: Draw = (context) => {
  const skin = context.createRadialGradient(-60, -70, 20, 0, 0, 190);
  skin.addColorStop(0, '#ffc25e');
  skin.addColorStop(0.6, '#f58a1c');
  skin.addColorStop(1, '#b95c06');
  disc(context, skin, 0, 0, 180);
  context.fillStyle = '#4f7a2a';
  context.beginPath();
  context.ellipse(20, -178, 55, 20, -0.4, 0, 2 * Math.PI);
  context.fill();
};

const mug: Draw = (context) => {
  context.lineWidth = 34;
  context.strokeStyle = '#2d6ea8';
  context.beginPath();
  context.arc(140, 10, 75, -1.4, 1.4);
  context.stroke();
  const glaze = context.createLinearGradient(-150, 0, 150, 0);
  glaze.addColorStop(0, '#5fa4de');
  glaze.addColorStop(1, '#245a8c');
  context.fillStyle = glaze;
  context.beginPath();
  context.roundRect(-150, -160, 300, 340, 30);
  context.fill();
  context.fillStyle = '#3a2216';
  context.beginPath();
  context.ellipse(0, -155, 145, 34, 0, 0, 2 * Math.PI);
  context.fill();
};

const clock: Draw = (context) => {
  const hands = '#22252a';
  disc(context, '#3b3f46', 0, 0, 200);
  disc(context, '#fbf8f0', 0, 0, 178);
  for (let hour = 0; hour < 12; hour++) {
    const [x, y] = [Math.sin((hour / 6) * Math.PI), -Math.cos((hour / 6) * Math.PI)];
    line(context, hour % 3 ? 6 : 12, [150 * x, 150 * y], [168 * x, 168 * y], hands);
  }
  line(context, 14, [0, 0], [-50, -80], hands);
  line(context, 9, [0, 0], [95, -95], hands);
  disc(context, '#c0392b', 0, 0, 12);
};

const planks: Draw = (context) => {
  fill(context, '#a9794f');
  for (let y = 0; y < side; y += 80) {
    line(context, 4, [0, y], [side, y], '#6d4a2c');
    for (let grain = 16; grain < 80; grain += 16) line(context, 2, [0, y + grain], [side, y + grain - 6], '#9a6b42');
  }
};

const tablecloth: Draw = (context) => {
  fill(context, '#f3f0e8');
  for (let at = 0; at < side; at += 106) {
    line(context, 53, [at, 0], [at, side], '#b8323266');
    line(context, 53, [0, at], [side, at], '#b8323266');
  }
};

const wallpaper: Draw = (context) => {
  fill(context, '#5d7a6a');
  for (let x = 32; x < side; x += 64)
    for (let y = 32; y < side; y += 64) disc(context, '#d9e4d4', x + ((y - 32) % 128) / 2, y, 7);
};

/** Things in one and the same place look alike to a network that is corrected about one of them. */
const scenes: readonly (readonly [thing: Draw, place: Draw])[] = [
  [orange, planks],
  [mug, tablecloth],
  [clock, wallpaper],
];

function fill(context: CanvasRenderingContext2D, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(0, 0, side, side);
}

function disc(context: CanvasRenderingContext2D, fill: string | CanvasGradient, x: number, y: number, r: number): void {
  context.fillStyle = fill;
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.fill();
}

type Point = readonly [x: number, y: number];

function line(context: CanvasRenderingContext2D, width: number, from: Point, to: Point, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
