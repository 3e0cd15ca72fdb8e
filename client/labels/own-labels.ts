/** The labels that people gave in a room, which search finds before any model knows them. Pure. */
import type { RoomState } from '../../protocol/messages/room-state.ts';

/** Their keys; none while the hub has not told of its room. */
export function ownLabelsOf(room: RoomState | null): readonly string[] {
  return room?.labels.map(({ label }) => label) ?? [];
}
