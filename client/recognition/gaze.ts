/** Looks at what keeps still from one glance after the other, a frame each: what a picture gets, a scene gets over a few frames. */
import type { Seen } from '../../protocol/learning/glances.ts';
import { glanceCount, seenBy } from '../../protocol/learning/glances.ts';
import { signatureDistance } from './signature.ts';

/** From this distance of signatures (mean luma, of 255) on it is another scene; a hand that trembles stays below. What is missed is looked at anew within `glanceCount` frames. */
const sceneChange = 8;

export class Gaze {
  #scene: Uint8Array | undefined;
  /** The newest embedding of each glance at the scene so far. */
  #embeddings: Float32Array[] = [];
  #glance = 0;

  /** The glance for a frame of this signature: the whole picture of a new scene, the others in turn with each further frame. */
  next(signature: Uint8Array): number {
    if (this.#scene && signatureDistance(this.#scene, signature) >= sceneChange) this.restart();
    // The scene is what the whole picture last showed, so that slow changes are no other scene.
    if (this.#glance === 0) this.#scene = signature;
    return this.#glance;
  }

  /** Takes the embedding of the glance that `next` gave, and gives all that is known of the scene. */
  add(embedding: Float32Array): Seen {
    this.#embeddings[this.#glance] = embedding;
    this.#glance = (this.#glance + 1) % glanceCount;
    return seenBy(this.#embeddings);
  }

  /** What comes is another scene, or is seen by another model. */
  restart(): void {
    this.#scene = undefined;
    this.#embeddings = [];
    this.#glance = 0;
  }
}
