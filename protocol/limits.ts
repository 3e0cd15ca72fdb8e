/** Every bound of the wire in one place. Bytes unless the name says otherwise. */

/** A picture of a sample, as JPEG. */
export const maxJpegBytes = 256 * 1024;
/** Width times height of a sample's picture. */
export const maxPixels = 1_000_000;
/** A message from a device: one picture and its envelope. */
export const maxUpMessageBytes = maxJpegBytes + 16 * 1024;
/** A message from the hub: at most a delta of the largest network (`talk`: 10.9 M parameters). */
export const maxDownMessageBytes = 16 * 1024 * 1024;
export const maxModelBytes = 64 * 1024 * 1024;
export const maxDeltaBytes = maxDownMessageBytes - 16 * 1024;

/** A label's key has at most 60 code points, each of one or two UTF-16 units. */
export const maxLabelUnits = 120;
export const maxNameLength = 60;
export const maxTextLength = 500;
export const maxTokenLength = 128;
export const maxLabels = 2000;
export const maxAckedIds = 256;
export const maxHeldModels = 8;
export const maxReportSamples = 200;
export const maxReasons = 50;
/** Versions that a device is told of at once: so many of the longest reports still fit one message. */
export const maxHistoryVersions = 16;
/** Pairs of labels in the figures of a version, pictures named of each, and points of its training. */
export const maxConfusions = 1000;
export const maxConfusionSamples = 12;
export const maxCurvePoints = 60;
/** Pictures that a device is told of at once: few enough that reading them does not hold up its page. */
export const maxPictures = 250;
export const maxCursorLength = 200;
/** Addresses of the hub at which a new device pairs, and the length of one with its token. */
export const maxPairingUrls = 8;
export const maxPairingUrlLength = 500;
/** Devices of a room that another is told of. */
export const maxDevices = 200;

/** Messages that a device may have sent and not yet seen acknowledged or refused. */
export const maxInFlight = 32;
