import { useEffect, useState } from 'react';

const KEPT = 'tongxin.shortcuts';
/** Single keys may be spoken by accident or pressed by a shaking hand: whoever wants none switches them off (WCAG 2.1.4). */
const areOn = (): boolean => localStorage.getItem(KEPT) !== 'off';

/** Where keys write words, choose or answer, they mean what they say. */
const WRITES =
  'input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="dialog"], [role="combobox"], [role="listbox"]';

/** Single keys of a page, by what `KeyboardEvent.key` calls them. */
export const useShortcuts = (keys: Readonly<Record<string, () => void>>): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !areOn()) return;
      if (event.target instanceof Element && event.target.closest(WRITES)) return;
      const act = keys[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [keys]);
};

/** Whether single keys work in this browser, and the switch for it. */
export const useShortcutSwitch = (): readonly [boolean, (on: boolean) => void] => {
  const [on, setOn] = useState(areOn);
  return [
    on,
    (next) => {
      localStorage.setItem(KEPT, next ? 'on' : 'off');
      setOn(next);
    },
  ];
};
