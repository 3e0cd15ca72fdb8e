/** A place with labelled pictures: a folder or a zip file. */

/**
 * Paths are relative to the source, with `/`, and never lead out of it. Hidden files and what systems leave behind
 * (`.DS_Store`, `__MACOSX`) are not listed.
 */
export interface PictureSource {
  /** As the person named it, for messages. */
  readonly name: string;
  /** Every file, in order of its path. */
  readonly files: readonly string[];
  /** Every folder, empty ones too. */
  readonly folders: readonly string[];
  /** The bytes of one of `files`. Rejects with BadInput when it cannot be read or is longer than `maxFileBytes`. */
  read(file: string): Promise<Buffer>;
  close(): void;
}

/** Longest file that is read: well above any photo. */
export const maxFileBytes = 100 * 1024 * 1024;

const pictureExtensions = /\.(avif|gif|jpe?g|png|tiff?|webp)$/i;

/** Whether a file's name says that it is a picture of a format that we decode. */
export function isPicture(file: string): boolean {
  return pictureExtensions.test(file);
}

/** Whether any part of a path is hidden or a system's own. */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
}
