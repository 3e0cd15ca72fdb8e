/** Where the guide lies: the square on the screen and the same square in the picture, which becomes the tensor. */

export type Size = { readonly width: number; readonly height: number };
export type Square = { readonly x: number; readonly y: number; readonly side: number };

/** What the page covers of the stage, in CSS pixels: the guide keeps clear of it. */
export type Insets = { readonly top: number; readonly bottom: number };

export type Guide = {
  /** In CSS pixels of the stage. */
  readonly onScreen: Square;
  /** In pixels of the picture. */
  readonly inPicture: Square;
};

/** Of the shorter free side of the stage. */
const share = 0.88;

/**
 * The picture covers the stage (as CSS `object-fit: cover`, centred); the guide is the largest square in the middle of
 * what is visible and free, less a margin. Undefined while either has no size.
 */
export function guideFor(picture: Size, stage: Size, insets: Insets): Guide | undefined {
  const freeHeight = stage.height - insets.top - insets.bottom;
  if (![picture.width, picture.height, stage.width, freeHeight].every((length) => length > 0)) return undefined;
  const scale = Math.max(stage.width / picture.width, stage.height / picture.height);
  const side = share * Math.min(stage.width, freeHeight);
  const onScreen = { x: (stage.width - side) / 2, y: insets.top + (freeHeight - side) / 2, side };
  const hiddenX = (picture.width * scale - stage.width) / 2;
  const hiddenY = (picture.height * scale - stage.height) / 2;
  return {
    onScreen,
    inPicture: { x: (onScreen.x + hiddenX) / scale, y: (onScreen.y + hiddenY) / scale, side: side / scale },
  };
}
