/* Runs while the desk is closed: shows what is pushed, a kind and a number, and opens the desk when it is touched. */
self.addEventListener('push', (event) => {
  const { id, text, language, link } = event.data.json();
  event.waitUntil(self.registration.showNotification(text, { tag: id, lang: language, icon: '/desk/favicon.svg', data: { link } }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const target = new URL(event.notification.data.link, self.location.origin);
  // Only ever our own pages, whatever was pushed.
  const path = target.pathname.startsWith('/desk/') ? target.pathname : '/desk/notices';
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then((open) => {
      const desk = open.find((client) => new URL(client.url).pathname.startsWith('/desk/'));
      return desk ? desk.focus().then((client) => client.navigate(path)) : self.clients.openWindow(path);
    }),
  );
});
