import type { ComponentProps, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../i18n/i18n.tsx';
import type { LightMap } from './map.tsx';

type Props = ComponentProps<typeof LightMap>;

/** Fetches the map's code when it is asked for, and says so when it cannot be had. */
export const LazyMap = (props: Props) => {
  const { t } = useWords();
  const [Loaded, setLoaded] = useState<ComponentType<Props>>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let here = true;
    import('./map.tsx').then(
      ({ LightMap: loaded }) => here && setLoaded(() => loaded),
      () => here && setFailed(true),
    );
    return () => {
      here = false;
    };
  }, []);
  if (Loaded) return <Loaded {...props} />;
  return <p role={failed ? 'alert' : 'status'}>{t(failed ? 'map.failed' : 'load.loading')}</p>;
};
