import { useEffect, useState } from 'preact/hooks';
import { queue } from './device.ts';
import { kept } from './kept.ts';

/** Reads from the device, and again whenever something on it changed. `undefined` until it is read. */
export const useDevice = <T>(read: () => Promise<T>, depends: readonly unknown[]): T | undefined => {
  const [found, setFound] = useState<{ readonly value: T }>();
  useEffect(() => {
    let here = true;
    let turn = 0;
    const look = (): void => {
      turn += 1;
      const mine = turn;
      read().then(
        (value) => here && mine === turn && setFound({ value }),
        () => undefined,
      );
    };
    look();
    const stops = [kept.onChange(look), queue.onChange(look)];
    return () => {
      here = false;
      for (const stop of stops) stop();
    };
  }, depends);
  return found?.value;
};
