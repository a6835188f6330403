// What does not load: the browser tells an element, and the reporter where it is asked to.

const add = (name, properties) =>
  document.body.appendChild(Object.assign(document.createElement(name), properties));

function blockedImage() {
  const policy = Object.assign(document.createElement('meta'), { content: "img-src 'none'" });
  policy.httpEquiv = 'Content-Security-Policy';
  document.head.append(policy);
  add('img', { src: '/blocked/image.png' });
}

const LOADS = {
  script: () => add('script', { src: '/missing/script.js?v=2#part' }),
  'script-of-other-type': () => add('script', { type: 'module', src: '/child' }),
  'script-refused': () =>
    add('script', { src: `${globalThis.catalogue.other}/page/odd.js`, crossOrigin: 'anonymous' }),
  'script-changed': () => add('script', { src: '/page/odd.js', integrity: `sha256-${'A'.repeat(43)}=` }),
  module: () => add('script', { type: 'module', src: '/missing/module.js' }),
  'module-imports': () => add('script', { type: 'module', src: '/imports.js' }),
  'module-inline': () => add('script', { type: 'module', textContent: "import '/missing/module.js';" }),
  style: () => add('link', { rel: 'stylesheet', href: '/missing/style.css' }),
  'style-imports': () => add('link', { rel: 'stylesheet', href: '/import.css' }),
  image: () => add('img', { src: '/missing/image.png?token=secret' }),
  'image-broken': () => add('img', { src: 'data:image/png;base64,AAAA' }),
  'image-blocked': blockedImage,
  'image-twice': () => {
    add('img', { src: '/missing/image.png?1' });
    add('img', { src: '/missing/image.png?2' });
  },
  video: () => add('video', { src: '/missing/video.mp4' }),
  'video-source': () =>
    add('video', {}).append(Object.assign(document.createElement('source'), { src: '/missing/film.mp4' })),
  object: () => add('object', { data: '/missing/object.pdf' }),
  icon: () => add('link', { rel: 'icon', href: '/missing/icon.png' }),
  preload: () => add('link', { rel: 'preload', as: 'image', href: '/missing/preload.png' }),
  iframe: () => add('iframe', { src: '/missing/page.html' }),
  background: () => {
    document.body.style.backgroundImage = 'url(/missing/background.png)';
  },
};

entry('load-by-default', function run() {
  for (const name of ['script', 'style', 'image', 'video']) LOADS[name]();
});

entry('load-blocked-by-default', blockedImage);

for (const [name, load] of Object.entries(LOADS))
  entry(`load-${name}`, load, { options: { resources: true } });
