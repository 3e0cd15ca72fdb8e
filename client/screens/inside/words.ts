/** The words of "Inside". */
import { msg, str } from '@lit/localize';
import { spoken } from '../../i18n/spoken.ts';

export type InsideWords = ReturnType<typeof insideWords>;

export const insideWords = spoken(() => ({
  title: msg('Inside', { id: 'inside.title' }),
  intro: msg('What happens between the picture and its name, while it happens.', { id: 'inside.intro' }),
  hold: msg('Hold the picture', { id: 'inside.hold' }),
  showAlone: (title: string): string => msg(str`Show alone: ${title}`, { id: 'inside.showAlone' }),
  leaveAlone: msg('Show all', { id: 'inside.leaveAlone', desc: 'Leave the view of one panel alone' }),
  previous: msg('Previous panel', { id: 'inside.previous' }),
  next: msg('Next panel', { id: 'inside.next' }),
  place: (panel: number, panels: number): string =>
    msg(str`${panel} of ${panels}`, { id: 'inside.place', desc: 'Which panel is shown, of how many' }),
  noPicture: msg('There is no picture yet. Go back, start the camera or the demo, and come in again.', {
    id: 'inside.noPicture',
  }),

  pixelsTitle: msg('A picture is numbers', { id: 'inside.pixelsTitle' }),
  pixelsText: [
    msg(
      'You know a cup at once, from any side, in any light. A machine gets a table of numbers: how much red, green and blue each point has. It has to get from there to a name.',
      { id: 'inside.pixelsText.1' },
    ),
    msg(
      'Writing rules for that fails: move the cup a little, and every number changes. So the machine learns from examples, and what counts is whether it is right on pictures that it has never seen.',
      { id: 'inside.pixelsText.2' },
    ),
    msg(
      'Choosing one name out of many is called classification. (Guessing a quantity, such as a price, is called regression.)',
      { id: 'inside.pixelsText.3' },
    ),
  ],
  pixelsGiven: (side: number): string =>
    msg(str`What the network is given: ${side} × ${side} points`, { id: 'inside.pixelsGiven' }),
  pixelsRed: msg('How much red the points in the frame have, 0 to 255', { id: 'inside.pixelsRed' }),
  answers: msg('What comes out', { id: 'inside.answers' }),

  neuronTitle: msg('A neuron adds up', { id: 'inside.neuronTitle' }),
  neuronText: [
    msg(
      'A neuron takes numbers, multiplies each by a weight of its own, and adds up. A large weight says “this counts”, a negative one “this speaks against it”.',
      { id: 'inside.neuronText.1' },
    ),
    msg('Then comes the activation. Here it is ReLU: a sum below zero becomes zero, the neuron stays silent.', {
      id: 'inside.neuronText.2',
    }),
    msg(
      'Many neurons side by side are a layer. When every neuron looks at every number of the layer before, its weights form a table, a matrix: one between every two layers. All that the network knows is in these weights.',
      { id: 'inside.neuronText.3' },
    ),
  ],
  neuronWeight: (number: number): string => msg(str`Weight ${number}`, { id: 'inside.neuronWeight' }),
  neuronSum: msg('Sum', { id: 'inside.neuronSum' }),
  neuronOut: msg('After ReLU', { id: 'inside.neuronOut' }),
  neuronPicture: (sum: string, out: string): string =>
    msg(str`Three numbers times three weights add up to ${sum}; after ReLU ${out}.`, { id: 'inside.neuronPicture' }),
  neuronCount: (weights: string): string =>
    msg(str`The network of this camera has ${weights} weights.`, { id: 'inside.neuronCount' }),

  learningTitle: msg('Learning is being less wrong', { id: 'inside.learningTitle' }),
  learningText: [
    msg(
      'At first the weights are random, and so are the answers. For each example we know what should have come out. The loss is one number for how far off the answer was: 0 is perfect.',
      { id: 'inside.learningText.1' },
    ),
    msg(
      'The optimizer asks of each weight: which way does the loss get smaller? and moves it a little that way. Then comes the next example. When all have been shown once, that was an epoch; then they come again.',
      { id: 'inside.learningText.2' },
    ),
  ],
  lossNow: msg('The loss on this very picture', { id: 'inside.lossNow' }),
  lossIf: (name: string, probability: string): string =>
    msg(str`if it is “${name}” (${probability})`, { id: 'inside.lossIf' }),
  descentTitle: msg('One weight on its way down', { id: 'inside.descentTitle' }),
  descentPicture: (weight: string, loss: string): string =>
    msg(str`A valley. The weight is ${weight}, the loss ${loss}.`, { id: 'inside.descentPicture' }),
  descentStep: msg('One step', { id: 'inside.descentStep' }),
  descentAgain: msg('Start again', { id: 'inside.descentAgain' }),
  descentRate: msg('Step size', { id: 'inside.descentRate' }),
  weight: msg('weight', { id: 'inside.weight' }),
  loss: msg('loss', { id: 'inside.loss' }),
  lastTraining: msg('The last training on your hub', { id: 'inside.lastTraining' }),
  lastTrainingNone: msg(
    'None has been seen since this page was opened. Correct a picture and send it to your hub: its loss appears here while it trains.',
    { id: 'inside.lastTrainingNone' },
  ),
  lastTrainingFacts: (corrections: number, seconds: string): string =>
    corrections === 1
      ? msg(str`1 correction, ${seconds} s, optimizer: Adam, which gives each weight a step size of its own.`, {
          id: 'inside.lastTrainingFacts.one',
        })
      : msg(
          str`${corrections} corrections, ${seconds} s, optimizer: Adam, which gives each weight a step size of its own.`,
          { id: 'inside.lastTrainingFacts.many' },
        ),
  lastTrainingTable: msg('Loss and right answers, as the hub told them', { id: 'inside.lastTrainingTable' }),
  step: msg('Step', { id: 'inside.step', desc: 'Column: the number of the step of the training' }),
  right: msg('Right', { id: 'inside.right', desc: 'Column: the share of answers that were right' }),

  kernelTitle: msg('A kernel slides over the picture', { id: 'inside.kernelTitle' }),
  kernelText: [
    msg(
      'Single points mean little: what makes a handle is how neighbours differ. And it is a handle wherever it lies. So the network uses a small table of weights, a kernel, and slides the same one over all places. That is a convolution.',
      { id: 'inside.kernelText.1' },
    ),
    msg(
      'At each place: nine numbers of the picture times the nine of the kernel, added up. Where the picture looks like the kernel the sum is large. All the sums together are a new picture, a map of “here it is”.',
      { id: 'inside.kernelText.2' },
    ),
  ],
  kernelHow: msg('Drag over the picture or tap it; with the keyboard, use the arrow keys.', { id: 'inside.kernelHow' }),
  kernelPicture: msg('The picture, with the window that the kernel covers', { id: 'inside.kernelPicture' }),
  kernelPlace: (row: number, column: number): string =>
    msg(str`Row ${row}, column ${column}`, { id: 'inside.kernelPlace' }),
  kernelMap: msg('The map that comes out', { id: 'inside.kernelMap' }),
  kernelChoice: msg('Kernel', { id: 'inside.kernelChoice' }),
  kernelWindow: msg('Picture', { id: 'inside.kernelWindow' }),
  kernelNumbers: msg('Kernel', { id: 'inside.kernelNumbers' }),
  kernelProducts: msg('Products', { id: 'inside.kernelProducts' }),
  kernelSum: (sum: string, mean: string): string =>
    msg(str`Sum ${sum}, divided by 9: ${mean}`, { id: 'inside.kernelSum' }),
  kernelName: {
    upright: msg('Edges │', { id: 'inside.kernelName.upright' }),
    level: msg('Edges ─', { id: 'inside.kernelName.level' }),
    falling: msg('Down ╲', { id: 'inside.kernelName.falling' }),
    cross: msg('Cross ✕', { id: 'inside.kernelName.cross' }),
    rising: msg('Up ╱', { id: 'inside.kernelName.rising' }),
  },

  exampleTitle: msg('By hand: finding an X', { id: 'inside.exampleTitle' }),
  exampleText: [
    msg(
      'The smallest picture in which everything happens: 9 × 9 points, light is 1 and dark −1, and an X in it. Choose a feature and step through.',
      { id: 'inside.exampleText.1' },
    ),
    msg(
      'Max-pooling keeps the largest number of each 2 × 2: the map gets smaller, and it no longer matters whether the line lay one point further left. What people choose: how many features and how large, and the strides. What the features are, the network learns by itself.',
      { id: 'inside.exampleText.2' },
    ),
  ],
  exampleFeature: msg('Feature', { id: 'inside.exampleFeature' }),
  examplePhase: {
    convolution: msg('Convolution', { id: 'inside.examplePhase.convolution' }),
    relu: msg('ReLU', { id: 'inside.examplePhase.relu' }),
    pooling: msg('Max-pooling', { id: 'inside.examplePhase.pooling' }),
  },
  exampleBefore: {
    convolution: msg('The picture', { id: 'inside.exampleBefore.convolution' }),
    relu: msg('After the convolution', { id: 'inside.exampleBefore.relu' }),
    pooling: msg('After ReLU', { id: 'inside.exampleBefore.pooling' }),
  },
  exampleAfter: {
    convolution: msg('The map', { id: 'inside.exampleAfter.convolution' }),
    relu: msg('After ReLU', { id: 'inside.exampleAfter.relu' }),
    pooling: msg('After max-pooling', { id: 'inside.exampleAfter.pooling' }),
  },
  exampleConvolution: (products: string, mean: string): string =>
    msg(str`(${products}) ÷ 9 = ${mean}`, { id: 'inside.exampleConvolution' }),
  exampleRelu: msg('Every number below zero becomes zero; the others stay.', { id: 'inside.exampleRelu' }),
  examplePooling: (numbers: string, largest: string): string =>
    msg(str`The largest of ${numbers} is ${largest}.`, { id: 'inside.examplePooling' }),
  exampleStep: (step: number, steps: number): string =>
    msg(str`Step ${step} of ${steps}`, { id: 'inside.exampleStep' }),
  exampleCut: msg('Numbers are cut to two decimals, not rounded.', { id: 'inside.exampleCut' }),
  stepBack: msg('Step back', { id: 'inside.stepBack' }),
  stepOn: msg('Step on', { id: 'inside.stepOn' }),

  layersTitle: msg('Layer by layer, now', { id: 'inside.layersTitle' }),
  layersText: [
    msg(
      'This is the network that labels your pictures, at work. Each small picture is one map: bright where it found what it looks for, blue where the sum is negative, dark where there is nothing.',
      { id: 'inside.layersText.1' },
    ),
    msg(
      'Near the top you still recognise the thing. Further down the maps are coarser, and each says more: no longer “edge here” but “something round with a handle, about there”.',
      { id: 'inside.layersText.2' },
    ),
  ],
  layersOf: (shown: string, all: string): string => msg(str`${shown} of ${all} maps`, { id: 'inside.layersOf' }),
  layersValues: (shown: string, all: string): string =>
    msg(str`${shown} of ${all} numbers`, { id: 'inside.layersValues' }),
  layersMaps: (name: string): string => msg(str`Maps: ${name}`, { id: 'inside.layersMaps' }),
  block: (number: string): string => msg(str`Block ${number}`, { id: 'inside.block' }),
  softmax: msg('Softmax', { id: 'inside.softmax', desc: 'A term of the field' }),
  softmaxText: msg(
    'The last numbers become shares of 100 %: the largest wins, and when none stands out the camera says that it does not know.',
    { id: 'inside.softmaxText' },
  ),
  layer: {
    conv: (side: number): string => msg(str`Convolution ${side} × ${side}`, { id: 'inside.layer.conv' }),
    mix: msg('Convolution 1 × 1', { id: 'inside.layer.mix' }),
    depthwise: (side: number): string =>
      msg(str`Depthwise convolution ${side} × ${side}`, { id: 'inside.layer.depthwise' }),
    relu: msg('ReLU', { id: 'inside.layer.relu' }),
    relu6: msg('ReLU, at most 6', { id: 'inside.layer.relu6' }),
    maxPool: (side: number): string => msg(str`Max-pooling ${side} × ${side}`, { id: 'inside.layer.maxPool' }),
    globalAveragePool: msg('Average over all places', { id: 'inside.layer.globalAveragePool' }),
    flatten: msg('Flatten', { id: 'inside.layer.flatten' }),
    dense: msg('Fully connected layer', { id: 'inside.layer.dense' }),
    add: msg('Shortcut', { id: 'inside.layer.add' }),
  },
  layerText: {
    conv: msg('Kernels slide over the picture; each gives a map of its own.', { id: 'inside.layerText.conv' }),
    mix: msg('At each place, the maps so far are weighed against each other; the neighbours are not looked at.', {
      id: 'inside.layerText.mix',
    }),
    depthwise: msg('Each map gets one kernel for itself: cheap, because maps are not mixed here.', {
      id: 'inside.layerText.depthwise',
    }),
    relu: msg('What is below zero becomes zero: only what was found goes on.', { id: 'inside.layerText.relu' }),
    relu6: msg('What is below zero becomes zero, what is above 6 becomes 6.', { id: 'inside.layerText.relu6' }),
    maxPool: msg('Of each small window only the largest number stays.', { id: 'inside.layerText.maxPool' }),
    globalAveragePool: msg(
      'Of each map one number stays: how much of it is there, anywhere. Where it was no longer counts.',
      { id: 'inside.layerText.globalAveragePool' },
    ),
    flatten: msg('All maps become one long row of numbers.', { id: 'inside.layerText.flatten' }),
    dense: msg('Every number counts for every neuron, more or less: its weight says how much.', {
      id: 'inside.layerText.dense',
    }),
    add: msg('What came in before is added again: what is learned here only has to mend it.', {
      id: 'inside.layerText.add',
    }),
  },

  heatTitle: msg('What it looked at', { id: 'inside.heatTitle' }),
  heatText: [
    msg(
      'Which places of the picture spoke for the answer? Warm places did, blue ones spoke against it. The network averages its last maps, so the share of each place can be told exactly.',
      { id: 'inside.heatText.1' },
    ),
    msg(
      'When you correct the camera, the device learns at once. On the left, the model as it came; on the right, with what your corrections added.',
      { id: 'inside.heatText.2' },
    ),
  ],
  heatBefore: msg('Before your corrections', { id: 'inside.heatBefore' }),
  heatAfter: msg('With your corrections', { id: 'inside.heatAfter' }),
  heatPicture: (name: string, probability: string): string =>
    msg(str`Heatmap for “${name}”, ${probability}`, { id: 'inside.heatPicture' }),
  heatNothingLearned: msg(
    'Nothing is learned on this device alone right now. Correct a picture, then come back: here you will see what changed.',
    { id: 'inside.heatNothingLearned' },
  ),
  heatNoShipped: msg('The model came without labels of its own.', { id: 'inside.heatNoShipped' }),
  heatNoAverage: msg(
    'This network flattens its last maps, so that places are mixed: it cannot say which place counted how much.',
    { id: 'inside.heatNoAverage' },
  ),
}));
