import { useWords } from '../../lib/i18n/i18n.tsx';
import { MapView } from '../../lib/map/map-view.tsx';

export const MapPage = () => {
  const { t } = useWords();
  return (
    <>
      <h1>{t('onemap.title')}</h1>
      <MapView label={t('onemap.title')} className="one-map" />
    </>
  );
};
