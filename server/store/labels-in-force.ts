/** What counts as a label that a device gave: the list of devices and the answer to `erase` say the same number. */

/** SQL: how many samples carry the label that this device said; what somebody has overruled since does not count. */
export function labelsInForce(device: string): string {
  return `(SELECT count(*) FROM label_events e JOIN samples s ON s.label_event = e.id AND s.id = e.sample
          WHERE e.device = ${device})`;
}
