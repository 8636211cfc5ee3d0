import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';

export const MAX_PHOTOS = 9;
const LONGEST_SIDE = 2048;
const SMALL_ENOUGH = 400_000;

/**
 * Makes a picture small enough for a slow network. Drawing it anew also drops what the camera wrote beside it, its place included.
 * Throws when the browser cannot read it as a picture.
 */
export const preparePhoto = async (file: File): Promise<UploadFile> => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', file.size > SMALL_ENOUGH ? 0.82 : 0.92));
  if (!blob) throw new Error('unreadable picture');
  return { fileId: uuidv7(), kind: 'photo', name: 'photo.jpg', blob };
};
