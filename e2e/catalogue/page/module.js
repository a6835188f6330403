// Loaded as a module, statically and dynamically.
function fromModule() {
  throw new Error('in a module'); // @module
}

fromModule();

export const nothing = undefined;
