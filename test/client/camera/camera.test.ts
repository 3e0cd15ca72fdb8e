import { expect, it } from 'vitest';
import { Camera } from '../../../client/camera/camera.ts';
import type { FrameSource, Picture, SourceProblem } from '../../../client/camera/frame-source.ts';
import { SourceError } from '../../../client/camera/frame-source.ts';

/** A source without a picture: a camera does not look at it. */
class TestSource implements FrameSource {
  readonly picture = {} as Picture;
  readonly moving: boolean;
  running = false;
  starts = 0;
  end: (problem: SourceProblem) => void = () => undefined;
  readonly #problem: SourceProblem | undefined;

  constructor(options: { readonly moving?: boolean; readonly problem?: SourceProblem } = {}) {
    this.moving = options.moving ?? true;
    this.#problem = options.problem;
  }

  start(onEnd: (problem: SourceProblem) => void): Promise<void> {
    if (this.#problem) return Promise.reject(new SourceError(this.#problem));
    this.starts++;
    this.running = true;
    this.end = onEnd;
    return Promise.resolve();
  }

  stop(): void {
    this.running = false;
  }
}

it('lets go of the camera while the page is hidden, and takes it up again when it is seen', async () => {
  const [camera, source] = [new Camera(), new TestSource()];
  await camera.open(source);
  await camera.pageHidden(true);
  expect([camera.state.peek().kind, source.running]).toEqual(['hidden', false]);
  await camera.pageHidden(false);
  expect([camera.state.peek().kind, source.running, source.starts]).toEqual(['on', true, 2]);
});

it('lets go of a camera that starts only after the page was hidden', async () => {
  const [camera, source] = [new Camera(), new TestSource()];
  const opened = camera.open(source);
  await camera.pageHidden(true);
  await opened;
  expect([camera.state.peek().kind, source.running]).toEqual(['hidden', false]);
  await camera.pageHidden(false);
  expect([camera.state.peek().kind, source.running]).toEqual(['on', true]);
});

it('keeps a still picture while the page is hidden', async () => {
  const [camera, source] = [new Camera(), new TestSource({ moving: false })];
  await camera.open(source);
  await camera.pageHidden(true);
  expect([camera.state.peek().kind, source.running]).toEqual(['on', true]);
});

it.each(['denied', 'none', 'busy', 'insecure', 'unreadable'] as const)(
  'says why there is no picture: %s',
  async (problem) => {
    const camera = new Camera();
    await camera.open(new TestSource({ problem }));
    expect(camera.state.peek()).toEqual({ kind: 'failed', why: problem });
  },
);

it('notices that the camera was taken away, and hears nothing of it from one that it has left', async () => {
  const [camera, first, second] = [new Camera(), new TestSource(), new TestSource()];
  await camera.open(first);
  await camera.open(second);
  expect(first.running).toBe(false);
  first.end('unplugged');
  expect(camera.state.peek().kind).toBe('on');
  second.end('unplugged');
  expect(camera.state.peek()).toEqual({ kind: 'failed', why: 'unplugged' });
});

it('uses the last of two sources that are opened at once', async () => {
  const [camera, slow, last] = [new Camera(), new TestSource(), new TestSource()];
  await Promise.all([camera.open(slow), camera.open(last)]);
  expect(camera.state.peek()).toEqual({ kind: 'on', source: last });
  expect([slow.running, last.running]).toEqual([false, true]);
});
