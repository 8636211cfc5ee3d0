import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Loaded before a process's own code (`--import`): below one folder only so many bytes can be written, further ones are refused as a full
 * disk refuses them. For machines where no small disk can be mounted.
 */
const folder = process.env.TONGXIN_TEST_SMALL_DISK ?? '';
let room = Number(process.env.TONGXIN_TEST_SMALL_DISK_BYTES ?? 0);

const refusal = (): Error =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28, syscall: 'write' });
const lies = (path: string): boolean => path.startsWith(`${folder}/`);
const pathOf = (fd: number): string => {
  try {
    return fs.readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
};
const sizeOf = (data: unknown): number => (typeof data === 'string' ? Buffer.byteLength(data) : ((data as Uint8Array).byteLength ?? 0));
/** Counts what is written below the folder; throws where it does not fit. */
const take = (path: string, data: unknown): void => {
  if (!lies(path)) return;
  room -= sizeOf(data);
  if (room < 0) throw refusal();
};
const before = <T extends (...args: never[]) => unknown>(work: T, check: (...args: Parameters<T>) => void): T =>
  ((...args: Parameters<T>) => {
    check(...args);
    return work(...args);
  }) as T;

const where = (target: unknown): string => (typeof target === 'number' ? pathOf(target) : String(target));
fs.writeFileSync = before(fs.writeFileSync, (target, data) => take(where(target), data));
fs.writeSync = before(fs.writeSync as (...args: never[]) => number, (...[fd, data]: unknown[]) =>
  take(where(fd), data),
) as typeof fs.writeSync;

const { write } = fs;
fs.write = ((fd: number, data: unknown, ...rest: unknown[]) => {
  try {
    take(pathOf(fd), data);
  } catch (error) {
    (rest.at(-1) as (error: unknown) => void)(error);
    return;
  }
  (write as (...args: unknown[]) => void)(fd, data, ...rest);
}) as typeof fs.write;

const { open, cp } = fs.promises;
fs.promises.open = async (...args) => {
  const handle = await open(...args);
  const { writeFile, write: put } = handle;
  handle.writeFile = async (data, ...rest) => {
    take(pathOf(handle.fd), data);
    return writeFile.call(handle, data, ...rest);
  };
  handle.write = (async (data: unknown, ...rest: unknown[]) => {
    take(pathOf(handle.fd), data);
    return (put as (...args: unknown[]) => Promise<unknown>).call(handle, data, ...rest);
  }) as typeof handle.write;
  return handle;
};
fs.promises.cp = async (from, to, options) => {
  if (!lies(String(to))) return cp(from, to, options);
  await fs.promises.mkdir(String(to), { recursive: true });
  throw refusal();
};
syncBuiltinESMExports();
