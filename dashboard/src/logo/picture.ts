// Pictures become logos here, before they are sent: whatever the browser can show
// is drawn anew, as a PNG of at most 512 pixels, which the API takes.

const side = 512;
const workable = 2048;

export const largest = 50 * 1024 * 1024;

export class NotAPicture extends Error {}

export interface Picture {
  // url is a data: URL, which the content security policy lets be shown.
  url: string;
  width: number;
  height: number;
}

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

// load reads a file that was dropped, pasted or chosen, made smaller to work with.
export async function load(file: Blob): Promise<Picture> {
  if (file.size > largest) throw new NotAPicture('large');
  const { source, width, height } = await decode(file);
  const scale = Math.min(1, workable / Math.max(width, height));
  const canvas = draw(source, { x: 0, y: 0, width, height }, scale);
  return { url: canvas.toDataURL('image/png'), width: canvas.width, height: canvas.height };
}

async function decode(file: Blob) {
  try {
    if (file.type !== 'image/svg+xml') {
      const source = await createImageBitmap(file);
      return { source, width: source.width, height: source.height };
    }
    const source = await shown(await asDataUrl(file));
    // One that names no size is drawn large: it has no pixels to lose.
    return { source, width: source.naturalWidth || side, height: source.naturalHeight || side };
  } catch {
    throw new NotAPicture('unreadable');
  }
}

function asDataUrl(file: Blob) {
  return new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

async function shown(url: string) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function draw(source: CanvasImageSource, { x, y, width, height }: Area, scale: number) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new NotAPicture('unreadable');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// cut is the logo: an area of a picture, as a PNG.
export async function cut(picture: Picture, area: Area = { x: 0, y: 0, width: picture.width, height: picture.height }): Promise<Blob> {
  const canvas = draw(await shown(picture.url), area, Math.min(1, side / Math.max(area.width, area.height)));
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new NotAPicture('unreadable'))), 'image/png'),
  );
}
