/** What devices are told of a version: whole under its hash, or as a delta to those that hold its parent. */
import { stat } from 'node:fs/promises';
import type { ModelHash } from '../../protocol/ids.ts';
import type { ModelOffer } from '../../protocol/messages/model-offer.ts';
import type { ModelFolder } from '../models/model-folder.ts';
import type { VersionRecord } from '../store/version-store.ts';

/** The offer of `version` to a device that holds these models; a delta only if it is the smaller way. */
export async function offerOf(
  version: VersionRecord,
  holds: readonly ModelHash[],
  folder: ModelFolder,
): Promise<ModelOffer> {
  const path = folder.path(version.model);
  if (!path) throw new Error(`The file of model ${version.model} is missing.`);
  const bytes = (await stat(path)).size;
  const { parent } = version;
  const delta = parent && holds.includes(parent) ? await folder.readDelta(version.model, parent) : null;
  return {
    type: 'model-offer',
    model: version.model,
    version: version.version,
    bytes,
    delta: parent && delta && delta.length < bytes ? { parent, bytes: delta.length } : null,
  };
}
