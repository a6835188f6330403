// A module that awaits at its top level, and then throws.
await null;
throw new Error('after an await at the top'); // @top-level-await
