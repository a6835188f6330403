// The demo's pages as text. The app secret and the collector's address come from whoever serves them.

const buttons = `
<div class="grid">
  <button data-action="checkout"><strong>Throw an error</strong><span>a TypeError in <code>Cart.total</code></span></button>
  <button data-action="loadOrders"><strong>Reject a promise</strong><span>that nobody handles</span></button>
  <button data-action="applyCoupon"><strong>Track a handled error</strong><span><code>crashpost.trackError(error)</code></span></button>
  <button data-action="pollStock"><strong>Throw in a timer</strong><span>a SyntaxError, 10 ms later</span></button>
</div>`;

const page = ({ title, text, head = '', body = buttons }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Crashpost demo</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/shared/style.css">
${head}
</head>
<body>
<nav aria-label="Demos"><a href="/">Script tag</a> <a href="/spa/">SPA</a> <a href="/pwa/">PWA</a></nav>
<h1>${title}</h1>
<p>${text}</p>
${body}
</body>
</html>`;

/** `settings`: { appSecret, logUrl }, both checked by the collector that made them. */
export function createPages(settings) {
  const options = JSON.stringify({ ...settings, appVersion: '1.4.2', appBuild: '37' });
  const start = `<script>crashpost.start(${options});</script>`;
  const tag = '<script src="/crashpost/crashpost.min.js" crossorigin></script>';
  const shop = '<script src="/shared/shop.js" defer></script>';
  return {
    '/': page({
      title: 'Break something',
      text: `The reporter of this page is one script tag. Press a button, then look at the <a href="${settings.logUrl}">collector's site</a>.`,
      head: tag + start + shop,
    }),
    '/spa/': page({
      title: 'SPA',
      text: `Built with Vite; the reporter is <code>import { start } from 'crashpost'</code>. See the <a href="${settings.logUrl}">collector's site</a>.`,
      head: `<script>globalThis.crashpostOptions = ${options};</script><script type="module" src="/spa/main.js"></script>`,
    }),
    '/pwa/': page({
      title: 'PWA',
      text: `Works, and crashes, offline: its service worker keeps the page, and sends what the page could not. See the <a href="${settings.logUrl}">collector's site</a>.`,
      head: `<link rel="manifest" href="/pwa/manifest.webmanifest">${tag}${start}${shop}
<script>navigator.serviceWorker.register('/pwa/sw.js');</script>`,
    }),
  };
}
