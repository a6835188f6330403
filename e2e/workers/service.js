// The page's service worker; the line before imports the reporter.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('fetch', (event) => {
  if (event.request.url.endsWith('/boom')) throw new Error('in a fetch handler'); // @fetch
});
self.addEventListener('message', (event) => {
  Promise.reject(new RangeError('rejected in a service worker')); // @service-reject
  event.waitUntil(Promise.reject(new RangeError('rejected in waitUntil'))); // @wait-until
});
