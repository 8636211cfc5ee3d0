/** Where the phone is, asked once because the person pressed something. Never watched. */
export const hereNow = (): Promise<{ readonly lon: number; readonly lat: number }> =>
  new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(new Error('no location'));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: Number(coords.longitude.toFixed(6)), lat: Number(coords.latitude.toFixed(6)) }),
      reject,
      { enableHighAccuracy: true, timeout: 12_000, maximumAge: 60_000 },
    );
  });
