/** A model of the hub as an ONNX file, for whoever downloads it. */
import { readFile } from 'node:fs/promises';
import { decodeModel } from '../../../protocol/learning/model-file.ts';
import { openedFrom } from '../open-model.ts';
import { encodeOnnx } from './onnx-file.ts';
import { onnxModel } from './onnx-model.ts';

/** `path`: of a model file. Rejects when it cannot be read. */
export async function onnxOfFile(path: string): Promise<Uint8Array> {
  return encodeOnnx(onnxModel(openedFrom(decodeModel(new Uint8Array(await readFile(path))))));
}
