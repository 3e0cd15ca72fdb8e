/** A network placed in the shared memory, and the stages of a training step or of a forward pass over it. */
import type { Layer } from '../../../protocol/learning/model-spec.ts';
import { placeLayers, type PlacedLayer } from '../../../protocol/learning/shapes.ts';
import type { LossTerm, Optimizer, TrainerOptions } from '../trainer.ts';
import { placeBuffers, type Buffers } from './buffers.ts';
import { Arena, type Regions } from './memory.ts';
import { AddNode } from './nodes/add-node.ts';
import { ConvNode } from './nodes/conv-node.ts';
import { ConvPoolNode } from './nodes/conv-pool-node.ts';
import { DenseNode } from './nodes/dense-node.ts';
import { DepthwiseNode } from './nodes/depthwise-node.ts';
import { FlattenNode } from './nodes/flatten-node.ts';
import { GlobalAveragePoolNode } from './nodes/global-average-pool-node.ts';
import { MaxPoolNode } from './nodes/max-pool-node.ts';
import type { Node, Placing, Run, Tensor } from './nodes/node.ts';
import { PointwiseNode } from './nodes/pointwise-node.ts';
import { isTrained, planOf, type Plan } from './plan.ts';
import { reserveParameter, type Parameter } from './parameter.ts';
import type { Images, Stage } from './stage.ts';
import { placeTensors } from './tensors.ts';

/** Everything that decides the layout: two networks of the same options lie alike. */
export type NetworkOptions = Omit<TrainerOptions, 'weights'> & {
  readonly threads: number;
  readonly gemmScratchBytes: number;
};

/** A loss term with the places of its targets and results, per example. */
export type PlacedLoss = {
  readonly term: LossTerm;
  readonly units: number;
  readonly output: Tensor;
  readonly targets: number;
  readonly losses: number;
  readonly hits: number;
};

type PlacedNode = {
  readonly name: string;
  readonly feeds: readonly string[];
  readonly output: Tensor;
  readonly trained: boolean;
  readonly node: Node;
};

type StepRun = Run & { readonly contributed: ReadonlySet<Tensor> };

/** For the rehearsal, which comes before anything is placed. */
const noRegions: Regions = { accumulators: 0, accumulatorBytes: 0, scratch: 0, scratchBytes: 0, totalBytes: 0 };

export class Network {
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Layers whose output is not kept, and the only layer that reads it. */
  readonly unkept: ReadonlyMap<string, string>;
  readonly losses: readonly PlacedLoss[];
  readonly regions: Regions;
  readonly optimizer: Optimizer;
  /** Byte offsets of the barrier's state, the optimizer's numbers and the examples' weights. */
  readonly barrier: number;
  readonly hyper: number;
  readonly exampleWeights: number;
  readonly #nodes: readonly PlacedNode[];
  readonly #buffers: Buffers;
  readonly #threads: number;

  /** Throws an Error that names the layer when a loss is not on a dense layer. */
  constructor(options: NetworkOptions) {
    const { spec, batchSize, threads } = options;
    const arena = new Arena();
    const placed = placeLayers(spec);
    this.#threads = threads;
    this.optimizer = options.optimizer;
    this.barrier = arena.reserve(2);
    this.hyper = arena.reserve(6);
    this.exampleWeights = arena.reserve(batchSize);
    this.parameters = new Map(
      placed.flatMap(({ weights }) => weights).map((weight) => [weight.name, reserveParameter(arena, weight)]),
    );
    const plan = planOf(options, placed);
    const pooledBy = new Map([...plan.pooled].map(([pool, { layer }]) => [layer.name, pool]));
    this.unkept = new Map([...pooledBy, ...plan.passing]);
    this.tensors = placeTensors(options, placed, plan, arena);
    this.losses = options.losses.map((term) => placeLoss(term, { placed, tensors: this.tensors, arena, batchSize }));
    this.#nodes = placed
      .filter(({ layer }) => !pooledBy.has(layer.name))
      .map((layer) => this.#place(layer, plan, options, arena));
    this.#buffers = placeBuffers(arena, options, (buffers) =>
      this.#stages(this.#run({ count: batchSize, training: true, regions: noRegions, buffers })),
    );
    this.regions = arena.close(threads);
  }

  /** One optimizer step on `count` examples. */
  stepStages(count: number): readonly Stage[] {
    return this.#stages(this.#run({ count, training: true, regions: this.regions, buffers: this.#buffers }));
  }

  #stages(run: StepRun): readonly Stage[] {
    const nodes = this.#leadingTo(this.losses.map(({ term }) => term.layer));
    const losses = this.losses.map((loss) => this.#lossStage(loss, run));
    const reached: PlacedNode[] = [];
    const backward = nodes.toReversed().flatMap((placed) => {
      if (!run.contributed.has(placed.output)) return [];
      if (placed.trained) reached.push(placed);
      return placed.node.backward(run);
    });
    return [
      this.#prepareStage(nodes, run),
      ...nodes.flatMap(({ node }) => node.forward(run)),
      ...losses,
      ...backward,
      {
        split: 'threads',
        emit: (emit, thread) => {
          for (const { node } of reached) node.update?.(emit, run, thread);
        },
      },
    ];
  }

  /** The outputs of `layers` for `count` inputs. */
  forwardStages(count: number, layers: readonly string[]): readonly Stage[] {
    const kept = (tensor: Tensor, { first }: Images): number =>
      (tensor.value ?? tensor.sums ?? NaN) + first * tensor.size * 4;
    const buffers = { ...this.#buffers, value: kept, target: kept };
    const run = this.#run({ count, training: false, regions: this.regions, buffers });
    const nodes = this.#leadingTo(layers);
    return [this.#prepareStage(nodes, run), ...nodes.flatMap(({ node }) => node.forward(run))];
  }

  #run(options: Pick<Run, 'count' | 'training' | 'regions'> & { readonly buffers: Buffers }): StepRun {
    const { buffers, ...rest } = options;
    const contributed = new Set<Tensor>();
    const run: StepRun = {
      ...rest,
      ...buffers,
      contributed,
      contribute: (tensor) => {
        if (contributed.has(tensor)) return 1;
        contributed.add(tensor);
        return 0;
      },
      restored: (tensor) => {
        if (tensor.value !== undefined) return [];
        const stage = this.#nodes.find(({ output }) => output === tensor)?.node.restore?.(run);
        return stage ? [stage] : [];
      },
    };
    return run;
  }

  /** The named layers and all that they depend on, in order. */
  #leadingTo(names: readonly string[]): readonly PlacedNode[] {
    const needed = new Set(names);
    for (const { name, feeds } of this.#nodes.toReversed()) if (needed.has(name)) for (const f of feeds) needed.add(f);
    return this.#nodes.filter(({ name }) => needed.has(name));
  }

  #prepareStage(nodes: readonly PlacedNode[], run: Run): Stage {
    return {
      split: 'threads',
      emit: (emit, thread) => {
        const { accumulators, accumulatorBytes } = run.regions;
        if (run.training) emit('zero', accumulators + thread * accumulatorBytes, accumulatorBytes);
        for (const [i, { node }] of nodes.entries()) if (i % this.#threads === thread) node.prepare?.(emit, run);
      },
    };
  }

  #lossStage(loss: PlacedLoss, run: Run): Stage {
    const { output, term, units } = loss;
    const accumulate = run.contribute(output);
    return {
      split: 'images',
      floats: units,
      emit: (emit, images, thread) => {
        const { first, count } = images;
        const at = first * units * 4;
        emit(
          term.kind,
          ...([
            count,
            units,
            run.value(output, images, thread),
            loss.targets + at,
            this.exampleWeights + first * 4,
          ] as const),
          ...([
            term.weight / run.count,
            run.gradient(output, images, thread),
            accumulate,
            loss.losses + first * 4,
            loss.hits + first * 4,
          ] as const),
        );
      },
    };
  }

  #place(placed: PlacedLayer, { pooled }: Plan, options: NetworkOptions, arena: Arena): PlacedNode {
    const conv = pooled.get(placed.layer.name);
    const source = conv ?? placed;
    const output = this.#tensor(placed.layer.name);
    const placing = this.#placing(source, output, options, arena);
    const { name } = placed.layer;
    const node =
      conv && placed.layer.kind === 'maxPool'
        ? new ConvPoolNode({ conv: { ...placing, layer: conv.layer }, pool: placed.layer, pooled: placed })
        : createNode(placing);
    return { name, feeds: source.feeds, output, trained: placing.trained, node };
  }

  #placing(placed: PlacedLayer, output: Tensor, options: NetworkOptions, arena: Arena): Placing {
    const { layer } = placed;
    const [first, ...others] = placed.feeds.map((feed) => this.#tensor(feed));
    if (!first) throw new Error(`Layer ${layer.name} has no feed.`);
    const parameter = (suffix: string): Parameter => {
      const found = this.parameters.get(`${layer.name}/${suffix}`);
      if (!found) throw new Error(`Layer ${layer.name} has no ${suffix}.`);
      return found;
    };
    const trained = isTrained(placed, options);
    return {
      ...options,
      layer,
      placed,
      feeds: [first, ...others],
      output,
      trained,
      arena,
      hyper: this.hyper,
      parameter,
    };
  }

  #tensor(name: string): Tensor {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new Error(`There is no layer named ${name}.`);
    return tensor;
  }
}

/** The one table of layer kinds. */
function createNode(placing: Placing): Node {
  const { layer } = placing;
  switch (layer.kind) {
    case 'conv':
      return layer.kernel === 1 && layer.stride === 1
        ? new PointwiseNode({ ...placing, layer })
        : new ConvNode({ ...placing, layer });
    case 'depthwise':
      return new DepthwiseNode({ ...placing, layer });
    case 'dense':
      return new DenseNode({ ...placing, layer });
    case 'maxPool':
      return new MaxPoolNode({ ...placing, layer });
    case 'globalAveragePool':
      return new GlobalAveragePoolNode({ ...placing, layer });
    case 'flatten':
      return new FlattenNode();
    case 'add':
      return new AddNode({ ...placing, layer });
    default:
      return layer satisfies never;
  }
}

function placeLoss(
  term: LossTerm,
  context: {
    readonly placed: readonly PlacedLayer[];
    readonly tensors: ReadonlyMap<string, Tensor>;
    readonly arena: Arena;
    readonly batchSize: number;
  },
): PlacedLoss {
  const { placed, tensors, arena, batchSize } = context;
  const layer: Layer | undefined = placed.find((p) => p.layer.name === term.layer)?.layer;
  const output = tensors.get(term.layer);
  if (layer?.kind !== 'dense' || !output)
    throw new Error(`A loss needs a dense layer, and ${term.layer} is ${layer?.kind ?? 'not in the network'}.`);
  return {
    term,
    units: layer.units,
    output,
    targets: arena.reserve(layer.units * batchSize),
    losses: arena.reserve(batchSize),
    hits: arena.reserve(batchSize),
  };
}
