// The chunk of what few pages need: what has to be asked for, and words for what has gone wrong.
export { onExtras } from './capture/extras.js';
export { explain } from './explain.js';
