/** A room's line of versions as devices are told of it. */
import type { RoomName } from '../../protocol/ids.ts';
import { maxHistoryVersions } from '../../protocol/limits.ts';
import type { Figures, History } from '../../protocol/messages/history.ts';
import type { Registry } from './registry.ts';

export async function historyOf(room: RoomName, registry: Registry): Promise<History> {
  const { version, figures } = await registry.current(room);
  return {
    type: 'history',
    current: { version, pinned: registry.pinned(room) },
    versions: registry.newest(room, maxHistoryVersions).map((record) => ({
      version: record.version,
      createdAtMs: record.createdAtMs,
      checked: record.figures && allOf(record.figures),
      report: record.report,
    })),
    figures,
  };
}

function allOf({ classes }: Figures): NonNullable<History['versions'][number]['checked']> {
  const sum = (count: (one: Figures['classes'][number]) => number): number =>
    classes.reduce((total, one) => total + count(one), 0);
  return {
    n: sum(({ n }) => n),
    rightBefore: sum(({ rightBefore }) => rightBefore),
    rightAfter: sum(({ rightAfter }) => rightAfter),
  };
}
