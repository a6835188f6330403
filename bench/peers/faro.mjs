import { initializeFaro } from '@grafana/faro-web-sdk';

globalThis.subject = {
  start: (url) => initializeFaro({ url: `${url}/collect`, app: { name: 'bench', version: '1.0.0' } }),
};
