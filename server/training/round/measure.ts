/** What is measured on a model that shares the base's front: on its tail alone, with latents that are known already. */
import { argMax } from '../../../protocol/learning/metrics.ts';
import { probedLayer } from '../../../protocol/learning/model-file.ts';
import type { Model, Probe } from '../../../protocol/learning/model-file.ts';
import { toInput } from '../../../protocol/learning/preprocess.ts';
import { tailSpec, weightsOf } from '../../../protocol/learning/tail.ts';
import type { Answer } from '../../gate/answer.ts';
import { recordsOf } from '../../models/latent-bank.ts';
import { probeInputs } from '../../models/probe-inputs.ts';
import { createInference, meanOf, outputsOf, outputsOfLayers } from '../inference.ts';
import type { Trainer } from '../trainer.ts';
import { lastCommonCut } from './cuts.ts';
import type { KnownBase } from './known-base.ts';
import type { SampleLatents } from './room-latents.ts';

type Network = Pick<Model, 'spec' | 'labels' | 'weights'>;

export type Examined = {
  /** By question: the key of the label that the network gives. */
  readonly keys: readonly string[];
  /** Over the bank's held-back records, which show all labels of the base; of a bank without, over the room's pictures: `[d]`. */
  readonly meanEmbedding: Float32Array;
};

export class Measuring {
  readonly #network: Network;
  readonly #base: KnownBase;
  /** Up to here the network is the base; the tail is what follows. */
  readonly #cut: string;
  readonly #tail: Trainer;

  private constructor(network: Network, base: KnownBase, cut: string, tail: Trainer) {
    this.#network = network;
    this.#base = base;
    this.#cut = cut;
    this.#tail = tail;
  }

  /** The caller disposes it. */
  static async of(network: Network, base: KnownBase, threads: number): Promise<Measuring> {
    const { spec, weights } = base.model;
    const cut = lastCommonCut(base.cuts, spec, weights, network.weights);
    const tail = tailSpec(network.spec, cut);
    const trainer = await createInference(tail, weightsOf(tail, network.weights), threads);
    return new Measuring(network, base, cut, trainer);
  }

  async examined(questions: readonly Question[]): Promise<Examined> {
    const { embedding, head } = this.#network.spec;
    const asked = questions.flatMap(({ plain }) => plain ?? []);
    const carried = (await this.#base.carried(asked, this.#cut)).values();
    const records = await this.#base.records(this.#cut);
    const latents = questions.flatMap(({ record }) => (record === null ? carried.next().value : records[record]) ?? []);
    const [embeddings = [], logits = []] = await outputsOfLayers(this.#tail, latents, [embedding, head]);
    const ofRecords = embeddings.filter((_, i) => questions[i]?.record !== null);
    const common = ofRecords.length > 0 ? ofRecords : embeddings;
    return {
      keys: logits.map((row) => this.#network.labels[argMax(row)]?.key ?? ''),
      meanEmbedding: common.length > 0 ? meanOf(common) : this.#base.model.meanEmbedding,
    };
  }

  /** As `probesOf`, for this network. */
  async probes(): Promise<readonly Probe[]> {
    const [size] = this.#network.spec.input;
    const inputs = probeInputs(size);
    const latents = await this.#base.front(
      inputs.map((data) => toInput({ data, width: size, height: size, channels: 3 }, size)),
    );
    const carried = await this.#base.carried(latents, this.#cut);
    const logits = await outputsOf(this.#tail, carried, probedLayer(this.#network.spec));
    return inputs.map((input, i) => ({ input, logits: logits[i] ?? new Float32Array() }));
  }

  async dispose(): Promise<void> {
    await this.#tail.dispose();
  }
}

/** What both models are asked. */
export type Question = Pick<Answer, 'use' | 'sample' | 'label'> & {
  /** Of a sample's picture, at the bank's cut; null: it is a record of the bank. */
  readonly plain: Float32Array | null;
  readonly record: number | null;
};

/** The room's labelled pictures and the bank's held-back ones. "None of these" is not asked. */
export function questionsOf({ bank, model }: KnownBase, room: readonly SampleLatents[]): readonly Question[] {
  return [
    ...room.flatMap(({ sample: { id, split, label }, plain }) =>
      label === null
        ? []
        : [
            {
              use: split === 'train' ? ('taught' as const) : ('check' as const),
              sample: id,
              label,
              plain,
              record: null,
            },
          ],
    ),
    ...recordsOf(bank, 'gate').map((record) => ({
      use: 'check' as const,
      sample: null,
      label: model.labels[bank.labels[record] ?? 0]?.key ?? '',
      plain: null,
      record,
    })),
  ];
}
