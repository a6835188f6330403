// What a developer pastes to make an app report.
import type { App } from '../store/store.js';
import { type Html, view } from './markup.js';

/** The secret, and the same call for a script tag and for npm. `origin` is the collector's own. */
export function setUpView(app: App, origin: string): Html {
  const call = `crashpost.start({
  appSecret: '${app.secret}',
  logUrl: '${origin}',
  appVersion: '1.0.0',
});`;
  const tag = `<script src="crashpost.min.js"></script>
<script>
${call.replace(/^/gm, '  ')}
</script>`;
  const npm = `import * as crashpost from 'crashpost';

${call}`;
  return view`<dl class="facts"><dt>App secret</dt><dd><code class="secret">${app.secret}</code></dd><dt>Log URL</dt><dd><code>${origin}</code></dd></dl>
<h3>With a script tag</h3>
<pre class="code">${tag}</pre>
<h3>With npm</h3>
<pre class="code">${npm}</pre>
<p class="note">The file of the script tag is <code>dist/crashpost.min.js</code> in the npm package <code>crashpost</code>. App Center’s SDKs take the same secret and log URL.</p>`;
}
