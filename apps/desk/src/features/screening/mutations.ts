import { api } from '../../lib/services.ts';

export const { reportScreening, changeScreeningUnit } = api;

/** Fetches the month's workbook in the language of the screen and hands it to the browser. */
export const takeWorkbook = async (month: string, name: string): Promise<void> => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await api.screeningWorkbook(month));
  link.download = `${name}-${month}.xlsx`;
  link.click();
  URL.revokeObjectURL(link.href);
};
