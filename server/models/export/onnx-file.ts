/**
 * An ONNX model as the bytes of its file: the part of the format (onnx.proto3 of the ONNX project) that our networks need. The
 * numbers are the fields' own.
 */
import { PbfWriter } from 'pbf';
import { toF32 } from '../../../protocol/learning/f32.ts';

/** Whole numbers: the operators of our networks need no others. */
export type OnnxAttribute = number | readonly number[];

/** One operator; it has the name of its output. */
export type OnnxNode = {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
};

/** A constant of 32-bit floats, row-major. */
export type OnnxConstant = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
};

/** An input or output of 32-bit floats; a text stands for a length that is chosen when the model runs. */
export type OnnxValue = { readonly name: string; readonly shape: readonly (number | string)[]; readonly doc: string };

export type OnnxModel = {
  readonly name: string;
  readonly doc: string;
  /** In an order in which they can run. */
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxConstant[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly metadata: Readonly<Record<string, string>>;
};

/** The set of operators that the nodes mean, and the version of the file format that came with it. */
const operatorSet = 13;
const irVersion = 7;

const float = 1;
const intAttribute = 2;
const intsAttribute = 7;

export function encodeOnnx(model: OnnxModel): Uint8Array {
  const writer = new PbfWriter();
  writer.writeVarintField(1, irVersion);
  writer.writeStringField(2, 'Occhio');
  writer.writeStringField(6, model.doc);
  writer.writeMessage(7, writeGraph, model);
  writer.writeMessage(8, writeOperatorSet, operatorSet);
  for (const entry of Object.entries(model.metadata)) writer.writeMessage(14, writeEntry, entry);
  return writer.finish();
}

function writeGraph({ name, nodes, constants, inputs, outputs }: OnnxModel, writer: PbfWriter): void {
  for (const node of nodes) writer.writeMessage(1, writeNode, node);
  writer.writeStringField(2, name);
  for (const constant of constants) writer.writeMessage(5, writeConstant, constant);
  for (const input of inputs) writer.writeMessage(11, writeValue, input);
  for (const output of outputs) writer.writeMessage(12, writeValue, output);
}

function writeOperatorSet(version: number, writer: PbfWriter): void {
  writer.writeVarintField(2, version);
}

function writeEntry([key, value]: readonly [string, string], writer: PbfWriter): void {
  writer.writeStringField(1, key);
  writer.writeStringField(2, value);
}

function writeNode({ type, inputs, output, attributes = {} }: OnnxNode, writer: PbfWriter): void {
  for (const input of inputs) writer.writeStringField(1, input);
  writer.writeStringField(2, output);
  writer.writeStringField(3, output);
  writer.writeStringField(4, type);
  for (const entry of Object.entries(attributes)) writer.writeMessage(5, writeAttribute, entry);
}

function writeAttribute([name, value]: readonly [string, OnnxAttribute], writer: PbfWriter): void {
  writer.writeStringField(1, name);
  if (typeof value === 'number') writer.writeVarintField(3, value);
  else for (const one of value) writer.writeVarintField(8, one);
  writer.writeVarintField(20, typeof value === 'number' ? intAttribute : intsAttribute);
}

function writeConstant({ name, shape, values }: OnnxConstant, writer: PbfWriter): void {
  for (const length of shape) writer.writeVarintField(1, length);
  writer.writeVarintField(2, float);
  writer.writeStringField(8, name);
  writer.writeBytesField(9, toF32(values));
}

function writeValue({ name, shape, doc }: OnnxValue, writer: PbfWriter): void {
  writer.writeStringField(1, name);
  writer.writeMessage(2, writeType, shape);
  writer.writeStringField(3, doc);
}

function writeType(shape: OnnxValue['shape'], writer: PbfWriter): void {
  writer.writeMessage(1, writeTensorType, shape);
}

function writeTensorType(shape: OnnxValue['shape'], writer: PbfWriter): void {
  writer.writeVarintField(1, float);
  writer.writeMessage(2, writeShape, shape);
}

function writeShape(shape: OnnxValue['shape'], writer: PbfWriter): void {
  for (const length of shape) writer.writeMessage(1, writeDimension, length);
}

function writeDimension(length: number | string, writer: PbfWriter): void {
  if (typeof length === 'number') writer.writeVarintField(1, length);
  else writer.writeStringField(2, length);
}
