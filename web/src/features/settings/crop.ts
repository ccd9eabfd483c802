export interface Crop {
  /** 1 shows as much as fits; larger comes closer. */
  zoom: number;
  /** Middle of the square, from 0 to 1 of the picture's width and height. */
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const middle: Crop = { zoom: 1, x: 0.5, y: 0.5 };

/** The part of the picture that is kept, in its own pixels: a square that never leaves it. */
export function keptPart(size: Size, { zoom, x, y }: Crop): { left: number; top: number; edge: number } {
  const edge = Math.min(size.width, size.height) / Math.max(1, zoom);
  const within = (at: number, length: number) => Math.min(length - edge, Math.max(0, at * length - edge / 2));
  return { left: within(x, size.width), top: within(y, size.height), edge };
}

/** Moves the kept part by pixels of the picture; at an edge it stays. */
export function moved(size: Size, crop: Crop, right: number, down: number): Crop {
  const { left, top, edge } = keptPart(size, crop);
  const at = keptPart(size, {
    ...crop,
    x: (left + edge / 2 + right) / size.width,
    y: (top + edge / 2 + down) / size.height,
  });
  return { ...crop, x: (at.left + edge / 2) / size.width, y: (at.top + edge / 2) / size.height };
}
