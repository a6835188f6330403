// Sends what pages left behind, with no page open.
importScripts('/crashpost/crashpost.worker.min.js');

const SHELL = 'shell-1';
const FILES = [
  '/pwa/',
  '/pwa/manifest.webmanifest',
  '/shared/style.css',
  '/shared/shop.js',
  '/crashpost/crashpost.min.js',
  '/crashpost/crashpost.device.min.js',
  '/crashpost/crashpost.extra.min.js',
];

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET') return;
  // Network first: the demo changes; the cache is for when there is no network.
  event.respondWith(fetch(event.request).catch(() => caches.match(event.request, { ignoreSearch: true })));
});
