// Not its UMD file: that waits for a load event which has been by the time it is measured.
import 'raygun4js/dist/raygun.vanilla.js';

globalThis.subject = {
  start: (url) => Raygun.init('bench', { apiUrl: url, apiEndpoint: url }).attach(),
};
