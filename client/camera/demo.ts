/** A clip drawn by this file while it runs, so that the app shows its work without a camera: `?camera=demo`. */
import type { FrameSource } from './frame-source.ts';
import type { Size } from './guide.ts';

/** Upright on a phone, as its camera would be. */
const [short, long] = [480, 854];
const secondsPerThing = 6;

export class Demo implements FrameSource {
  readonly picture = document.createElement('canvas');
  readonly moving = true;
  #drawing: number | undefined;

  constructor() {
    const upright = innerHeight > innerWidth;
    this.picture.width = upright ? short : long;
    this.picture.height = upright ? long : short;
  }

  start(): Promise<void> {
    // Every frame of it is read: kept off the graphics processor, that takes a tenth of the time.
    const context = this.picture.getContext('2d', { willReadFrequently: true });
    const clip = scenes.map(([thing, place]) => ({ thing, place: drawn(place, this.picture) }));
    const startMs = performance.now();
    const draw = (atMs: number): void => {
      // The first frame may have begun before the clip did.
      const seconds = Math.max(0, atMs - startMs) / 1000;
      const scene = clip[Math.floor(seconds / secondsPerThing) % clip.length];
      if (context && scene) drawScene(context, scene, seconds);
      this.#drawing = requestAnimationFrame(draw);
    };
    draw(startMs);
    return Promise.resolve();
  }

  stop(): void {
    if (this.#drawing !== undefined) cancelAnimationFrame(this.#drawing);
  }
}

/** Seen from a hand that is never quite still. */
function drawScene(context: CanvasRenderingContext2D, { thing, place }: Scene, seconds: number): void {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(place, 0, 0);
  // Where the guide lies: above the middle when the buttons are below the picture.
  const y = height > width ? 0.38 * height : 0.52 * height;
  context.translate(width / 2 + 8 * Math.sin(seconds * 1.3), y + 6 * Math.sin(seconds * 1.7));
  context.rotate(0.05 * Math.sin(seconds * 0.9));
  const size = 0.72 + 0.03 * Math.sin(seconds);
  context.scale(size, size);
  thing(context);
}

/** Drawn once: it does not move. */
function drawn(place: Draw, { width, height }: Size): CanvasImageSource {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context) place(context);
  return canvas;
}

type Scene = { readonly thing: Draw; readonly place: CanvasImageSource };

/** A thing is drawn around 0, 0 and about 400 wide; a place fills its canvas. */
type Draw = (context: CanvasRenderingContext2D) => void;

const mug: Draw = (context) => {
  context.lineWidth = 36;
  context.strokeStyle = '#d5d9de';
  context.beginPath();
  context.arc(150, 10, 75, -1.35, 1.35);
  context.stroke();
  const glaze = context.createLinearGradient(-150, 0, 150, 0);
  glaze.addColorStop(0, '#c9ced4');
  glaze.addColorStop(0.3, '#ffffff');
  glaze.addColorStop(1, '#8f959c');
  context.fillStyle = glaze;
  context.beginPath();
  context.moveTo(-150, -150);
  context.lineTo(-138, 150);
  context.quadraticCurveTo(0, 215, 138, 150);
  context.lineTo(150, -150);
  context.fill();
  oval(context, '#e9ecef', [0, -150], [150, 44]);
  oval(context, '#3a2216', [0, -145], [132, 34]);
};

const clock: Draw = (context) => {
  const ink = '#15171a';
  disc(context, '#3b3f46', [0, 0], 205);
  disc(context, '#fbf8f0', [0, 0], 178);
  context.fillStyle = ink;
  context.font = 'bold 44px sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let hour = 1; hour <= 12; hour++) context.fillText(String(hour), ...onDial(hour / 12, 128));
  for (let minute = 0; minute < 60; minute++) {
    const [width, inner] = minute % 5 ? [3, 164] : [7, 158];
    line(context, width, onDial(minute / 60, inner), onDial(minute / 60, 172), ink);
  }
  line(context, 15, [12, 20], [-52, -82], ink);
  line(context, 10, [-16, 16], [96, -100], ink);
  disc(context, '#c0392b', [0, 0], 13);
};

/** Like nothing that the base knows: something to name. */
const rubberDuck: Draw = (context) => {
  const body = context.createRadialGradient(-60, 0, 20, 0, 60, 230);
  body.addColorStop(0, '#fff08a');
  body.addColorStop(0.6, '#fbd21a');
  body.addColorStop(1, '#c49305');
  context.fillStyle = body;
  context.beginPath();
  context.moveTo(-200, 20);
  context.quadraticCurveTo(-230, -50, -170, -40);
  context.quadraticCurveTo(-60, 10, 60, -20);
  context.bezierCurveTo(260, 40, 190, 200, 20, 200);
  context.bezierCurveTo(-130, 200, -190, 120, -200, 20);
  context.fill();
  disc(context, '#fbd83a', [95, -85], 95);
  oval(context, '#ee7a12', [195, -70], [52, 22]);
  disc(context, '#ffffff', [120, -115], 24);
  disc(context, '#111111', [126, -113], 13);
  context.strokeStyle = '#c49305';
  context.lineWidth = 8;
  context.beginPath();
  context.arc(-10, 70, 80, 0.2, 2.6);
  context.stroke();
};

const planks: Draw = (context) => {
  const { width, height } = context.canvas;
  fill(context, '#a9794f');
  for (let y = 0; y < height; y += 80) {
    line(context, 4, [0, y], [width, y], '#6d4a2c');
    for (let grain = 16; grain < 80; grain += 16) line(context, 2, [0, y + grain], [width, y + grain - 6], '#9a6b42');
  }
};

const wallpaper: Draw = (context) => {
  const { width, height } = context.canvas;
  fill(context, '#8d4f3f');
  for (let x = 20; x < width; x += 40) line(context, 18, [x, 0], [x, height], '#9c5a49');
};

const tiles: Draw = (context) => {
  const { width, height } = context.canvas;
  fill(context, '#9cc3e6');
  for (let x = 0; x < width; x += 120) line(context, 4, [x, 0], [x, height], '#c9dff2');
  for (let y = 0; y < height; y += 120) line(context, 4, [0, y], [width, y], '#c9dff2');
};

/**
 * Things in one and the same place look alike to a network that is corrected about one of them. Whoever has no camera here sees at
 * once what the app is for: two things that it knows, and then one to teach it.
 */
const scenes: readonly (readonly [thing: Draw, place: Draw])[] = [
  [mug, wallpaper],
  [clock, planks],
  [rubberDuck, tiles],
];

type Point = readonly [x: number, y: number];

const onDial = (turn: number, radius: number): Point => [
  radius * Math.sin(turn * 2 * Math.PI),
  -radius * Math.cos(turn * 2 * Math.PI),
];

function fill(context: CanvasRenderingContext2D, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
}

function disc(context: CanvasRenderingContext2D, colour: string, middle: Point, radius: number): void {
  oval(context, colour, middle, [radius, radius]);
}

function oval(context: CanvasRenderingContext2D, colour: string, middle: Point, radii: Point): void {
  context.fillStyle = colour;
  context.beginPath();
  context.ellipse(...middle, ...radii, 0, 0, 2 * Math.PI);
  context.fill();
}

function line(context: CanvasRenderingContext2D, width: number, from: Point, to: Point, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
