/** Runs in the app's page: tfjs' own way from a video to a label, with the network that the app uses. */
import '@tensorflow/tfjs-backend-webgl';
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import { browser, div, env, expandDims, image, setBackend, slice, sub, tensor, tidy } from '@tensorflow/tfjs-core';
import { applyLayer } from '../../../protocol/learning/forward.ts';
import type { Model } from '../../../protocol/learning/model-file.ts';
import { decodeModel } from '../../../protocol/learning/model-file.ts';
import { inputName } from '../../../protocol/learning/model-spec.ts';
import { placeLayers } from '../../../protocol/learning/shapes.ts';
import type {} from '../../../client/elements/occhio-app.ts'; // for the type of the element
import type { Session } from '../../../client/session.ts';

/** Looks at the middle square of the app's video. */
type TfjsPath = {
  /** Labels the video's frame of now; resolves with the time that it took, in ms. */
  readonly frame: () => Promise<number>;
};

declare global {
  interface Window {
    readonly startTfjsPath: () => Promise<TfjsPath>;
  }
}

Object.assign(window, {
  async startTfjsPath(): Promise<TfjsPath> {
    const session = document.querySelector('occhio-app')?.session;
    const video = videoOf(session);
    const model = await modelOf(session);
    // Without a graphics processor tfjs refuses unless it is told to.
    env().set('SOFTWARE_WEBGL_ENABLED', true);
    if (!(await setBackend('webgl'))) throw new Error('tfjs has no webgl here.');
    const predict = networkOf(model);
    const [size] = model.spec.input;
    const frame = async (): Promise<number> => {
      const startMs = performance.now();
      const logits = tidy(() => {
        const pixels = middle(browser.fromPixels(video));
        const small = image.resizeBilinear(pixels, [size, size], false, true);
        return predict(expandDims(sub(div(small, 127.5), 1)));
      });
      await logits.data();
      logits.dispose();
      return performance.now() - startMs;
    };
    return { frame };
  },
});

function videoOf(session: Session | undefined): HTMLVideoElement {
  const state = session?.camera.state.peek();
  if (state?.kind !== 'on' || !(state.source.picture instanceof HTMLVideoElement))
    throw new Error(`Expected a running camera, found: ${state?.kind ?? 'no app'}.`);
  return state.source.picture;
}

async function modelOf(session: Session | undefined): Promise<Model> {
  const state = session?.models.state.peek();
  if (state?.kind !== 'live') throw new Error(`Expected a live model, found: ${state?.kind ?? 'no app'}.`);
  const response = await fetch(`/models/${state.held.hash}`);
  return decodeModel(new Uint8Array(await response.arrayBuffer()));
}

function middle(pixels: Tensor3D): Tensor3D {
  const [height, width] = pixels.shape;
  const side = Math.min(height, width);
  return slice(pixels, [(height - side) >> 1, (width - side) >> 1, 0], [side, side, 3]);
}

/** The head's logits for an input `[1, size, size, 3]`; to be called in `tidy`. */
function networkOf({ spec, weights }: Model): (input: Tensor) => Tensor {
  const tensors = new Map([...weights].map(([name, { values, shape }]) => [name, tensor(values, [...shape])]));
  const layers = placeLayers(spec);
  return (input) => {
    const outputs = new Map<string, Tensor>([[inputName, input]]);
    for (const { layer, feeds } of layers) {
      const [x, second] = feeds.map((feed) => outputs.get(feed));
      if (!x) throw new Error(`The layer ${layer.name} comes before what feeds it.`);
      const [kernel, bias] = ['kernel', 'bias'].map((role) => tensors.get(`${layer.name}/${role}`));
      outputs.set(layer.name, applyLayer(layer, { x, second, kernel, bias }));
    }
    const logits = outputs.get(spec.head);
    if (!logits) throw new Error('The network has no head.');
    return logits;
  };
}
