// Loaded from addresses of every shape.
(function fromOddAddress() {
  throw new Error('in a script of an odd address'); // @odd
})();
