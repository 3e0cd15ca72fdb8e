/** Everything that the engine calls: the entry file of the WebAssembly module. */
export { barrier } from './barrier.as';
export { depthwise, depthwiseKernelGradient } from './depthwise.as';
export { gemm, gemmPacked, gemmScratchBytes, packB } from './gemm.as';
export { accumulate, addTensors, crop, fold, pad, unfold, zero } from './image.as';
export { cosine, softmaxCrossEntropy } from './loss.as';
export {
  activationGradient,
  batchCoefficients,
  biasActivate,
  biasGradient,
  columnSums,
  moments,
  moveStatistics,
  movingCoefficients,
  normalize,
  normGradient,
  normGradientFactors,
  normGradientSums,
} from './norm.as';
export { adam, sgd } from './optimizer.as';
export { averagePool, averagePoolGradient, biasPool, maxPool, maxPoolGradient } from './pool.as';
export { gatherRows, listByChannel, listByPixel, transpose } from './sparse.as';
